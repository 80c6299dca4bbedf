package outcomes

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/country/si"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

var (
	clerk  = auth.Actor{User: "neza", Name: "Neža Škrbec", Roles: auth.Office}
	board  = auth.Actor{User: "ivo", Name: "Ivo Tratar", Roles: auth.Board}
	member = auth.Actor{User: "kino", Name: "Kino Lom", Roles: auth.Member}
	nobody = auth.Actor{}
)

// first is a draft as a ministry might put it forward, second the one after the
// consultation: two years have become three, the first instalment has its day, the
// commission is as it was.
const (
	first = `ZAKON
o podpori neodvisni kulturi (ZPNK)

12. člen
(pogoji)

(1) Za podporo lahko zaprosi organizacija, ki najmanj pet let neprekinjeno deluje na področju kulture.

(2) Organizacija dokaže delovanje s programi in poročili.

23. člen
(izplačilo)

Ministrstvo izplača prvi obrok podpore po podpisu pogodbe.

27. člen
(komisija)

Člane strokovne komisije imenuje minister izmed uglednih strokovnjakov.
`
	second = `ZAKON
o podpori neodvisni kulturi (ZPNK)

12. člen
(pogoji)

(1) Za podporo lahko zaprosi organizacija, ki najmanj tri leta neprekinjeno deluje na področju kulture.

(2) Organizacija dokaže delovanje s programi in poročili.

23. člen
(izplačilo)

Ministrstvo izplača prvi obrok podpore najpozneje v 30 dneh po podpisu pogodbe.

27. člen
(komisija)

Člane strokovne komisije imenuje minister izmed uglednih strokovnjakov.
`
)

var asks = []positions.Proposal{
	{
		Provision: "art_12__para_1", Title: "Dve leti delovanja", Wanted: positions.Rewrite,
		Text: "(1) Za podporo lahko zaprosi organizacija, ki najmanj dve leti neprekinjeno deluje na področju kulture.",
	}, {
		Provision: "art_23__para_1", Title: "Prvi obrok v 30 dneh", Wanted: positions.Rewrite, Evidence: []positions.Evidence{{Label: "Zamude", Link: "/f/7", Version: "2"}},
		Text: "Ministrstvo izplača prvi obrok podpore najpozneje v 30 dneh po podpisu pogodbe.",
	}, {
		Provision: "art_27__para_1", Title: "Polovica komisije", Wanted: positions.Rewrite,
		Text: "Polovico članov strokovne komisije imenuje minister na predlog reprezentativnih združenj.",
	},
}

// A world is a house with one case, two drafts, and a frozen position of three
// proposals to the first of them.
type world struct {
	*Desk
	now       *time.Time
	db        *store.DB
	corpus    *corpus.Desk
	id        voice.CaseID
	v1, v2    law.VersionID
	position  positions.Position
	proposals []positions.Proposal
}

func steps() []store.Steps {
	return []store.Steps{audit.Steps(), jobs.Steps(), corpus.Steps(), cases.Steps(), positions.Steps(), search.Steps(), Steps()}
}

var today = civil.On(2026, 6, 1)

func newWorld(t testing.TB, db *store.DB) world {
	t.Helper()
	now := time.Date(2026, 4, 1, 10, 0, 0, 0, time.UTC)
	w := world{now: &now, db: db, corpus: corpus.New(db, nil)}
	db.At(func() time.Time { return *w.now })
	disk := must(blob.NewDisk(t.TempDir()))(t)
	c := cases.New(db).With(cases.Parts{Country: must(si.Pack())(t), Corpus: w.corpus})
	p := positions.New(db, c, positions.Parts{Corpus: w.corpus})
	w.Desk = New(db, c, p, Parts{Corpus: w.corpus, Files: disk, Search: search.New(db)})
	w.v1 = must(w.corpus.Add(t.Context(), clerk, corpus.Given{Text: first, Stage: corpus.Draft, Label: "1. osnutek"}))(t).ID
	w.v2 = must(w.corpus.Add(t.Context(), clerk, corpus.Given{Text: second, Stage: corpus.Draft, Label: "2. osnutek"}))(t).ID
	w.id = w.open(t, cases.Text{Version: w.v1, Role: cases.Draft, Label: "1. osnutek", On: civil.On(2026, 3, 3)})
	w.position, w.proposals = w.freeze(t, w.id, asks)
	w.at(today)
	w.addText(t, cases.Text{Case: w.id, Version: w.v2, Role: cases.Draft, Label: "2. osnutek", On: civil.On(2026, 5, 20)})
	return w
}

