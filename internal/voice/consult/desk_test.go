package consult

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

var (
	clerk  = auth.Actor{User: "clerk", Name: "Neža", Email: "neza@mreza.si", Roles: auth.Office}
	board  = auth.Actor{User: "board", Name: "Ivo", Email: "ivo@mreza.si", Roles: auth.Board}
	dancer = auth.Actor{User: "dancer", Name: "Pia", Email: "pia@pesto.si", Roles: auth.Member}
	nobody = auth.Actor{}
)

type actor = auth.Actor

// three are an organisation with an agent, a person, and one without an address.
func three(t testing.TB, d *members.Desk, _ *store.DB) {
	t.Helper()
	add := func(m members.Member) members.ID {
		m.Standing, m.Term.From = members.Active, civil.On(2020, 1, 1)
		m, err := d.Add(t.Context(), clerk, m)
		if err != nil {
			t.Fatal(err)
		}
		return m.ID
	}
	pesto := add(members.Member{Kind: members.Organisation, Name: "Plesna zadruga Pesto", Field: "dance"})
	pia := members.Agent{Member: pesto, Name: "Pia Pesek", Email: "pia@pesto.si", Lang: "sl", Answers: true, Since: civil.On(2020, 1, 1)}
	if _, err := d.AddAgent(t.Context(), clerk, pia); err != nil {
		t.Fatal(err)
	}
	add(members.Member{Kind: members.Person, Name: "Čeh, Ana", Email: "ana@posta.si", Lang: "en", Field: "music"})
	add(members.Member{Kind: members.Person, Name: "Stari, Jože"})
}

// crowd are n members with addresses.
func crowd(n int) func(testing.TB, *members.Desk, *store.DB) {
	return func(t testing.TB, d *members.Desk, db *store.DB) {
		t.Helper()
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			for i := range n {
				m := members.Member{Kind: members.Person, Name: fmt.Sprintf("Oseba %05d", i), Email: fmt.Sprintf("m%05d@posta.si", i), Lang: "sl", Standing: members.Active}
				m.Term.From = civil.On(2020, 1, 1)
				if _, err := d.AddIn(t.Context(), tx, clerk, m); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// A room is a desk in an empty house, with a clock that creeps until it is moved.
type room struct {
	*Desk
	mu  sync.Mutex
	at  time.Time
	who actor // of a table of rights
}

func (r *room) now() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = r.at.Add(time.Millisecond) // so that what is made later sorts later
	return r.at
}

// on moves the clock to ten o'clock of the day.
func (r *room) on(d civil.Date) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.at = d.Start(time.UTC).Add(10 * time.Hour)
}

var monday = civil.On(2026, 11, 16)

const draft = `ZAKON O PODPORI NEODVISNI KULTURI

12. člen
(pogoji)
(1) Za podporo lahko zaprosi organizacija, ki najmanj tri leta deluje na področju kulture.
(2) Rok je trideset dni.

18. člen
(honorar)
Honorar ne sme biti nižji od zneska, ki ga objavi ministrstvo.
`

func open(t testing.TB, db *store.DB, fill func(testing.TB, *members.Desk, *store.DB)) *room {
	t.Helper()
	r := &room{}
	r.on(monday)
	db.At(r.now)
	book, err := i18n.Load(Words())
	if err != nil {
		t.Fatal(err)
	}
	queue, people := jobs.New(db, nil), members.New(db)
	fill(t, people, db)
	post, err := mail.New(db, queue, mail.SMTP{})
	if err != nil {
		t.Fatal(err)
	}
	r.Desk = New(db, House{Name: "Mreža", URL: "https://mreza.si", Zone: time.UTC, In: book.In},
		Others{Cases: cases.New(db), Law: corpus.New(db, nil), Members: people, Jobs: queue, Mail: post})
	return r
}

var steps = []store.Steps{Steps(), members.Steps(), cases.Steps(), corpus.Steps(), jobs.Steps(), mail.Steps(), audit.Steps()}

func each(t *testing.T, f func(t *testing.T, r *room)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(t, open(t, db, three)) }, steps...)
}

