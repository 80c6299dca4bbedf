package own

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	office = auth.Actor{User: "u1", Name: "Neža Škrbec", Email: "neza@mnk.example", Roles: auth.Office}
	taja   = auth.Actor{User: "u2", Name: "Taja Benko", Email: "taja@benko.example", Roles: auth.Member}
	tine   = auth.Actor{User: "u3", Name: "Tine Bor", Email: "tine@prelom.example", Roles: auth.Member}
	today  = civil.On(2026, 11, 22)
)

// A room is the desk with two members: Taja, and Zavod Prelom for whom Tine acts.
type room struct {
	*Desk
	t            *testing.T
	now          time.Time
	person, inst members.Member
	erased       []Erasure
	pending      map[string]pending.Due
}

func each(t *testing.T, f func(t *testing.T, r *room)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := &room{t: t, now: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC), pending: map[string]pending.Due{}}
		db.At(func() time.Time { return r.now })
		words, err := i18n.Load(Words(), admission.Words())
		r.must(err)
		files, err := blob.NewDisk(t.TempDir())
		r.must(err)
		work := jobs.New(db, nil)
		post, err := mail.New(db, work, mail.SMTP{})
		r.must(err)
		register := members.New(db)
		register.Search = search.New(db)
		desk := admission.New(db, admission.House{Name: "Mreža", URL: "https://mnk.example", Zone: time.UTC, In: words.In}, admission.Others{Members: register, Jobs: work, Mail: post})
		register.Join(desk.Holder())
		people := accounts.New(db, func(context.Context, *store.Tx, accounts.Link) error { return nil }, false)
		r.Desk = New(db, House{Name: "Mreža", URL: "https://mnk.example", Zone: time.UTC, In: words.In, Office: func() string { return "pisarna@mnk.example" }},
			Others{
				Index: func(w io.Writer, v Index) error { _, err := io.WriteString(w, v.Title); return err }, Members: register, Admission: desk, Accounts: people, Jobs: work, Mail: post, Files: files, Pending: pending.Into(r.pending), NoteErased: func(e Erasure) { r.erased = append(r.erased, e) }})
		register.Join(r.Holder())
		r.person = r.add(members.Person, "Benko, Taja", "taja@benko.example", "041 555 666")
		r.inst = r.add(members.Organisation, "Zavod Prelom", "info@prelom.example", "04 222 111")
		_, err = register.AddAgent(t.Context(), office, members.Agent{Member: r.inst.ID, Name: "Tine Bor", Email: "tine@prelom.example", Since: today, Answers: true})
		r.must(err)
		f(t, r)
	}, audit.Steps(), jobs.Steps(), mail.Steps(), search.Steps(), accounts.Steps(), members.Steps(), admission.Steps(), Steps())
}

func (r *room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *room) add(kind members.Kind, name, email, phone string) members.Member {
	r.t.Helper()
	m, err := r.Members.Add(r.t.Context(), office, members.Member{Kind: kind, Name: name, Email: email, Phone: phone, Place: "Koper", Standing: members.Active, Term: civil.Span{From: civil.On(2019, 1, 1)}})
	r.must(err)
	return m
}

// letters are the texts of those to the address, the newest first.
func (r *room) letters(to string) (list []string) {
	r.t.Helper()
	all, err := r.Mail.Outbox(r.t.Context(), auth.House, mail.Query{})
	r.must(err)
	for _, e := range all {
		if e.To == to {
			e, err := r.Mail.Get(r.t.Context(), auth.House, e.ID)
			r.must(err)
			list = append(list, e.Text)
		}
	}
	return list
}

