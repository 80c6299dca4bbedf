package publicweb

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/country/si"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/page/pagetest"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/consult"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
	"github.com/asociacija/asociacija/internal/voice/positions"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

var (
	neza   = auth.Actor{User: "neza", Name: "Neža Škrbec", Email: "neza@mnk.si", Roles: auth.Office}
	board  = auth.Actor{User: "ivo", Name: "Ivo Tratar", Roles: auth.Board}
	member = auth.Actor{User: "jana", Name: "Jana Vrabič", Email: "jana@posta.si", Roles: auth.Member}
	nobody = auth.Actor{}
)

const draft = `ZAKON O PODPORI NEODVISNI KULTURI (ZPNK-A)

12. člen
(pogoji)
(1) Za podporo lahko zaprosi organizacija, ki najmanj tri leta neprekinjeno deluje na področju kulture.
(2) Sedež organizacije ni pogoj.

18. člen
(honorar)
Honorar za delo, ki se financira po tem zakonu, ne sme biti nižji od zneska, ki ga za posamezno vrsto dela objavi ministrstvo.

23. člen
(prvi obrok)
Ministrstvo izplača prvi obrok podpore po podpisu pogodbe.
`

// A house is the public pages over one database, on a Tuesday of November. All that
// is not public in it has the letters "tajn", and nothing else has.
type house struct {
	t     testing.TB
	mux   *http.ServeMux
	site  *Site
	db    *store.DB
	jobs  *jobs.Desk
	words *i18n.Book
	who   auth.Actor
	lang  string
	theme string
	at    time.Time
	// of a filled house
	id, secret        voice.CaseID
	asked, hidden     voice.ConsultationID
	position          positions.Position
	opened, closed    law.VersionID
	secretPosition    positions.Position
	secretOutsideCase positions.Position
}

func steps() []store.Steps {
	return []store.Steps{audit.Steps(), jobs.Steps(), mail.Steps(), members.Steps(), corpus.Steps(), cases.Steps(), consult.Steps(), positions.Steps(), outcomes.Steps()}
}

// told is what members said, for positions.
type told struct{}

func (told) Provisions(context.Context, auth.Actor, voice.CaseID) ([]positions.Heard, error) {
	return nil, nil
}

func (told) On(context.Context, auth.Actor, voice.CaseID, law.Address) (positions.Said, error) {
	return positions.Said{}, nil
}
func (told) Asked(context.Context, auth.Actor, voice.CaseID) (positions.Asked, error) {
	return positions.Asked{Asked: positions.Crowd{Orgs: 58, Persons: 354}, Answered: positions.Crowd{Orgs: 49, Persons: 88}}, nil
}
func (told) Behind(context.Context, auth.Actor, voice.CaseID, []positions.Stand) (positions.Crowd, error) {
	return positions.Crowd{Orgs: 41, Persons: 60}, nil
}

var profile = Profile{
	Motto:   Said{"sl": "Govorimo za neodvisno kulturo, pravočasno in z dokazi", "en": "We speak for independent culture, in time and with proof"},
	About:   Said{"sl": "Mreža je prostovoljno združenje.\n\nO stališčih odloča upravni odbor po posvetovanju s članstvom."},
	Join:    Said{"sl": "Članica lahko postane organizacija, ki na področju kulture deluje vsaj eno leto, in vsak, ki v kulturi dela na svoje."},
	Address: "Tesarska 9, 1000 Ljubljana",
	Founded: 2004,
	Email:   "pisarna@mnk.example",
}