// prepare writes a consultation of two provisions that closes in eight days.
func (r *room) prepare(t testing.TB) Consultation {
	t.Helper()
	ctx := t.Context()
	file, err := r.Cases.Open(ctx, clerk, cases.Case{Title: "Novela ZPNK", Kind: cases.Other, Opened: monday, Owner: "clerk", OwnerIs: "Neža", Public: true})
	if err != nil {
		t.Fatal(err)
	}
	v, err := r.Law.Add(ctx, clerk, corpus.Given{Text: draft, Stage: corpus.Draft})
	if err != nil {
		t.Fatal(err)
	}
	c, err := r.Prepare(ctx, clerk, Consultation{
		Case: file.ID, Version: v.ID, Title: "Novela ZPNK", Lead: "Ministrstvo spreminja dva člena.", Opens: monday, Closes: monday.AddDays(8), Remind: []int{4, 1},
		Asked: []Asked{{Provision: "art_18", Title: "Najnižji honorar"}, {Provision: "art_12__para_1", Title: "Tri leta", Explain: "Prej pet."}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// begin opens it and has the letters written.
func (r *room) begin(t testing.TB, c Consultation) Consultation {
	t.Helper()
	if _, err := r.Open(t.Context(), clerk, c.ID); err != nil {
		t.Fatal(err)
	}
	r.drain(t)
	return r.look(t, c.ID)
}

func (r *room) drain(t testing.TB) {
	t.Helper()
	if err := r.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (r *room) look(t testing.TB, id voice.ConsultationID) Consultation {
	t.Helper()
	c, err := r.Consultation(t.Context(), clerk, id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// letters are those to the address, newest first.
func (r *room) letters(t testing.TB, to string) (list []mail.Entry) {
	t.Helper()
	all, err := r.Mail.Outbox(t.Context(), clerk, mail.Query{Limit: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		if l.To == to {
			whole, err := r.Mail.Get(t.Context(), clerk, l.ID)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, whole)
		}
	}
	return list
}

var address = regexp.MustCompile(`https://mreza\.si/a/([\w-]{43})\n`)

// way is the link of the newest letter to the address.
func (r *room) way(t testing.TB, to string) Way {
	t.Helper()
	for _, l := range r.letters(t, to) {
		if m := address.FindStringSubmatch(l.Text); m != nil {
			return Way{Token: m[1]}
		}
	}
	t.Fatalf("no letter with a link went to %s", to)
	return Way{}
}

func say(provision string, s voice.Stance, text string, rev int) Given {
	return Given{Provision: provision, Said: Said{Stance: s, Text: text}, Rev: rev}
}

// numbers writes the counters: asked/opened/answered/declined/comments/unread.
func numbers(c Consultation) string {
	return fmt.Sprint(c.Invited, "/", c.Opened, "/", c.Answered, "/", c.Declined, "/", c.Comments, "/", c.Unread)
}

// What is asked is copied in the order of the text, and can be rewritten until it
// is opened, by one editor at a time.
func TestDesk_Prepare(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.prepare(t)
		if c.Asked[0].Provision != "art_12__para_1" || !strings.Contains(c.Asked[0].Text, "najmanj tri leta") || c.Asked[1].Cite != "18. člen" {
			t.Errorf("asked %+v", c.Asked)
		}
		first, second := c, c
		first.Title = "Drugače"
		if _, err := r.Change(t.Context(), clerk, first); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Change(t.Context(), clerk, second); !fault.Is(err, fault.Conflict) {
			t.Errorf("a stale page overwrote a newer one: %v", err)
		}
		c = r.begin(t, c)
		if _, err := r.Change(t.Context(), clerk, c); !fault.Is(err, fault.Conflict) {
			t.Errorf("what was asked changed after it was asked: %v", err)
		}
		if c.Title != "Drugače" || c.State != Open {
			t.Errorf("got %s, %s", c.Title, c.State)
		}
	})
}

// Each member gets one letter, and the one without an address an invitation.
// A job that is run again writes to nobody twice.
func TestDesk_Open(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.begin(t, r.prepare(t))
		again := func(tx *store.Tx) error {
			_, err := r.Jobs.Add(t.Context(), tx, jobs.Job{Kind: inviteKind, Args: string(c.ID)})
			return err
		}
		if err := r.db.Write(t.Context(), again); err != nil {
			t.Fatal(err)
		}
		r.drain(t)

		if got := numbers(r.look(t, c.ID)); got != "3/0/0/0/0/0" {
			t.Errorf("counters %s", got)
		}
		if n := len(r.letters(t, "pia@pesto.si")) + len(r.letters(t, "ana@posta.si")); n != 2 {
			t.Errorf("%d letters to two", n)
		}
		l := r.letters(t, "ana@posta.si")[0]
		if !strings.Contains(l.Text, "Please answer by Tuesday, 24\u00a0November\u00a02026") || !strings.HasSuffix(l.Unsubscribe, "/decline") || strings.Contains(l.HTML, "<img") {
			t.Errorf("letter %q", l.Text)
		}
		list, err := r.Progress(t.Context(), clerk, ProgressQuery{Consultation: c.ID})
		if err != nil || len(list) != 3 || list[0].MemberName != "Čeh, Ana" || !list[2].Sent.IsZero() {
			t.Errorf("progress %+v, %v", list, err)
		}
		if _, err := r.Open(t.Context(), clerk, c.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("opened twice: %v", err)
		}
	})
}

// A job that dies between two batches is taken up where it stopped.
func TestDesk_Open_killed(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := open(t, db, crowd(250))
		c := r.prepare(t)
		if _, err := r.Open(t.Context(), clerk, c.ID); err != nil {
			t.Fatal(err)
		}
		// The process that died had written to the first hundred and some.
		list, err := r.Audience(t.Context(), clerk, Audience{})
		if err != nil {
			t.Fatal(err)
		}
		if err := r.inviteSome(t.Context(), auth.House, c.ID, list[:130]); err != nil {
			t.Fatal(err)
		}
		r.drain(t)
		all, err := r.Mail.Ledger(t.Context(), clerk, Subject(c.ID))
		if err != nil {
			t.Fatal(err)
		}
		to := map[string]int{}
		for _, l := range all {
			to[l.To]++
		}
		if c := r.look(t, c.ID); len(to) != 250 || len(all) != 250 || c.Invited != 250 {
			t.Errorf("%d letters to %d people; %d asked", len(all), len(to), c.Invited)
		}
	}, steps...)
}

// An answer is saved, sent, counted, changed and counted again; a letter says what
// was answered.
func TestDesk_Send(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		c := r.begin(t, r.prepare(t))
		way := r.way(t, "pia@pesto.si")

		// Saved, it is a draft: nobody counts or reads it.
		saved, err := r.Save(ctx, way, Saving{Page: "a", Given: []Given{say("art_12__para_1", voice.Support, "", 0), say("art_18", "", "premalo", 0)}})
		if err != nil || len(saved.Clashes) != 0 || saved.Answer.Given() != 1 || saved.Invitation.Stage != Answering {
			t.Fatalf("saved %+v, %v", saved, err)
		}
		if got := numbers(r.look(t, c.ID)); got != "3/1/0/0/0/0" {
			t.Errorf("counters after saving: %s", got)
		}
		// Words without a stance cannot be counted.
		if _, err := r.Send(ctx, way, Saving{Page: "a"}); fault.Of(err) == nil || fault.Of(err).Field != "stance:art_18" {
			t.Errorf("sent without a stance: %v", err)
		}
		// Sent, it counts once, however often it is sent.
		for range 2 {
			if _, err = r.Send(ctx, way, Saving{Page: "a", Public: true, Given: []Given{say("art_18", voice.Object, "premalo", 0)}}); err != nil {
				t.Fatal(err)
			}
		}
		c = r.look(t, c.ID)
		if got := numbers(c); got != "3/1/1/0/2/2" || c.Asked[1].Tally.Organisations[voice.Object] != 1 || c.Asked[0].Tally.Total() != 1 {
			t.Errorf("counters after sending: %s, %+v", got, c.Asked)
		}
		// Changed, the new stance counts at once; taken back, none does.
		if _, err := r.Save(ctx, way, Saving{Page: "a", Given: []Given{say("art_18", voice.Ask, "zakaj?", 0), say("art_12__para_1", "", "", 0)}}); err != nil {
			t.Fatal(err)
		}
		c = r.look(t, c.ID)
		if c.Comments != 1 || c.Asked[1].Tally.Of(voice.Object) != 0 || c.Asked[1].Tally.Of(voice.Ask) != 1 || c.Asked[0].Tally.Total() != 0 {
			t.Errorf("after changing: %s, %+v", numbers(c), c.Asked)
		}
		file, err := r.Cases.Case(ctx, clerk, c.Case)
		if err != nil || file.Comments != 1 {
			t.Errorf("the case counts %d, %v", file.Comments, err)
		}
		list, err := r.Comments(ctx, board, CommentQuery{Consultation: c.ID})
		if err != nil || len(list) != 1 || list[0].Text != "zakaj?" || list[0].MemberName != "Plesna zadruga Pesto" || list[0].Rev != 3 {
			t.Fatalf("comments %+v, %v", list, err)
		}
		old, err := r.History(ctx, clerk, list[0].ID)
		if err != nil || len(old) != 3 || old[1].Stance != voice.Object || old[2].Text != "premalo" {
			t.Errorf("history %+v, %v", old, err)
		}
		letters := r.letters(t, "pia@pesto.si")
		if len(letters) != 3 || letters[0].Kind != mail.Receipt || !strings.Contains(letters[0].Text, "Nasprotujem\npremalo") || !strings.Contains(letters[0].Text, way.Token) {
			t.Errorf("%d letters, %q", len(letters), letters[0].Text)
		}
	})
}