// One sees and changes only those for whom one acts.
func TestDesk_rights(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for _, who := range []auth.Actor{tine, office, {User: "x", Name: "X", Email: "x@example.org", Roles: auth.Member}} {
			for name, deed := range map[string]func() error{
				"see":   func() error { _, err := r.One(t.Context(), who, r.person.ID); return err },
				"save":  func() error { _, err := r.Save(t.Context(), who, r.person); return err },
				"agree": func() error { return r.Agree(t.Context(), who, r.person.ID, "photos", "Da.") },
				"wish": func() error {
					_, err := r.Wish(t.Context(), who, Wish{Member: r.person.ID, Kind: Name, Value: "X, Y"})
					return err
				},
				"leave":  func() error { return r.Leave(t.Context(), who, r.person.ID, today, "") },
				"export": func() error { _, err := r.Export(t.Context(), who, r.person.ID); return err },
			} {
				if err := deed(); !fault.Is(err, fault.Missing) {
					t.Errorf("%s may %s: %v", who.Name, name, err)
				}
			}
		}
		if _, err := r.Mine(t.Context(), auth.Actor{}); !fault.Is(err, fault.Denied) {
			t.Errorf("a stranger has pages of their own: %v", err)
		}
		if err := r.Erase(t.Context(), taja, r.person.ID); !fault.Is(err, fault.Denied) {
			t.Errorf("a member erases: %v", err)
		}
	})
}

// What is mine is changed at once; my name only by the office.
func TestDesk_Save(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		m := r.person
		m.Phone, m.Name, m.Standing, m.Note = "040 111 222", "Nekdo, Drug", members.Left, "x"
		got, err := r.Save(t.Context(), taja, m)
		if err != nil || got.Phone != "040 111 222" || got.Name != "Benko, Taja" || got.Standing != members.Active || got.Note != "" {
			t.Errorf("saved %+v, %v", got, err)
		}
		if _, err := r.Save(t.Context(), taja, m); !fault.Is(err, fault.Conflict) {
			t.Errorf("went over a change: %v", err)
		}
		w, err := r.Wish(t.Context(), taja, Wish{Member: m.ID, Kind: Email, Value: "taja@nova.example"})
		r.must(err)
		if n := len(r.letters("pisarna@mnk.example")); n != 1 {
			t.Errorf("%d letters told the office", n)
		}
		if due := r.pending["wishes/"+w.ID]; due.Kind != "dues.own.wish" || due.On != today.AddMonths(1) || len(due.Args) != 0 {
			t.Errorf("to be done is %+v", due)
		}
		r.must(r.Grant(t.Context(), office, w.ID))
		if len(r.pending) != 0 {
			t.Errorf("to be done is still %+v", r.pending)
		}
		if m, err := r.Members.Member(t.Context(), office, m.ID); err != nil || m.Email != "taja@nova.example" {
			t.Errorf("the address is %s, %v", m.Email, err)
		}
		if err := r.Grant(t.Context(), office, w.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("granted twice: %v", err)
		}
	})
}

// The last who answers for an organisation cannot take their own authority away.
func TestDesk_agents(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		mine, err := r.Mine(t.Context(), tine)
		if err != nil || len(mine) != 1 || len(mine[0].Agents) != 1 {
			t.Fatal(mine, err)
		}
		if err := r.EndAgent(t.Context(), tine, r.inst.ID, mine[0].Agents[0].ID, today); !fault.Is(err, fault.Conflict) {
			t.Errorf("the last agent went: %v", err)
		}
		if _, err := r.AddAgent(t.Context(), tine, members.Agent{Member: r.inst.ID, Name: "Eva Gaber", Email: "eva@prelom.example", Since: today, Answers: true}); err != nil {
			t.Fatal(err)
		}
		r.must(r.EndAgent(t.Context(), tine, r.inst.ID, mine[0].Agents[0].ID, today))
		if mine, err = r.Mine(t.Context(), tine); err != nil || len(mine) != 0 {
			t.Errorf("who acts no more sees %v, %v", mine, err)
		}
	})
}

