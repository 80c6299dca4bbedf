package app

import "github.com/asociacija/asociacija/internal/members/own"

// Why words stay where an erased person is named.
const (
	keptLaw    = "own.kept.why.law"    // the text of an act, as it was published
	keptFrozen = "own.kept.why.frozen" // a version that was frozen and handed over, with its hash
	keptVote   = "own.kept.why.vote"   // the record of a vote, which anybody may count again
)

// Places are all tables of the house, and what each may hold about a member.
func Places() []own.Place {
	var list []own.Place
	for _, room := range []struct {
		name   string
		tables []own.Place
	}{
		{"house", housePlaces}, {"register", registerPlaces}, {"applications", applicationPlaces}, {"bodies", bodyPlaces}, {"votes", votePlaces}, {"dues", duesPlaces},
		{"own", ownPlaces}, {"law", lawPlaces}, {"cases", casePlaces}, {"consultations", consultPlaces}, {"positions", positionPlaces},
	} {
		for _, p := range room.tables {
			p.Room = room.name
			list = append(list, p)
		}
	}
	return list
}

var housePlaces = []own.Place{
	{Table: "audit_lines", Holds: own.Record},
	{Table: "accounts", Holds: own.Record},
	{Table: "account_sessions", Holds: own.Record},
	{Table: "account_passkeys", Holds: own.Record},
	{Table: "account_links", Holds: own.Nothing},
	{Table: "account_setup", Holds: own.Nothing},
	{Table: "account_apps", Holds: own.Nothing},
	{Table: "account_recovery", Holds: own.Nothing},
	{Table: "account_tries", Holds: own.Copy},
	{Table: "account_ceremonies", Holds: own.Copy},
	{Table: "account_firsts", Holds: own.Copy},
	{Table: "jobs", Holds: own.Copy},
	{Table: "jobs_slots", Holds: own.Nothing},
	{Table: "mail_letters", Holds: own.Record, Link: "/house/letters/{id}"},
	{Table: "search_docs", Holds: own.Copy},
	{Table: "search_words", Holds: own.Copy},
	{Table: "profile_words", Holds: own.Writing, Link: "/house/profile"},
}

var registerPlaces = []own.Place{
	{Table: "members", Holds: own.Record, Link: "/members/{id}", Folded: []string{"found_by", "found_mail"}},
	{Table: "member_agents", Holds: own.Record, Link: "/members/{member}"},
	{Table: "member_news", Holds: own.Nothing},
	{Table: "room_marks", Holds: own.Nothing},
	{Table: "member_counts", Holds: own.Nothing},
	{Table: "member_spells", Holds: own.Record, Link: "/members/{member}"},
	{Table: "member_registrations", Holds: own.Record, Link: "/members/{member}"},
	{Table: "member_tags", Holds: own.Record},
	{Table: "member_merges", Holds: own.Record},
	{Table: "twins_apart", Holds: own.Nothing},
	{Table: "categories", Holds: own.Writing, Link: "/members/settings"},
	{Table: "category_spells", Holds: own.Record},
	{Table: "details", Holds: own.Writing, Link: "/members/settings"},
	{Table: "detail_values", Holds: own.Record, Link: "/members/{member}"},
	{Table: "tags", Holds: own.Writing, Link: "/members/settings"},
	{Table: "kept_filters", Holds: own.Writing, Link: "/members"},
	{Table: "chosen_columns", Holds: own.Nothing},
	{Table: "imports", Holds: own.Record, Link: "/members/imports/{id}"},
	{Table: "import_rows", Holds: own.Copy},
	{Table: "circulars", Holds: own.Writing},
	{Table: "circular_addresses", Holds: own.Copy},
	{Table: "proof_extracts", Holds: own.Record, Link: "/extracts/{id}"},
	{Table: "proof_rules", Holds: own.Writing},
	{Table: "proof_files", Holds: own.Nothing},
}

var applicationPlaces = []own.Place{
	{Table: "applications", Holds: own.Record, Link: "/applications/{id}"},
	{Table: "application_decisions", Holds: own.Record, Link: "/applications/{application}"},
	{Table: "application_appeals", Holds: own.Record, Link: "/applications/{application}"},
	{Table: "application_files", Holds: own.Record, Link: "/applications/{application}"},
	{Table: "application_keys", Holds: own.Nothing},
	{Table: "application_tries", Holds: own.Nothing}, // addresses only as a keyed hash
	{Table: "application_rule", Holds: own.Writing, Link: "/applications/rule"},
}

var bodyPlaces = []own.Place{
	{Table: "bodies", Holds: own.Writing, Link: "/bodies/{id}"},
	{Table: "body_seats", Holds: own.Record, Link: "/bodies/{body}"},
	{Table: "body_papers", Holds: own.Writing, Link: "/bodies/{body}/space"},
	{Table: "body_notes", Holds: own.Writing, Link: "/bodies/{body}/space"},
	{Table: "body_demands", Holds: own.Writing, Link: "/bodies/{body}/demands/{id}"},
	{Table: "body_signatures", Holds: own.Record},
	{Table: "decisions", Holds: own.Writing, Link: "/decisions/{id}", Folded: []string{"found_by"}},
	{Table: "meetings", Holds: own.Writing, Link: "/meetings/{id}"},
	{Table: "meeting_attendees", Holds: own.Record, Link: "/meetings/{meeting}", Folded: []string{"found_by"}},
	{Table: "meeting_words", Holds: own.Copy},
	{Table: "meeting_keys", Holds: own.Copy},
	{Table: "meeting_posted", Holds: own.Copy},
	{Table: "motions", Holds: own.Writing, Link: "/meetings/{meeting}"},
	{Table: "motion_votes", Holds: own.Record},
}