// found are the subjects of a kind that somebody finds.
func (w world) found(t testing.TB, by auth.Actor, kind string) (subjects []string) {
	t.Helper()
	for _, h := range must(w.parts.Search.Find(t.Context(), by, search.Query{Kind: kind}))(t).Hits {
		subjects = append(subjects, h.Subject)
	}
	return subjects
}

// at moves the clock to ten o'clock of a day.
func (w world) at(d civil.Date) { *w.now = d.Start(time.UTC).Add(10 * time.Hour) }

func (w world) open(t testing.TB, texts ...cases.Text) voice.CaseID {
	t.Helper()
	return must(w.cases.Open(t.Context(), clerk, cases.Case{
		Title: "Novela Zakona o podpori neodvisni kulturi", Short: "ZPNK-A", Kind: procedure.Law, Lead: "O podpori.", Body: "ministry_culture",
		Proposer: "Ministrstvo za umetnost in ustvarjalnost", Opened: civil.On(2026, 1, 12),
	}, texts...))(t).ID
}

// freeze has the board decide on proposals, and keeps them for good.
func (w world) freeze(t testing.TB, id voice.CaseID, list []positions.Proposal) (positions.Position, []positions.Proposal) {
	t.Helper()
	var made []positions.Proposal
	for _, p := range list {
		p.Case, p.Version, p.State, p.Reasons = id, w.v1, positions.Ready, "Ker."
		made = append(made, must(w.positions.Create(t.Context(), clerk, p))(t))
	}
	p := must(w.positions.Begin(t.Context(), clerk, positions.Position{Case: id, Title: "Stališče do osnutka", Lead: "Osnutek podpiramo.", DeliverBy: civil.On(2026, 4, 5)}))(t)
	p = must(w.positions.SetMandate(t.Context(), clerk, p.ID, p.Revision, positions.Mandate{
		Body: positions.Board, On: civil.On(2026, 3, 31), For: 7, Rule: "Statut, 31. člen",
	}))(t)
	p = must(w.positions.Approve(t.Context(), board, p.ID, p.Revision))(t)
	return must(w.positions.Freeze(t.Context(), clerk, p.ID, p.Revision))(t), made
}

func (w world) addText(t testing.TB, text cases.Text) {
	t.Helper()
	err := w.db.Write(t.Context(), func(tx *store.Tx) error {
		if err := w.cases.AddTextIn(t.Context(), tx, clerk, text); err != nil {
			return err
		}
		return w.TextAdded(t.Context(), tx, clerk, text)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// send prepares a delivery to the ministry and sends it on a day.
func (w world) send(t testing.TB, on civil.Date) Delivery {
	t.Helper()
	d := must(w.Prepare(t.Context(), clerk, w.toMinistry()))(t)
	return must(w.Send(t.Context(), clerk, d.ID, on))(t)
}

func (w world) toMinistry() Delivery {
	return Delivery{
		Case: w.id, Position: w.position.ID, Version: w.position.Version, Body: "ministry_culture", To: "Ministrstvo za kulturo",
		Address: "gp@mk.example", Channel: Mail, Clock: "authority_letter",
	}
}

func (w world) answer(t testing.TB, to Delivery, on civil.Date, tenor Tenor) Answer {
	t.Helper()
	return must(w.Log(t.Context(), clerk, Answer{
		Case: w.id, Delivery: to.ID, From: "Ministrstvo za kulturo", On: on, Channel: Mail, Tenor: tenor, Summary: "Za sklad ni podlage.",
	}))(t)
}

func (w world) say(t testing.TB, i int, verdict voice.Verdict, version law.VersionID) Judgement {
	t.Helper()
	return must(w.Judge(t.Context(), clerk, Judgement{
		Case: w.id, Proposal: w.proposals[i].ID, Version: version, Verdict: verdict, Note: "Odgovor, stran 4.",
	}))(t)
}

// dues are the kinds of the dues of the case, that wait or not.
func (w world) dues(t testing.TB) string {
	t.Helper()
	f := must(w.cases.File(t.Context(), clerk, w.id, today))(t)
	var list []string
	for _, d := range f.Dues {
		if strings.HasPrefix(d.Kind, "dues.outcomes") || strings.HasPrefix(d.Kind, "dues.position") {
			list = append(list, d.Kind)
		}
	}
	return strings.Join(list, " ")
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

func refused(t testing.TB, err error, key string) {
	t.Helper()
	if f := fault.Of(err); f == nil || f.Key != key {
		t.Errorf("got %v, want the fault %s", err, key)
	}
}

func each(t *testing.T, f func(t *testing.T, w world)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(t, newWorld(t, db)) }, steps()...)
}

// What is sent waits for its answer by the rule that binds the authority, the
// position is delivered, and the case waits.
func TestSend(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		if got := w.dues(t); got != "dues.position.deliver dues.outcomes.judge" {
			t.Fatalf("before: %s", got)
		}
		d := w.send(t, civil.On(2026, 4, 3))
		if d.DueOn != civil.On(2026, 4, 18) || d.DueForce != procedure.Binding || !strings.HasPrefix(d.DueRule, "Uredba o upravnem poslovanju") {
			t.Errorf("due %s, %s, %s", d.DueOn, d.DueForce, d.DueRule)
		}
		if got := w.dues(t); got != "dues.outcomes.answer dues.outcomes.judge" {
			t.Errorf("after: %s", got)
		}
		f := must(w.cases.File(t.Context(), clerk, w.id, today))(t)
		if f.State != cases.Waiting || f.Events[0].Key != cases.CommentsSent || f.Events[0].On != civil.On(2026, 4, 3) {
			t.Errorf("case %s, %v", f.State, f.Events)
		}
		_, err := w.Change(t.Context(), clerk, d)
		refused(t, err, "outcomes.delivery.sent")
		refused(t, w.Drop(t.Context(), clerk, d.ID), "outcomes.delivery.sent")
		if err := w.AddProof(t.Context(), clerk, d.ID, File{Name: "povratnica.pdf", Blob: "00"}); err != nil {
			t.Error(err)
		}
	})
}