// A consent is kept with its words and days, also when it is taken back.
func TestDesk_Agree(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.must(r.Agree(t.Context(), taja, r.person.ID, "photos", "Smejo me slikati."))
		if list, err := r.Agreed(t.Context(), office, "photos", "", 10); err != nil || len(list) != 1 {
			t.Errorf("agreed have %v, %v", list, err)
		}
		r.must(r.Agree(t.Context(), taja, r.person.ID, "photos", ""))
		m, err := r.One(t.Context(), taja, r.person.ID)
		if _, on := m.Holds("photos"); err != nil || on || len(m.Consents) != 1 || m.Consents[0].Text != "Smejo me slikati." || m.Consents[0].Ended.IsZero() {
			t.Errorf("consents are %+v, %v", m.Consents, err)
		}
	})
}

// A link shows, and the button confirms; who has not confirmed is a list.
func TestDesk_Confirm(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		if _, err := r.Ask(t.Context(), office, 2026); err != nil {
			t.Fatal(err)
		}
		r.must(r.Jobs.Drain(t.Context()))
		if _, err := r.Ask(t.Context(), office, 2026); !fault.Is(err, fault.Conflict) {
			t.Errorf("asked twice in a year: %v", err)
		}
		_, token, _ := strings.Cut(r.letters("taja@benko.example")[0], "/confirm/")
		token, _, _ = strings.Cut(token, "\n")
		for range 2 {
			if a, m, err := r.PeekConfirm(t.Context(), token); err != nil || !a.Confirmed.IsZero() || m.Name != "Benko, Taja" {
				t.Fatalf("peeked at %+v, %v", a, err)
			}
		}
		for range 2 {
			r.must(r.Confirm(t.Context(), token))
		}
		r.must(r.ConfirmOwn(t.Context(), tine, r.inst.ID))
		list, err := r.Campaigns(t.Context(), office)
		if err != nil || len(list) != 1 || list[0].Asked != 2 || list[0].Confirmed != 2 {
			t.Fatalf("campaigns are %+v, %v", list, err)
		}
		silent, err := r.AskedList(t.Context(), office, list[0].ID, false, "", 10)
		if err != nil || len(silent) != 0 {
			t.Errorf("silent are %v, %v", silent, err)
		}
		said, err := r.AskedList(t.Context(), office, list[0].ID, true, "", 1)
		if err != nil || len(said) != 1 {
			t.Fatal(said, err)
		}
		if next, err := r.AskedList(t.Context(), office, list[0].ID, true, said[0].Member, 1); err != nil || len(next) != 1 || next[0].Member == said[0].Member {
			t.Errorf("the next page is %v, %v", next, err)
		}
		if _, _, err := r.PeekConfirm(t.Context(), "x"); !fault.Is(err, fault.Missing) {
			t.Errorf("a made-up link: %v", err)
		}
	})
}

// The file of all that is held is there for whoever asked for it, for a week.
func TestDesk_Export(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.must(r.Agree(t.Context(), taja, r.person.ID, "photos", "Smejo me slikati."))
		e, err := r.Export(t.Context(), taja, r.person.ID)
		r.must(err)
		r.must(r.Jobs.Drain(t.Context()))
		f, err := r.OpenExport(t.Context(), taja, r.person.ID, e.ID)
		r.must(err)
		whole, err := io.ReadAll(f)
		r.must(err)
		f.Close()
		z, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
		r.must(err)
		var all strings.Builder
		for _, one := range z.File {
			in, err := one.Open()
			r.must(err)
			io.Copy(&all, in)
		}
		for _, want := range []string{"Benko, Taja", "041 555 666", "Smejo me slikati."} {
			if !strings.Contains(all.String(), want) {
				t.Errorf("the file lacks %q", want)
			}
		}
		other := taja
		other.User = "another account"
		if _, err := r.OpenExport(t.Context(), other, r.person.ID, e.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("another opens it: %v", err)
		}
		r.now = r.now.AddDate(0, 0, 8)
		r.must(r.dropExports(t.Context(), ""))
		if _, err := r.OpenExport(t.Context(), taja, r.person.ID, e.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("there after a week: %v", err)
		}
		if report, err := r.Files.Check(t.Context()); err != nil || report.Files != 0 {
			t.Errorf("%d files are left, %v", report.Files, err)
		}
	})
}