func newHouse(t testing.TB, db *store.DB) *house {
	t.Helper()
	h := &house{t: t, mux: http.NewServeMux(), db: db, lang: "sl", at: time.Date(2026, 11, 17, 9, 42, 0, 0, time.UTC)}
	now := func() time.Time { h.at = h.at.Add(time.Millisecond); return h.at }
	db.At(now)
	pack := must(si.Pack())(t)
	h.words = must(i18n.Load(page.Words(), voiceweb.Words(), consult.Words(), Words()))(t)
	zone := time.FixedZone("CET", 3600)
	menu := []page.Entry{{Key: "nav.privacy", Link: "/privacy", Public: true}}
	site := page.New(page.House{Name: "Mreža neodvisne kulture", Address: "Tesarska 9, 1000 Ljubljana", URL: "https://mnk.example", Zone: zone}, menu, h.words, now)
	h.jobs = jobs.New(db, nil)
	d := Desks{Members: members.New(db), Corpus: corpus.New(db, nil)}
	d.Cases = cases.New(db).With(cases.Parts{Country: pack, Zone: zone, Corpus: d.Corpus})
	d.Consult = consult.New(db, consult.House{Name: site.House.Name, URL: site.House.URL, Zone: zone, In: site.In},
		consult.Others{Cases: d.Cases, Law: d.Corpus, Members: d.Members, Jobs: h.jobs, Mail: must(mail.New(db, h.jobs, mail.SMTP{}))(t)})
	d.Positions = positions.New(db, d.Cases, positions.Parts{Corpus: d.Corpus, Voices: told{}, Zone: zone})
	d.Outcomes = outcomes.New(db, d.Cases, d.Positions, outcomes.Parts{Corpus: d.Corpus, Zone: zone})
	h.site = New(site, func(context.Context) Profile { return profile }, d)
	h.site.Routes(h.mux)
	return h
}

// must is a value without a failure.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) visitor() pagetest.Visitor {
	return pagetest.Visitor{Pages: h.mux, Who: h.who, Lang: h.lang, Theme: h.theme}
}

func (h *house) ask(r *http.Request) *httptest.ResponseRecorder { return h.visitor().Ask(r) }

func (h *house) get(path string) string {
	h.t.Helper()
	return h.visitor().Get(h.t, path)
}

func (h *house) event(id voice.CaseID, key procedure.Event, on civil.Date, note string) {
	h.t.Helper()
	must(h.site.Cases.AddEvent(h.t.Context(), neza, cases.Event{Case: id, Key: key, On: on, Note: note}))(h.t)
}

func each(t *testing.T, f func(t *testing.T, h *house)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(t, newHouse(t, db)) }, steps()...)
}