// Silence lasts from the day of sending to the first answer to the matter; an
// acknowledgement does not end it, and an answer taken back lets it go on.
func TestSilence(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		d := w.send(t, civil.On(2026, 4, 3))
		waited := func(want int, state cases.State) {
			t.Helper()
			day := civil.Of(*w.now, time.UTC)
			m := must(w.CaseMemory(t.Context(), clerk, w.id, day))(t)
			all := Total(must(w.Memory(t.Context(), clerk, 2026, day))(t))
			list := must(w.Deliveries(t.Context(), clerk, w.id))(t)
			c := must(w.cases.Case(t.Context(), clerk, w.id))(t)
			if m.Waited != want || all.Waited != want || list[0].Waited(day) != want || c.State != state {
				t.Errorf("on %s waited %d, %d, %d, want %d; case %s, want %s", day, m.Waited, all.Waited, list[0].Waited(day), want, c.State, state)
			}
		}
		waited(59, cases.Waiting)
		w.at(civil.On(2026, 6, 11))
		waited(69, cases.Waiting)
		w.answer(t, d, civil.On(2026, 4, 10), Acknowledged)
		waited(69, cases.Waiting)
		a := w.answer(t, d, civil.On(2026, 6, 5), Replied)
		waited(63, cases.Open)
		w.answer(t, d, civil.On(2026, 6, 8), NewText)
		waited(63, cases.Open)
		if got := w.found(t, member, "answer"); len(got) != 3 || !slices.Contains(got, Subject(a.ID)) {
			t.Errorf("search knows %v", got)
		}
		if err := w.Unlog(t.Context(), clerk, a.ID); err != nil {
			t.Fatal(err)
		}
		if got := w.found(t, member, "answer"); len(got) != 2 || slices.Contains(got, Subject(a.ID)) {
			t.Errorf("search still knows %v", got)
		}
		waited(66, cases.Open)
		w.at(civil.On(2026, 7, 1))
		waited(66, cases.Open)
		if strings.Contains(w.dues(t), "answer") {
			t.Error("an answer is still owed")
		}
	})
}

// The program proposes what the second draft made of each proposal; nothing is
// judged until a person does.
func TestSuggest(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		list := must(w.Suggest(t.Context(), clerk, w.id, w.v2))(t)
		want := []voice.Verdict{voice.Partly, voice.Taken, voice.Not}
		for i, s := range list {
			if s.Suggested != want[i] || s.Verdict != "" || s.Title != asks[i].Title {
				t.Errorf("%s: %q %v, want %s", s.Title, s.Suggested, s.Reasons, want[i])
			}
		}
		if list[1].PassageIs != "23. člen" || len(list[1].Marks) == 0 || !list[1].Evidence {
			t.Errorf("the proof is %q with %v", list[1].PassageIs, list[1].Marks)
		}
		own := must(w.Suggest(t.Context(), clerk, w.id, w.v1))(t)
		if !own[0].Unclear || own[0].Reasons[0].Key != SameText {
			t.Errorf("of the draft itself: %v", own[0])
		}
		if l := must(w.Ledger(t.Context(), clerk, w.id, "", 0))(t); l.Open != 3 || l.Judged() != 0 {
			t.Errorf("the ledger is %+v", l.Memory)
		}
		_, err := w.Suggest(t.Context(), clerk, w.id, "other")
		refused(t, err, "outcomes.text.other")
	})
}