// Who leaves does so at once, and the office is told; erasing needs that first.
func TestDesk_leaveAndErase(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		if err := r.Leave(t.Context(), taja, r.person.ID, today.AddDays(-1), ""); !faultIn(err, "last") {
			t.Errorf("left in the past: %v", err)
		}
		if err := r.Erase(t.Context(), office, r.person.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("a member was erased: %v", err)
		}
		if _, err := r.Wish(t.Context(), taja, Wish{Member: r.person.ID, Kind: Erasing, Reason: "Taja Benko ne želi več."}); err != nil {
			t.Fatal(err)
		}
		r.must(r.Leave(t.Context(), taja, r.person.ID, today, "Selim se."))
		before, err := r.Members.Counts(t.Context())
		r.must(err)
		r.must(r.Erase(t.Context(), office, r.person.ID))
		if len(r.pending) != 0 {
			t.Errorf("to be done is still %+v", r.pending)
		}
		after, err := r.Members.Counts(t.Context())
		if err != nil || after.In("", members.Left) != before.In("", members.Left) {
			t.Errorf("counts are %v, were %v, %v", after, before, err)
		}
		list, err := r.Erasures(t.Context(), office, "", 10)
		if err != nil || len(list) != 1 || len(list[0].Traces) != 0 || len(r.erased) != 1 {
			t.Errorf("erasures are %+v, %v", list, err)
		}
		if err := r.Erase(t.Context(), office, r.person.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("erased twice: %v", err)
		}
		if err := r.Erase(t.Context(), office, r.inst.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("an organisation was erased: %v", err)
		}
	})
}

func faultIn(err error, field string) bool { f := fault.Of(err); return f != nil && f.Field == field }

// A restored house erases again who was erased since the backup, be they members there.
func TestDesk_Replay(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		list := []Erasure{{Member: r.person.ID, On: today.AddDays(-3), Reason: "request"}, {Member: "nobody", On: today, Reason: "request"}}
		for i, want := range []int{1, 0} {
			if n, err := r.Replay(t.Context(), list); err != nil || n != want {
				t.Fatalf("time %d: %d, %v", i, n, err)
			}
		}
		m, err := r.Members.Member(t.Context(), office, r.person.ID)
		if err != nil || m.Name != store.Erased || m.Standing != members.Left || m.Email != "" {
			t.Errorf("left is %+v, %v", m, err)
		}
	})
}

// What is older than its rule is shown before it goes, and goes only where the rule
// is switched on.
func TestDesk_retention(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.must(r.Leave(t.Context(), taja, r.person.ID, today, ""))
		r.now = r.now.AddDate(6, 0, 0)
		plans, err := r.Plans(t.Context(), office)
		if err != nil || plans[0].Kind != "former" || plans[0].N != 1 || plans[0].Items[0].Name != "Benko, Taja" || plans[0].Basis == "" {
			t.Fatalf("plans are %+v, %v", plans, err)
		}
		r.must(r.retain(t.Context(), jobs.Run{}))
		if m, _ := r.Members.Member(t.Context(), office, r.person.ID); m.Name == store.Erased {
			t.Error("erased though the rule is off")
		}
		if err := r.SetRules(t.Context(), office, []Rule{{Kind: "former", Years: 0}}); !faultIn(err, "years-former") {
			t.Errorf("no years: %v", err)
		}
		r.must(r.SetRules(t.Context(), office, []Rule{{Kind: "former", Years: 5, Basis: "346. člen OZ", Active: true}, {Kind: "letters", Years: 1, Active: true}}))
		r.must(r.retain(t.Context(), jobs.Run{}))
		if m, _ := r.Members.Member(t.Context(), office, r.person.ID); m.Name != store.Erased {
			t.Error("not erased by the rule")
		}
		if plans, err = r.Plans(t.Context(), office); err != nil || plans[0].N != 0 || plans[2].N != 0 {
			t.Errorf("plans are %+v, %v", plans, err)
		}
	})
}