// fill makes a public case in all its parts, and beside each thing that anyone may
// read one that is secret.
func (h *house) fill() *house {
	ctx, t := h.t.Context(), h.t
	for _, m := range []members.Member{{Kind: members.Organisation, Name: "Tajna zadruga"}, {Kind: members.Organisation, Name: "Tajni zavod"}, {Kind: members.Person, Name: "Tajnik, Ana"}} {
		m.Standing, m.Term.From = members.Active, civil.On(2020, 1, 1)
		must(h.site.Members.Add(ctx, neza, m))(t)
	}
	h.opened = must(h.site.Corpus.Add(ctx, neza, corpus.Given{Text: draft, Stage: corpus.Draft, Label: "1. osnutek"}))(t).ID
	h.must(h.site.Corpus.Open(ctx, neza, h.opened))
	h.closed = must(h.site.Corpus.Add(ctx, neza, corpus.Given{
		Text: strings.Replace(draft, "po podpisu", "v 30 tajnih dneh po podpisu", 1), Stage: corpus.Draft, Label: "2. osnutek"}))(t).ID
	c := cases.Case{
		Title: "Novela Zakona o podpori neodvisni kulturi", Short: "ZPNK-A", Kind: procedure.Law, Variant: procedure.Ordinary, Body: "ministry_culture",
		Lead: "Kdo se lahko prijavi, kdaj pride denar, koliko je najmanj vredno delo.", Proposer: "Ministrstvo za umetnost in ustvarjalnost",
		EVA: "2026-3355-0007", Opened: civil.On(2026, 1, 12), Public: true, Owner: neza.User, OwnerIs: "Tajna Skrbnica",
	}
	h.id = must(h.site.Cases.Open(ctx, neza, c,
		cases.Text{Version: h.opened, Role: cases.Draft, Label: "1. osnutek", On: civil.On(2026, 3, 3)},
		cases.Text{Version: h.closed, Role: cases.Draft, Label: "2. osnutek", On: civil.On(2026, 10, 29)}))(t).ID
	c.Title, c.Short, c.Lead, c.Proposer, c.Public = "Tajna zadeva", "TAJN", "Tajno.", "Tajni predlagatelj", false
	h.secret = must(h.site.Cases.Open(ctx, neza, c))(t).ID
	for _, id := range []voice.CaseID{h.id, h.secret} {
		h.event(id, "programme_entered", civil.On(2026, 1, 12), "tajna opomba")
		h.event(id, cases.DraftPublished, civil.On(2026, 3, 3), "")
		h.event(id, cases.ConsultationCloses, civil.On(2026, 3, 24), "")
		h.event(id, cases.DraftPublished, civil.On(2026, 10, 29), "")
		h.event(id, cases.ConsultationCloses, civil.On(2026, 11, 30), "")
		h.event(id, "", civil.On(2026, 11, 2), "tajni klic z ministrico")
		h.must(h.site.Cases.SetDeadline(ctx, neza, id, "tajni rok", civil.On(2026, 11, 20)))
		h.must(h.site.Cases.AddContact(ctx, neza, cases.Contact{Case: id, On: civil.On(2026, 11, 2), Official: "Tajni Uradnik", Organisation: "Tajništvo", Aim: "tajno", Channel: "call"}))
	}
	h.must(h.site.Cases.Rule(ctx, neza, h.id, procedure.TooShort, "tajni razlog"))
	h.consultations()
	h.positions()
	return h
}

func (h *house) consultations() {
	ask := func(id voice.CaseID, title string, public bool) voice.ConsultationID {
		c := must(h.site.Consult.Prepare(h.t.Context(), neza, consult.Consultation{
			Case: id, Version: h.opened, Title: title, Lead: "Dva člena se spreminjata, o obeh odločite.", Opens: civil.On(2026, 11, 17), Closes: civil.On(2026, 11, 24), Public: public,
			Asked: []consult.Asked{{Provision: "art_12__para_1", Title: "Tri leta delovanja namesto petih", Explain: "Prej je bilo pet let."}, {Provision: "art_18", Title: "Najnižji honorar"}},
		}))(h.t)
		must(h.site.Consult.Open(h.t.Context(), neza, c.ID))(h.t)
		return c.ID
	}
	h.asked = ask(h.id, "Novela Zakona o podpori neodvisni kulturi", true)
	h.hidden = ask(h.id, "Tajno posvetovanje", false)
	ask(h.secret, "Tajno posvetovanje v tajni zadevi", true)
	must(h.site.Consult.Prepare(h.t.Context(), neza, consult.Consultation{
		Case: h.id, Version: h.opened, Title: "Tajni osnutek posvetovanja", Lead: "Tajno.", Opens: civil.On(2026, 11, 17), Closes: civil.On(2026, 11, 24), Public: true,
		Asked: []consult.Asked{{Provision: "art_18", Title: "Tajno vprašanje"}},
	}))(h.t)
	h.must(h.jobs.Drain(h.t.Context()))
}

// positions has a public position decided, sent, answered and judged, one after it
// that is secret, and one that is secret for its case.
func (h *house) positions() {
	var made []positions.Proposal
	h.position, made = h.decide(h.id, "Stališče do prvega osnutka", "Osnutek podpiramo s tremi spremembami.", true, "Dve leti delovanja", "Honorar po kolektivni pogodbi", "Prvi obrok v 30 dneh")
	h.send(h.position, "")
	h.judge(made[0], voice.Not, h.opened, "")
	h.judge(made[2], voice.Taken, h.closed, "art_23")
	h.judge(made[1], voice.Partly, h.opened, "art_18")
	h.secretPosition, made = h.decide(h.id, "Tajno stališče", "Tajno.", false, "Tajni predlog")
	h.send(h.secretPosition, "tajni")
	h.judge(made[0], voice.Taken, h.closed, "art_23")
	h.secretOutsideCase, _ = h.decide(h.secret, "Tajno stališče tajne zadeve", "Tajno.", false, "Tajni predlog")
}

