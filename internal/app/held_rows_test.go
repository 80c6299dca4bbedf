package app_test

import "strings"

// plain are columns that are never a word about somebody: IDs, marks from a list,
// days, hashes. What stands in a column of any other name must be planted below.
var plain = words(`
	a about account added_at again answered_at application at b before begun bits blob body by_user cancels case_id category channel closed_at closes
	columns confirmed consultation created day due_at dues_terms.name electorate ended ended_at entry extract field fields file files form format hash
	holder how id instead interest_since interest_until invitation invoice job kind lang languages made made_at mark marks meeting member members.ahead
	members.ahead_on method noted now only_one opened_at opens page payer payment proof_as proof_day proof_on proved provision receipt reference region
	reminded reminded_at repeats replaced replaces reverses rule run schedule sealed seat second secret seed seed_hash sent sent_at settled since slot
	stance standing statement tagging taken_by term_from term_until token typed_by until until_day used vote vote_candidates.link vote_candidates.ruling
	votes.accepted votes.chair votes.proposals votes.stopped way whose withdrawn`)

func words(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

const (
	theirName = "Kvašnik, Svetozarja"
	theirMail = "svetozarja@kvasnik.example"
)

// note is a text about them that stands nowhere else: what is told is found by its
// mark, and what is left by their name.
func note(place string) string { return "Svetozarja Kvašnik zz-" + place + "-zz" }

// A row is what is planted in a table: the columns that matter; others are empty.
type row map[string]any

// planted are rows about the member m1, in every table that holds records or copies
// of them. A value that is n:PLACE is the note of the place.
var planted = map[string]row{
	"audit_lines":        {"id": "x1", "at": "2026-01-01T00:00:00.000000Z", "who": "u1", "name": "Svetozarja Kvašnik", "deed": "members.save", "subject": "member/m1", "detail": `{"note":"n:audit_lines"}`},
	"accounts":           {"id": "u1", "name": "Svetozarja Kvašnik", "sort_key": "svetozarja", "email": theirMail, "email_key": theirMail, "roles": 8, "password": "$argon2"},
	"account_sessions":   {"hash": "x", "id": "s1", "account": "u1", "origin": "n:account_sessions", "created": "2026-01-01T00:00:00.000000Z", "seen": "2040-01-01T00:00:00.000000Z"},
	"account_passkeys":   {"id": "k1", "account": "u1", "name": "n:account_passkeys", "credential": "{}", "made": "2026-01-01T00:00:00.000000Z"},
	"account_tries":      {"id": "t1", "whose": "as " + theirMail, "at": "2026-01-01T00:00:00.000000Z"},
	"account_ceremonies": {"hash": "x", "account": "u1", "session": `{"user":"Svetozarja Kvašnik"}`, "until": "2030-01-01T00:00:00.000000Z"},
	"account_firsts":     {"hash": "x", "email": theirMail, "until": "2030-01-01T00:00:00.000000Z"},
	"jobs":               {"id": "j1", "kind": "x", "args": `"Svetozarja Kvašnik"`, "title": "x", "state": "done", "words": "Svetozarja Kvašnik", "step": ""},
	"mail_letters": {"id": "l1", "to_address": theirMail, "to_name": "Svetozarja Kvašnik", "subject": "n:mail_letters.subject", "text": "n:mail_letters.text", "html": "n:mail_letters.html", "state": "sent",
		"reply_to": theirMail, "unsubscribe": theirMail, "calendar": "n:mail_letters.calendar", "words": "n:mail_letters.words", "posted_at": "2026-01-01T00:00:00.000000Z", "state_at": "2026-01-01T00:00:00.000000Z"},
	"search_docs":  {"doc": 7, "subject": "case/c1", "kind": "case", "lang": "sl", "title": "Svetozarja Kvašnik", "body": "Pismo: Svetozarja Kvašnik.", "link": "/cases/c1", "title_words": " svetozarja kvasnik ", "words": " pismo svetozarja kvasnik ", "audience": 15},
	"search_words": {"word": "kvasnik", "field": 1, "doc": 7, "audience": 15},

	"members": {"id": "m1", "kind": "person", "name": theirName, "sort_key": "kvasnik svetozarja", "email": theirMail, "place": "n:members.place", "phone": "051 987 654", "note": "n:members.note", "standing": "active",
		"term_from": "2020-01-01", "since": "2020-01-01", "agents": 0, "found_by": "kvasnik svetozarja", "found_mail": theirMail, "former": `[{"Until":"2019-01-01","Name":"n:members.former","Place":"n:members.former.place"}]`, "street": "n:members.street", "postcode": "n:members.postcode",
		"interest_decision": "n:members.interest_decision", "revision": 1, "changed": "2026-01-01T00:00:00.000000Z", "lang": "sl"},
	"member_agents":        {"id": "a1", "member": "o1", "person": "m1", "name": "n:member_agents", "email": theirMail, "since": "2021-02-03", "answers": 1, "lang": "sl"},
	"member_spells":        {"member": "m1", "n": 1, "standing": "active", "from_day": "2020-01-01", "reason": "n:member_spells.reason", "decision": "n:member_spells.decision"},
	"member_registrations": {"id": "r1", "member": "m1", "kind": "self", "number": "n:member_registrations.number", "proof": "decision", "note": "n:member_registrations.note", "file": "FILE", "file_name": "n:member_registrations.file_name", "file_type": "application/pdf", "file_size": 9},
	"member_tags":          {"member": "m1", "tag": "t1"},
	"member_merges":        {"gone": "m0", "kept": "m1", "name": "n:member_merges", "made": "2026-01-01T00:00:00.000000Z"},
	"category_spells":      {"member": "m1", "n": 1, "category": "zz-category_spells-zz", "from_day": "2020-01-01"},
	"detail_values":        {"member": "m1", "detail": "d1", "value": "n:detail_values"},
	"imports": {"id": "i1", "name": "uvoz.csv", "upload": "ime,e-pošta\nn:imports," + theirMail + "\n", "state": "done", "by_name": "Neža Škrbec", "made": "2026-01-01T00:00:00.000000Z", "mapping": "{}", "choices": "{}", "seen": "x",
		"wrong": ""},
	"import_rows":        {"import": "i1", "n": 1, "undo": `{"was":"Svetozarja Kvašnik"}`},
	"circular_addresses": {"circular": "c1", "email": theirMail},
	"proof_extracts":     {"id": "2026-000009", "as_of": "2026-01-01", "member": "m1", "purpose": "n:proof_extracts", "state": "done", "made": "2026-01-01T00:00:00.000000Z", "by_name": "Svetozarja Kvašnik", "reason": "", "lang": "sl"},

	"applications": {"id": "p1", "state": "admitted", "year": 2020, "seq": 1, "kind": "person", "name": theirName, "email": theirMail, "phone": "n:applications.phone", "address": "n:applications.address", "place": "n:applications.place",
		"register_no": "n:applications.register_no", "tax": "n:applications.tax", "society": "n:applications.society", "agent": "n:applications.agent", "agent_as": "n:applications.agent_as", "agent_to": theirMail, "about": "n:applications.about",
		"consents": `[{"key":"photos","text":"n:applications.consents"}]`, "proof": "n:applications.proof", "remark": "n:applications.remark", "wanted": "n:applications.wanted", "replied": "n:applications.replied", "member": "m1", "made": "2026-01-01T00:00:00.000000Z"},
	"application_files":     {"id": "f1", "application": "p1", "hash": "ATTACHED", "name": "n:application_files", "type": "application/pdf", "made": "2026-01-01T00:00:00.000000Z"},
	"application_decisions": {"id": "q1", "application": "p1", "outcome": "accept", "decided": "2020-01-01", "number": "7/2020", "reasons": "n:application_decisions", "by_name": "Neža Škrbec", "made": "2026-01-01T00:00:00.000000Z"},
	"application_appeals":   {"application": "p1", "received": "2020-01-01", "due": "2020-02-01", "reasons": "n:application_appeals"},

	"body_seats": {"id": "e1", "body": "b1", "member": "m1", "email": theirMail, "sort_key": "kvasnik svetozarja", "whole": `{"ID":"e1","Body":"b1","Member":"m1","Name":"Svetozarja Kvašnik","Email":"` + theirMail +
		`","By":"n:body_seats.by","Act":"zz-body_seats.act-zz","For":"n:body_seats.for","Falls":"n:body_seats.falls","Note":"n:body_seats.note"}`},
	"body_signatures": {"demand": "zz-body_signatures-zz", "member": "m1", "name": "Svetozarja Kvašnik", "on_day": "2026-01-01"},
	"meeting_attendees": {"id": "w1", "meeting": "g1", "member": "m1", "email": theirMail, "sort_key": "kvasnik svetozarja", "found_by": "svetozarja kvasnik", "whole": `{"ID":"w1","Meeting":"g1","Member":"m1","Name":"Svetozarja Kvašnik","Email":"` + theirMail +
		`","Word":"n:meeting_attendees.word","Acts":"n:meeting_attendees.acts","Basis":"n:meeting_attendees.basis"}`},
	"meeting_words":  {"meeting": "g1", "word": "kva", "sort_key": "kvasnik svetozarja", "attendee": "w1"},
	"meeting_keys":   {"hash": "x", "attendee": "w1", "email": theirMail},
	"meeting_posted": {"attendee": "w1", "email": theirMail, "sequence": 1},
	"motion_votes":   {"motion": "o1", "attendee": "w1", "choice": "yes", "reason": "n:motion_votes", "at": "2026-01-01T00:00:00.000000Z"},

	"votes": {"id": "v1", "kind": "motion", "state": "closed", "title": "n:votes.title", "text": "", "majority": "> 1/2 cast", "quorum": "0", "electors": 1, "audience": `{"who":"named","names":[{"member":"m1","name":"n:votes.audience","email":"` + theirMail + `"}]}`, "weights": `{}`,
		"proxies": `[{"from":"m1","from_name":"n:votes.proxies","to":"m2","to_name":"Ana"}]`, "void": "", "result": "", "made_at": "2026-01-01T00:00:00.000000Z"},
	"vote_candidates": {"vote": "v1", "id": "k1", "member": "m1", "name": "n:vote_candidates.name", "statement": "n:vote_candidates.statement", "email": theirMail, "proposer": "n:vote_candidates.proposer", "reason": "n:vote_candidates.reason", "consent": "n:vote_candidates.consent"},
	"vote_callers":    {"hash": "x", "vote": "v1", "member": "m1", "name": theirName, "email": theirMail},
	"vote_electors":   {"vote": "v1", "no": 1, "member": "m1", "name": theirName, "person": "n:vote_electors.person", "email": theirMail, "salt": "x", "hash": "x"},

	"dues_waivers":      {"member": "m1", "year": 2025, "name": "Svetozarja Kvašnik", "reason": "n:dues_waivers.reason", "decision": "zz-dues_waivers.decision-zz", "by_name": "Neža Škrbec"},
	"dues_declarations": {"id": "d1", "member": "m1", "name": "Svetozarja Kvašnik", "year": 2025, "currency": "EUR", "note": "n:dues_declarations.note", "via": "link", "by_name": "n:dues_declarations.by_name", "made_at": "2026-01-01T00:00:00.000000Z"},
	"dues_asked":        {"member": "m1", "year": 2031, "letters": 3, "sent": "2031-01-01T00:00:00.000000Z"},
	"dues_payers":       {"id": "y1", "member": "m1", "name": "n:dues_payers.name", "sort_key": "kvasnik svetozarja", "street": "n:dues_payers.street", "place": "n:dues_payers.place", "email": theirMail, "tax": "n:dues_payers.tax", "currency": "EUR"},
	"dues_charges":      {"run": "n1", "ord": 1, "member": "m1", "name": "Svetozarja Kvašnik", "payer": "y1", "pays": "Svetozarja Kvašnik", "why": ""},
	"dues_invoices": {"id": "h1", "number": "zz-dues_invoices.number-zz", "year": 2025, "payer": "y1", "payer_name": "Svetozarja Kvašnik", "found_by": "svetozarja kvasnik", "issued": "2025-05-01", "due": "2025-06-01", "currency": "EUR", "state": "sent",
		"paper": "PAPER", "reason": "n:dues_invoices.reason", "frozen": `{"Name":"Svetozarja Kvašnik","Street":"n:dues_invoices.street","Place":"n:dues_invoices.place","Email":"` + theirMail + `","Tax":"n:dues_invoices.tax"}`},
	"dues_lines":    {"invoice": "h1", "ord": 1, "member": "m1", "name": "n:dues_lines.name", "year": 2025},
	"dues_ledger":   {"id": "g1", "day": "2025-07-01", "kind": "forgone", "payer": "y1", "invoice": "h1", "currency": "EUR", "reason": "n:dues_ledger.reason", "by_name": "Neža Škrbec", "made_at": "2026-01-01T00:00:00.000000Z"},
	"dues_payments": {"id": "f1", "day": "2025-07-01", "currency": "EUR", "payer": "y1", "name": "n:dues_payments.name", "iban": "zz-dues_payments.iban-zz", "purpose": "n:dues_payments.purpose", "by_name": "Neža Škrbec"},
	"bank_entries":  {"id": "z1", "known_by": "k1", "day": "2025-07-01", "currency": "EUR", "name": "n:bank_entries.name", "iban": "zz-bank_entries.iban-zz", "purpose": "n:bank_entries.purpose", "matched": "reference", "invoice": "h1", "why": "", "payment": "f1"},

	"own_consents": {"id": "c1", "member": "m1", "key": "photos", "text": "zz-own_consents.text-zz", "given": "2026-01-01T00:00:00.000000Z", "by_name": "n:own_consents.by_name"},
	"own_wishes":   {"id": "w1", "member": "m1", "kind": "name", "value": "n:own_wishes.value", "reason": "n:own_wishes.reason", "state": "done", "answer": "n:own_wishes.answer", "by_name": "n:own_wishes.by_name", "made": "2026-01-01T00:00:00.000000Z"},
	"own_asked":    {"campaign": "c1", "member": "m1", "sort_key": "kvasnik svetozarja", "name": theirName, "email": theirMail, "confirmed": "2026-01-01T00:00:00.000000Z", "by_name": "n:own_asked.by_name"},
	"own_exports":  {"id": "zz-own_exports-zz", "member": "m1", "by_user": "u1", "state": "done", "made": "2026-01-01T00:00:00.000000Z", "until": "2030-01-01T00:00:00.000000Z"},

	"own_erased": {"member": "m9", "email": "hash", "on_day": "2026-01-01", "reason": "request", "by_name": "Svetozarja Kvašnik", "traces": "[]", "closed": "2026-01-01T00:00:00.000000Z", "closed_by": "Svetozarja Kvašnik"},
	"own_traces": {"id": "t9", "member": "m9", "place": "cases", "spots": "{}", "state": "kept", "reason": "", "by_name": "Svetozarja Kvašnik"},

	"consult_invitations": {"id": "b1", "consultation": "c1", "member": "m1", "member_name": "n:consult_invitations.member_name", "name": "n:consult_invitations.name", "email": theirMail, "sort_key": "kvasnik svetozarja", "stage": "answered"},
	"comments": {"id": "c1", "consultation": "c1", "invitation": "b1", "provision": "art_1", "member": "m1", "member_name": "Svetozarja Kvašnik", "stance": "for", "text": "n:comments.text", "wording": "n:comments.wording", "via": "n:comments.via",
		"typed_is": "Neža Škrbec", "at": "2026-01-01T00:00:00.000000Z"},
	"comment_versions": {"comment": "c1", "rev": 1, "stance": "for", "text": "n:comment_versions.text", "wording": "n:comment_versions.wording", "via": "n:comment_versions.via", "typed_is": "Neža Škrbec", "at": "2026-01-01T00:00:00.000000Z"},
}

// untold are notes that are not told, each with the reason.
var untold = map[string]string{
	"votes.title": "a vote is told by its title, which is not about them",
}

// beside are rows that others lean on.
var beside = map[string]row{
	"members":       {"id": "o1", "kind": "organisation", "name": "Zavod Prelom", "sort_key": "zavod prelom", "standing": "active", "term_from": "2020-01-01", "since": "2020-01-01", "changed": "2026-01-01T00:00:00.000000Z", "lang": "sl"},
	"consultations": {"id": "c1", "title": "Posvet"},
	"motions":       {"id": "o1", "meeting": "g1", "whole": `{"ID":"o1","Meeting":"g1"}`},
	"vote_marks":    {"vote": "v1", "bits": "AA=="},
	"tags":          {"id": "t1", "name": "zz-member_tags-zz"},
	"circulars":     {"id": "c1", "subject": "Okrožnica", "made": "2026-01-01T00:00:00.000000Z"},
	"own_campaigns": {"id": "c1", "year": 2026, "begun": "2026-01-01T00:00:00.000000Z"},
}

// written are the columns of writings in which not every text may stand, for they are
// read on the way.
var written = map[string]row{
	"own_rules":  {"decided": "", "gone_by": ""},
	"details":    {"choices": `["n:details"]`},
	"categories": {"former": `[{"until":"2019-01-01","name":"n:categories"}]`},
}