// The office, another device and a late page: whoever has not seen what stands
// does not overwrite it, and what they typed can be taken up again.
func TestDesk_Save_clash(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		c := r.begin(t, r.prepare(t))
		way := r.way(t, "pia@pesto.si")
		save := func(page string, given ...Given) Saved {
			t.Helper()
			s, err := r.Save(ctx, way, Saving{Page: page, Given: given})
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		save("phone", say("art_18", voice.Object, "prvo", 0))
		save("phone", say("art_18", voice.Object, "prvo, dlje", 0)) // its own saving is no clash
		s := save("desktop", say("art_18", voice.Ask, "drugo", 0), say("art_12__para_1", voice.Support, "", 0))
		if len(s.Clashes) != 1 || s.Clashes[0].Mine.Text != "drugo" || s.Comments["art_18"].Text != "prvo, dlje" || s.Comments["art_12__para_1"].Stance != voice.Support {
			t.Fatalf("clashes %+v, stands %+v", s.Clashes, s.Comments)
		}
		if again := save("desktop", say("art_18", voice.Ask, "drugo", 0)); again.Clashes[0].Rev != s.Clashes[0].Rev {
			t.Error("the same words went to the history twice")
		}
		if same := save("other", say("art_18", voice.Object, "prvo, dlje", 0)); len(same.Clashes) != 0 {
			t.Error("the same words are a clash")
		}
		used, err := r.Use(ctx, way, "art_18", s.Clashes[0].Rev)
		if err != nil || used.Comments["art_18"].Text != "drugo" {
			t.Errorf("used %+v, %v", used.Comments, err)
		}
		if late := save("phone", say("art_18", voice.Object, "tretje", 1)); len(late.Clashes) != 1 {
			t.Error("a page that saw neither overwrote both")
		}
		sent, err := r.Send(ctx, way, Saving{Page: "phone", Given: []Given{say("art_18", voice.Object, "četrto", 1)}})
		if err != nil || len(sent.Clashes) != 1 || sent.Invitation.Stage == Answered {
			t.Errorf("sent in spite of a clash: %+v, %v", sent.Invitation, err)
		}
		// The office types in what it heard, and meets the same rule.
		heard := Saving{Page: "office", Channel: Phone, Given: []Given{say("art_18", voice.Support, "po telefonu", 0)}}
		typed, err := r.TypeIn(ctx, clerk, used.Invitation.ID, heard)
		if err != nil || len(typed.Clashes) != 1 {
			t.Fatalf("typed %+v, %v", typed.Clashes, err)
		}
		heard.Given[0].Rev = typed.Comments["art_18"].Rev
		if typed, err = r.TypeIn(ctx, clerk, used.Invitation.ID, heard); err != nil || typed.Invitation.Stage != Answered {
			t.Fatalf("typed %+v, %v", typed.Invitation, err)
		}
		if h := typed.Comments["art_18"]; h.Via != ByOffice || h.Channel != Phone || h.TypedIs != "Neža" {
			t.Errorf("marked as %+v", h)
		}
		if got := numbers(r.look(t, c.ID)); got != "3/1/1/0/1/1" {
			t.Errorf("counters %s", got)
		}
	})
}