func (h *house) decide(id voice.CaseID, title, lead string, public bool, asks ...string) (positions.Position, []positions.Proposal) {
	ctx, t := h.t.Context(), h.t
	at := []string{"art_12__para_1", "art_18", "art_23"}
	var made []positions.Proposal
	for i, one := range asks {
		made = append(made, must(h.site.Positions.Create(ctx, neza, positions.Proposal{
			Case: id, Version: h.opened, Provision: at[i], Title: one, Wanted: positions.Rewrite, State: positions.Ready, Text: "Drugače.", Reasons: "Ker.",
			Objections: []positions.Objection{{Who: "Tajni zavod", Text: "Tajni ugovor."}}, Evidence: []positions.Evidence{{Label: "Tajna številka", Link: "/f/7"}},
		}))(t))
	}
	p := must(h.site.Positions.Begin(ctx, neza, positions.Position{Case: id, Title: title, Lead: lead, Public: public}))(t)
	p = must(h.site.Positions.SetMandate(ctx, neza, p.ID, p.Revision, positions.Mandate{
		Body: positions.Board, On: civil.On(2026, 11, 10), Meeting: "tajna seja", For: 7, Rule: "Statut, 31. člen"}))(t)
	p = must(h.site.Positions.Approve(ctx, board, p.ID, p.Revision))(t)
	return must(h.site.Positions.Freeze(ctx, neza, p.ID, p.Revision))(t), made
}

func (h *house) send(p positions.Position, secret string) {
	ctx, t := h.t.Context(), h.t
	to := strings.TrimSpace(secret + " Ministrstvo za umetnost in ustvarjalnost")
	d := must(h.site.Outcomes.Prepare(ctx, neza, outcomes.Delivery{
		Case: p.Case, Position: p.ID, Version: p.Version, To: to, Address: "tajni.naslov@ministrstvo.example", Channel: outcomes.Mail,
		DueOn: civil.On(2026, 12, 2), Note: "tajna opomba pošiljke",
	}))(t)
	must(h.site.Outcomes.Prepare(ctx, neza, outcomes.Delivery{Case: p.Case, Position: p.ID, Version: p.Version, To: "Tajni naslovnik", Channel: outcomes.Mail}))(t)
	d = must(h.site.Outcomes.Send(ctx, neza, d.ID, civil.On(2026, 11, 17), outcomes.File{Blob: "00", Name: "tajna-povratnica.pdf"}))(t)
	for _, a := range []outcomes.Answer{
		{Delivery: d.ID, Summary: strings.TrimSpace(secret + " Predlogi bodo upoštevani v drugem osnutku."), File: outcomes.File{Blob: "00", Name: "tajno-pismo.pdf"}},
		{Summary: "Tajni odgovor brez pošiljke."},
	} {
		a.Case, a.From, a.On, a.Channel, a.Tenor = p.Case, to, civil.On(2026, 11, 17), outcomes.Mail, outcomes.Replied
		must(h.site.Outcomes.Log(ctx, neza, a))(t)
	}
}

func (h *house) judge(p positions.Proposal, v voice.Verdict, version law.VersionID, passage string) {
	must(h.site.Outcomes.Judge(h.t.Context(), neza, outcomes.Judgement{Case: p.Case, Proposal: p.ID, Version: version, Verdict: v, Passage: passage, Note: "tajna opomba presoje"}))(h.t)
}

// see keeps a page for people to look at.
func (h *house) see(name, path string) string {
	h.t.Helper()
	body := h.get(path)
	pagetest.Keep(h.t, name, body)
	return body
}