var votePlaces = []own.Place{
	{Table: "votes", Holds: own.Record, Link: "/votes/{id}", Kept: keptVote},
	{Table: "vote_candidates", Holds: own.Record, Link: "/votes/{vote}", Kept: keptVote},
	{Table: "vote_electors", Holds: own.Record, Link: "/votes/{vote}"},
	{Table: "vote_callers", Holds: own.Copy},
	{Table: "vote_keys", Holds: own.Nothing},
	{Table: "vote_marks", Holds: own.Nothing},
	{Table: "vote_urns", Holds: own.Nothing},
	{Table: "vote_ballots", Holds: own.Nothing},
}

var duesPlaces = []own.Place{
	{Table: "dues_rules", Holds: own.Writing, Link: "/dues/rules"},
	{Table: "dues_waivers", Holds: own.Record, Link: "/dues/members/{member}"},
	{Table: "dues_declarations", Holds: own.Record, Link: "/dues/declarations/{member}"},
	{Table: "dues_asked", Holds: own.Record},
	{Table: "dues_keys", Holds: own.Nothing},
	{Table: "dues_payers", Holds: own.Record, Link: "/dues/payers/{id}"},
	{Table: "dues_pays_for", Holds: own.Nothing},
	{Table: "dues_runs", Holds: own.Writing, Link: "/dues/runs/{id}"},
	{Table: "dues_charges", Holds: own.Copy},
	{Table: "dues_numbers", Holds: own.Nothing},
	{Table: "dues_invoices", Holds: own.Record, Link: "/dues/invoices/{id}"},
	{Table: "dues_lines", Holds: own.Record, Link: "/dues/invoices/{invoice}"},
	{Table: "dues_ledger", Holds: own.Record, Link: "/dues/ledger"},
	{Table: "dues_payments", Holds: own.Record, Link: "/dues/payers/{payer}"},
	{Table: "bank_statements", Holds: own.Writing, Link: "/dues/bank/{id}"},
	{Table: "bank_entries", Holds: own.Record, Link: "/dues/entries/{id}"},
	{Table: "dues_terms", Holds: own.Nothing},
	{Table: "dues_steps", Holds: own.Writing, Link: "/dues/steps"},
}

var ownPlaces = []own.Place{
	{Table: "own_consents", Holds: own.Record},
	{Table: "own_wishes", Holds: own.Record, Link: "/wishes?all=1"},
	{Table: "own_campaigns", Holds: own.Nothing},
	{Table: "own_asked", Holds: own.Record, Link: "/confirmations/{campaign}"},
	{Table: "own_exports", Holds: own.Record},
	{Table: "own_erased", Holds: own.Copy}, // who of the office did it
	{Table: "own_traces", Holds: own.Copy},
	{Table: "own_rules", Holds: own.Writing, Link: "/retention"},
}

var lawPlaces = []own.Place{
	{Table: "law_acts", Holds: own.Writing, Link: "/acts/{id}", Kept: keptLaw},
	{Table: "law_versions", Holds: own.Writing, Link: "/acts/{act}/{id}", Kept: keptLaw},
	{Table: "law_texts", Holds: own.Writing, Kept: keptLaw},
	{Table: "law_provisions", Holds: own.Writing, Link: "/acts/{act}/{version}/{id}", Kept: keptLaw},
	{Table: "law_remarks", Holds: own.Writing},
}

var casePlaces = []own.Place{
	{Table: "cases", Holds: own.Writing, Link: "/cases/{id}", Folded: []string{"words"}},
	{Table: "case_texts", Holds: own.Writing, Link: "/cases/{case_id}/drafts"},
	{Table: "case_dues", Holds: own.Writing, Link: "/cases/{case_id}"},
	{Table: "case_events", Holds: own.Writing, Link: "/cases/{case_id}/history"},
	{Table: "case_contacts", Holds: own.Writing, Link: "/cases/{case_id}/contacts"},
	{Table: "case_evidence", Holds: own.Writing, Link: "/cases/{case_id}/evidence"},
	{Table: "case_related", Holds: own.Writing, Link: "/cases/{case_id}/related"},
	{Table: "case_intakes", Holds: own.Writing, Link: "/intakes/{id}"},
	{Table: "deliveries", Holds: own.Writing, Link: "/cases/{case_id}/delivered/{id}"},
	{Table: "answers", Holds: own.Writing, Link: "/cases/{case_id}/answers"},
	{Table: "judgements", Holds: own.Writing, Link: "/cases/{case_id}/uptake/{proposal}"},
	{Table: "outcome_counts", Holds: own.Nothing},
}

var consultPlaces = []own.Place{
	{Table: "consultations", Holds: own.Writing, Link: "/consultations/{id}"},
	{Table: "consult_asked", Holds: own.Writing, Link: "/consultations/{consultation}"},
	{Table: "consult_tallies", Holds: own.Nothing},
	{Table: "consult_invitations", Holds: own.Record, Link: "/consultations/{consultation}"},
	{Table: "consult_keys", Holds: own.Nothing},
	{Table: "comments", Holds: own.Record, Link: "/consultations/{consultation}"},
	{Table: "comment_versions", Holds: own.Record},
}

var positionPlaces = []own.Place{
	{Table: "proposals", Holds: own.Writing, Link: "/cases/{case_id}/proposals/{id}"},
	{Table: "proposal_revisions", Holds: own.Writing, Kept: keptFrozen},
	{Table: "positions", Holds: own.Writing, Link: "/cases/{case_id}/position"},
	{Table: "position_frozen", Holds: own.Writing, Kept: keptFrozen},
	{Table: "position_papers", Holds: own.Nothing},
}