// Of eight who answer with one link at the same time, each finds their words in
// the history, and one version stands.
func TestDesk_Save_atOnce(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		c := r.begin(t, r.prepare(t))
		way := r.way(t, "pia@pesto.si")
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				text := fmt.Sprint("besedilo ", i)
				in := Saving{Page: fmt.Sprint(i), Given: []Given{say("art_18", voice.Object, text, 0), say("art_12__para_1", voice.Ask, text, 0)}}
				if _, err := r.Save(ctx, way, in); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		sent, err := r.Send(ctx, way, Saving{})
		if err != nil {
			t.Fatal(err)
		}
		list, err := r.Comments(ctx, clerk, CommentQuery{Consultation: c.ID})
		if err != nil || len(list) != 2 || len(sent.Comments) != 2 {
			t.Fatalf("%d comments stand, %v", len(list), err)
		}
		for _, one := range list {
			old, err := r.History(ctx, clerk, one.ID)
			if err != nil {
				t.Fatal(err)
			}
			texts, kept := map[string]bool{}, 0
			for _, v := range old {
				texts[v.Text] = true
				if v.Kept {
					kept++
				}
			}
			if len(old) != 8 || len(texts) != 8 || kept != 1 {
				t.Errorf("%s: %d versions, %d texts, %d stood", one.Provision, len(old), len(texts), kept)
			}
		}
		if got := numbers(r.look(t, c.ID)); got != "3/1/1/0/2/1" {
			t.Errorf("counters %s", got)
		}
	})
}

// What the office types in counts; what the member has only saved does not, is not
// shown to the office, and is not wiped out by it.
func TestDesk_TypeIn_draft(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		c := r.begin(t, r.prepare(t))
		way := r.way(t, "pia@pesto.si")
		saved, err := r.Save(ctx, way, Saving{Page: "a", Given: []Given{say("art_12__para_1", voice.Support, "še premišljujem", 0), say("art_18", "", "brez izbire", 0)}})
		if err != nil {
			t.Fatal(err)
		}
		id := saved.Invitation.ID
		sheet, err := r.Sheet(ctx, clerk, id)
		if err != nil || sheet.Comments["art_12__para_1"].Text != "" {
			t.Fatalf("the office reads a draft: %+v, %v", sheet.Comments, err)
		}
		heard := Saving{Page: "b", Channel: Meeting, Given: []Given{
			{Provision: "art_12__para_1", Rev: sheet.Comments["art_12__para_1"].Rev}, say("art_18", voice.Object, "rekla je ne", sheet.Comments["art_18"].Rev)}}
		if typed, err := r.TypeIn(ctx, clerk, id, heard); err != nil || len(typed.Clashes) != 0 {
			t.Fatalf("%+v, %v", typed.Clashes, err)
		}
		if got := numbers(r.look(t, c.ID)); got != "3/1/1/0/1/1" {
			t.Errorf("counters %s", got)
		}
		mine, err := r.Answer(ctx, way)
		if err != nil || mine.Comments["art_12__para_1"].Text != "še premišljujem" || mine.Comments["art_18"].Text != "rekla je ne" {
			t.Errorf("the member finds %+v, %v", mine.Comments, err)
		}
		// What the member saves from now on counts at once, with the draft.
		if _, err := r.Save(ctx, way, Saving{Page: "c"}); err != nil {
			t.Fatal(err)
		}
		if got := numbers(r.look(t, c.ID)); got != "3/1/1/0/2/1" {
			t.Errorf("counters %s", got)
		}
		if _, err := r.TypeIn(ctx, clerk, id, Saving{Channel: Meeting}); !fault.Is(err, fault.Invalid) {
			t.Errorf("typed in nothing: %v", err)
		}
	})
}
