package bodies

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/country/si"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	clerk  = auth.Actor{User: "u1", Name: "Neža Škrbec", Email: "neza@mnk.example", Roles: auth.Office}
	member = auth.Actor{User: "u2", Name: "Taja Benko", Email: "taja@benko.example", Roles: auth.Member}
	other  = auth.Actor{User: "u3", Name: "Vid Arh", Email: "vid@arh.example", Roles: auth.Member}
	now    = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	today  = civil.On(2026, 11, 22)
)

// A room is the desk over a register, with the list of today as it was last told.
type room struct {
	*Desk
	t    *testing.T
	ctx  context.Context
	dues map[string]pending.Due
}

func each(t *testing.T, f func(t *testing.T, r *room)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(t, open(t, db)) }, audit.Steps(), search.Steps(), members.Steps(), Steps())
}

func open(t *testing.T, db *store.DB) *room {
	t.Helper()
	db.At(func() time.Time { return now })
	pack, err := si.Pack()
	if err != nil {
		t.Fatal(err)
	}
	files, err := blob.NewDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	r := &room{t: t, ctx: t.Context(), dues: map[string]pending.Due{}}
	r.Desk = New(db, Others{
		Members: members.New(db), Country: pack, Files: files, Search: search.New(db), Lang: "sl", Zone: time.UTC,
		Pending: pending.Into(r.dues),
	})
	return r
}

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func second[T any](_ T, err error) error { return err }

func key(err error) string {
	if f := fault.Of(err); f != nil {
		return f.Key
	}
	return fmt.Sprint(err)
}

func (r *room) body(k Kind, prefix string) Body {
	r.t.Helper()
	return must(r.AddBody(r.ctx, clerk, Body{Kind: k, Name: "Organ " + prefix, Prefix: prefix, Of: "Ministrstvo za kulturo", Rule: Law(k)}))(r.t)
}

func (r *room) seat(b Body, name, email string, from civil.Date) Seat {
	r.t.Helper()
	return must(r.PutSeat(r.ctx, clerk, Seat{Body: b.ID, Name: name, Email: email, Votes: true, Term: civil.Span{From: from}, By: "Občni zbor"}))(r.t)
}

// The rule of the law: more than half of all, and a majority of those present.
func TestLaw(t *testing.T) {
	r := Law(Assembly)
	for all, want := range map[int]int{0: 1, 1: 1, 2: 2, 7: 4, 8: 5, 93: 47, 412: 207} {
		if got := r.Needs(all, false); got != want {
			t.Errorf("of %d it needs %d, want %d", all, got, want)
		}
	}
	for _, tt := range []struct {
		c    Count
		want bool
	}{
		{Count{All: 9, Present: 6, For: 4, Against: 2}, true},
		{Count{All: 9, Present: 6, For: 3, Against: 2, Abstained: 1}, false}, // who abstains is present
		{Count{All: 9, Present: 6, For: 3, Against: 3}, false},
		{Count{All: 9, Present: 6}, false},
	} {
		if got, needed, err := Judge(r.Majority, tt.c, ""); got != tt.want || needed != 4 || err != nil {
			t.Errorf("%+v carries: %t, needs %d, %v", tt.c, got, needed, err)
		}
	}
	if n := r.Demand.Needs(93); n != 19 {
		t.Errorf("a fifth of 93 is %d", n)
	}
}

// A statute may ask for less at the second call, and let the chair decide a tie.
func TestRule_statute(t *testing.T) {
	r := Law(Board)
	r.Quorum.Second = &tally.Presence{Share: tally.Share{Num: 1, Den: 4}, Least: 3}
	for all, want := range map[int]int{4: 3, 40: 10, 41: 11} {
		if got := r.Needs(all, true); got != want {
			t.Errorf("at the second call of %d it needs %d, want %d", all, got, want)
		}
	}
	r.Majority = tally.Majority{Share: tally.Half, Of: tally.Cast, OnTie: tally.Chair}
	tie := Count{All: 5, Present: 4, For: 2, Against: 2}
	if _, _, err := Judge(r.Majority, tie, ""); key(err) != "bodies.count.chair" {
		t.Errorf("a tie without the chair: %v", err)
	}
	for chair, want := range map[Choice]bool{For: true, Against: false} {
		if yes, _, err := Judge(r.Majority, tie, chair); yes != want || err != nil {
			t.Errorf("the chair is %s: %t, %v", chair, yes, err)
		}
	}
}

// A body that cannot be is refused, field by field.
func TestBody_Check(t *testing.T) {
	good := Body{Kind: Board, Name: "Upravni odbor", Prefix: "UO", Rule: Law(Board)}
	for _, tt := range []struct {
		name, field string
		change      func(*Body)
	}{
		{"good", "", func(*Body) {}},
		{"no name", "name", func(b *Body) { b.Name = "" }},
		{"of nobody", "of", func(b *Body) { b.Kind = Outside }},
		{"no sign", "prefix", func(b *Body) { b.Prefix = "" }},
		{"a sign with a stroke", "prefix", func(b *Body) { b.Prefix = "U/O" }},
		{"no rule", "majority", func(b *Body) { b.Rule.Majority = tally.Majority{} }},
		{"no article", "cite", func(b *Body) { b.Rule.Cite = "" }},
		{"more than all", "quorum", func(b *Body) { b.Rule.Quorum.First.Share = tally.Share{Num: 3, Den: 2} }},
		{"more than the whole", "quorum", func(b *Body) { b.Rule.Quorum.First.Share = tally.Share{Num: 1, Den: 1, More: true} }},
	} {
		b := good
		tt.change(&b)
		field := ""
		if f := fault.Of(b.Check()); f != nil {
			field = f.Field
		}
		if field != tt.field {
			t.Errorf("%s: the fault is of %q, want %q", tt.name, field, tt.field)
		}
	}
}

// Who sat where can be told of any day; a mandate is as long as the statute has it,
// and its end is spoken of a month before.
func TestDesk_seats(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		b := must(r.AddBody(r.ctx, clerk, Body{Kind: Board, Name: "Upravni odbor", Prefix: "uo", Places: 3, Months: 36, Rule: Law(Board)}))(t)
		if b.Prefix != "UO" {
			t.Errorf("its sign is %q", b.Prefix)
		}
		ivo := r.seat(b, "Ivo Tratar", "ivo@mnk.example", civil.On(2024, 1, 10))
		ana := r.seat(b, "Ana Dren", "Ana@Pesto.example", civil.On(2024, 1, 10))
		if ivo.Term.Until != civil.On(2027, 1, 10) || ana.Email != "ana@pesto.example" {
			t.Errorf("%+v, %+v", ivo, ana)
		}
		if _, err := r.EndSeat(r.ctx, clerk, ana.ID, civil.On(2026, 6, 30), Resigned); err != nil {
			t.Fatal(err)
		}
		for on, want := range map[civil.Date]int{civil.On(2024, 1, 9): 0, civil.On(2024, 1, 10): 2, civil.On(2026, 6, 30): 2, civil.On(2026, 7, 1): 1, civil.On(2027, 1, 10): 0} {
			if got := must(r.Seats(r.ctx, clerk, b.ID, on))(t); len(got) != want {
				t.Errorf("on %s there sit %d, want %d", on, len(got), want)
			}
		}
		all := must(r.Bodies(r.ctx, member, civil.On(2026, 12, 15), false))(t)
		if o := all[0]; o.Vacant != 2 || len(o.Soon) != 1 || o.Soon[0].Email != "" {
			t.Errorf("a member sees %+v", o)
		}
		if due := r.dues["bodies/"+string(b.ID)+"/term"]; due.On != civil.On(2026, 12, 10) || due.Kind != "dues.bodies.term" {
			t.Errorf("the end of the mandates is due %+v", due)
		}
		if due := r.dues["bodies/"+string(b.ID)+"/vacant"]; fmt.Sprint(due.Args) != "[body Upravni odbor n 2]" {
			t.Errorf("vacant places are due %+v", due)
		}
		if _, err := r.EndSeat(r.ctx, clerk, ana.ID, today, Recalled); key(err) != "bodies.seat.ended" {
			t.Errorf("ended twice: %v", err)
		}
		if _, err := r.Seats(r.ctx, member, b.ID, today); !fault.Is(err, fault.Denied) {
			t.Errorf("a member reads addresses: %v", err)
		}
		if _, err := r.AddBody(r.ctx, clerk, Body{Kind: Supervisory, Name: "Nadzorni odbor", Prefix: "UO", Rule: Law(Supervisory)}); key(err) != "bodies.prefix.taken" {
			t.Errorf("two bodies number alike: %v", err)
		}
	})
}

// A mandate ends before the day of the number on which it began, or with the month that has none.
func TestDesk_PutSeat_monthEnds(t *testing.T) {
	for _, tt := range []struct {
		months     int
		from, last civil.Date
	}{
		{1, civil.On(2026, 1, 31), civil.On(2026, 2, 28)},
		{1, civil.On(2026, 1, 29), civil.On(2026, 2, 28)},
		{1, civil.On(2028, 1, 31), civil.On(2028, 2, 29)},
		{48, civil.On(2024, 2, 29), civil.On(2028, 2, 28)},
		{12, civil.On(2024, 2, 29), civil.On(2025, 2, 28)},
		{1, civil.On(2026, 1, 28), civil.On(2026, 2, 27)},
		{1, civil.On(2026, 3, 1), civil.On(2026, 3, 31)},
		{24, civil.On(2024, 12, 1), civil.On(2026, 11, 30)},
	} {
		if got := (Body{Months: tt.months}).until(tt.from).AddDays(-1); got != tt.last {
			t.Errorf("%d months from %s end on %s, want %s", tt.months, tt.from, got, tt.last)
		}
	}
}

// One person has one vote in a body, whoever writes their seat twice.
func TestDesk_PutSeat_twice(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		b := r.body(Board, "UO")
		m := must(r.Members.Add(r.ctx, clerk, members.Member{Kind: members.Person, Name: "Ana Dren", Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}}))(t)
		first := Seat{Body: b.ID, Member: m.ID, Votes: true, Term: civil.Span{From: civil.On(2022, 6, 1), Until: civil.On(2026, 6, 1)}}
		kept := must(r.PutSeat(r.ctx, clerk, first))(t)
		second := first
		second.Term = civil.Span{From: civil.On(2026, 5, 31), Until: civil.On(2030, 6, 1)}
		if _, err := r.PutSeat(r.ctx, clerk, second); key(err) != "bodies.seat.twice" {
			t.Errorf("two mandates on one day: %v", err)
		}
		second.Term.From = civil.On(2026, 6, 1)
		next := must(r.PutSeat(r.ctx, clerk, second))(t)
		if kept.Term.Until = civil.On(2026, 6, 2); key(func() error { _, err := r.PutSeat(r.ctx, clerk, kept); return err }()) != "bodies.seat.twice" {
			t.Error("the first mandate reaches into the second")
		}
		next.Note = "ponovno izvoljena"
		must(r.PutSeat(r.ctx, clerk, next))(t)
		other := first
		other.For = "Društvo Prelom"
		must(r.PutSeat(r.ctx, clerk, other))(t) // for whom they have another vote
		other.Votes, other.For, other.Office = false, "", Secretary
		must(r.PutSeat(r.ctx, clerk, other))(t)
	})
}

// When a minister goes, the seats that fall with them end, in all bodies.
func TestDesk_Lapse(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for _, name := range []string{"DSNVO", "DSSK"} {
			b := r.body(Outside, name)
			s := Seat{Body: b.ID, Name: "Ana Dren", How: Appointed, By: "ministrica", Act: "024-8/2023", Falls: "Asta Vrečko", Term: civil.Span{From: civil.On(2023, 1, 23)}}
			must(r.PutSeat(r.ctx, clerk, s))(t)
			s.Name, s.Falls = "Ivo Tratar", ""
			must(r.PutSeat(r.ctx, clerk, s))(t)
		}
		if n := must(r.Lapse(r.ctx, clerk, "Asta Vrečko", today))(t); n != 2 {
			t.Errorf("%d seats fell", n)
		}
		if got := must(r.Seats(r.ctx, clerk, "", today.AddDays(1)))(t); len(got) != 2 || got[0].Name != "Ivo Tratar" {
			t.Errorf("there still sit %+v", got)
		}
		if _, err := r.Lapse(r.ctx, clerk, "Asta Vrečko", today); key(err) != "bodies.falls.nobody" {
			t.Errorf("again: %v", err)
		}
	})
}

// The papers of a working group are for who sits in it and the office; a file is
// what its name says.
func TestDesk_Space(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		g := r.body(Group, "DSP")
		r.seat(g, "Taja Benko", member.Email, today.AddDays(-10))
		p, err := r.AddPaper(r.ctx, member, Paper{Body: g.ID, Name: `C:\gradivo\osnutek.pdf`}, strings.NewReader("%PDF-1.7 osnutek"))
		if err != nil || p.Name != "osnutek.pdf" || p.MIME != "application/pdf" {
			t.Fatalf("%+v, %v", p, err)
		}
		if err := r.AddNote(r.ctx, member, g.ID, "Dobimo se v torek."); err != nil {
			t.Fatal(err)
		}
		for _, who := range []auth.Actor{member, clerk} {
			s := must(r.Space(r.ctx, who, g.ID, ""))(t)
			_, f, err := r.OpenPaper(r.ctx, who, p.ID)
			if err != nil || len(s.Papers) != 1 || len(s.Notes) != 1 || s.Notes[0].ByIs != member.Name {
				t.Fatalf("%s reads %+v, %v", who.Name, s, err)
			}
			whole, err := io.ReadAll(f)
			f.Close()
			if string(whole) != "%PDF-1.7 osnutek" || err != nil {
				t.Errorf("the file says %q, %v", whole, err)
			}
		}
		if _, err := r.Space(r.ctx, other, g.ID, ""); key(err) != "bodies.inside" {
			t.Errorf("another member: %v", err)
		}
		if _, _, err := r.OpenPaper(r.ctx, other, p.ID); key(err) != "bodies.inside" {
			t.Errorf("another member opens a file: %v", err)
		}
		for name, want := range map[string]string{"a.exe": "bodies.paper.kind", "a.pdf": "bodies.paper.other", "a": "bodies.paper.kind", "": "bodies.paper.empty"} {
			if _, err := r.AddPaper(r.ctx, clerk, Paper{Body: g.ID, Name: name}, strings.NewReader("<html>")); key(err) != want {
				t.Errorf("%q: %v, want %s", name, err, want)
			}
		}
		if _, err := r.AddPaper(r.ctx, clerk, Paper{Body: g.ID, Name: "a.txt"}, io.MultiReader(strings.NewReader("a"), bytes.NewReader(bytes.Repeat([]byte("b"), MaxPaper)))); !fault.Is(err, fault.TooBig) {
			t.Errorf("a file that is too big: %v", err)
		}
		if _, err := r.DropPaper(r.ctx, other, p.ID); !fault.Is(err, fault.Denied) {
			t.Errorf("another member takes a file away: %v", err)
		}
	})
}

// The register is found by words, body, year and force, by who may read it.
func TestDesk_Decisions(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		b := r.body(Board, "UO")
		for i, one := range []Decision{
			{Number: "UO-1/2024-1", Title: "Stališče do ZUJIK", Text: "Upravni odbor podpira stališče.", On: civil.On(2024, 3, 1), Open: ToEverybody, Case: "2024/003"},
			{Number: "UO-9/2025-2", Title: "Plača strokovne vodje", Text: "Znesek je v prilogi.", On: civil.On(2025, 9, 9), Open: ToBody},
			{Number: "UO-3/2026-1", Title: "Najem prostora", Text: "Pisarna najame prostor, 100 % plačano vnaprej.", On: civil.On(2026, 5, 5), Open: ToMembers, Task: Task{OwnerIs: "Neža Škrbec", Due: civil.On(2026, 12, 1)}},
		} {
			one.Body, one.Force = b.ID, InForce
			must(r.AddDecision(r.ctx, clerk, one))(t)
			if _, err := r.AddDecision(r.ctx, clerk, one); key(err) != "bodies.decision.taken" {
				t.Errorf("%d again: %v", i, err)
			}
		}
		numbers := func(by auth.Actor, q DecisionQuery) string {
			var list []string
			for _, d := range must(r.Decisions(r.ctx, by, q))(t) {
				list = append(list, d.Number)
			}
			return strings.Join(list, " ")
		}
		for _, tt := range []struct {
			by   auth.Actor
			q    DecisionQuery
			want string
		}{
			{clerk, DecisionQuery{}, "UO-3/2026-1 UO-9/2025-2 UO-1/2024-1"},
			{member, DecisionQuery{}, "UO-3/2026-1 UO-1/2024-1"},
			{auth.Actor{}, DecisionQuery{}, "UO-1/2024-1"},
			{clerk, DecisionQuery{Text: "stalisce zujik"}, "UO-1/2024-1"},
			{clerk, DecisionQuery{Text: "100 %"}, "UO-3/2026-1"},
			{clerk, DecisionQuery{Text: "%"}, "UO-3/2026-1"},
			{clerk, DecisionQuery{Year: 2025}, "UO-9/2025-2"},
			{clerk, DecisionQuery{Task: Waiting}, "UO-3/2026-1"},
			{clerk, DecisionQuery{Limit: 1}, "UO-3/2026-1"},
			{clerk, DecisionQuery{Force: Repealed}, ""},
			{clerk, DecisionQuery{Body: "x"}, ""},
		} {
			if got := numbers(tt.by, tt.q); got != tt.want {
				t.Errorf("%s asks %+v: %q, want %q", tt.by.Name, tt.q, got, tt.want)
			}
		}
		page := must(r.Decisions(r.ctx, clerk, DecisionQuery{Limit: 2}))(t)
		if got := numbers(clerk, DecisionQuery{Before: page[1].ID}); got != "UO-1/2024-1" {
			t.Errorf("the next page is %q", got)
		}
		if for3 := must(r.DecisionsFor(r.ctx, clerk, "2024-003"))(t); len(for3) != 1 || for3[0].Number != "UO-1/2024-1" {
			t.Errorf("the mandates are %+v", for3)
		}
		task := page[0]
		if due := r.dues["bodies/"+string(task.ID)+"/task"]; due.On != civil.On(2026, 12, 1) || due.OwnerIs != "Neža Škrbec" {
			t.Errorf("the task is due %+v", due)
		}
		task.Text, task.Task.Done = "Nekaj drugega.", today
		done := must(r.SaveDecision(r.ctx, clerk, task))(t)
		if done.Force != Done || !strings.HasPrefix(done.Text, "Pisarna") || len(r.dues) != 0 {
			t.Errorf("carried out: %+v, %v", done, r.dues)
		}
		if _, err := r.SaveDecision(r.ctx, clerk, task); key(err) != "bodies.changed" {
			t.Errorf("an old revision: %v", err)
		}
		old := must(r.Decisions(r.ctx, clerk, DecisionQuery{Year: 2024}))(t)[0]
		old.Force = Repealed
		if _, err := r.SaveDecision(r.ctx, clerk, old); key(err) != "bodies.decision.by" {
			t.Errorf("repealed by nothing: %v", err)
		}
		old.By = done.Number
		if old = must(r.SaveDecision(r.ctx, clerk, old))(t); old.ByID != done.ID {
			t.Errorf("repealed by %+v", old)
		}
		if stand := must(r.DecisionsFor(r.ctx, clerk, "2024-003"))(t); len(stand) != 0 {
			t.Errorf("a repealed decision is a mandate: %+v", stand)
		}
	})
}

// A fifth of members may demand an assembly; how many that is comes from the
// register of the day.
func TestDesk_Demand(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		var ids []members.ID
		for i := range 11 {
			m := members.Member{Kind: members.Person, Name: fmt.Sprintf("Oseba %02d", i), Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}}
			ids = append(ids, must(r.Members.Add(r.ctx, clerk, m))(t).ID)
		}
		late := must(r.Members.Add(r.ctx, clerk, members.Member{Kind: members.Person, Name: "Poznejša", Standing: members.Applied}))(t)
		oz := r.body(Assembly, "OZ")
		d := must(r.AddDemand(r.ctx, clerk, Demand{Body: oz.ID, Wants: "Razprava o članarini.", On: today.AddDays(-5), Days: 30}))(t)
		if d.All != 11 || d.Needed != 3 {
			t.Fatalf("it needs %d of %d", d.Needed, d.All)
		}
		for i, id := range ids[:3] {
			d = must(r.Sign(r.ctx, clerk, d.ID, id, today.AddDays(-3+i)))(t)
		}
		if d.Reached != today.AddDays(-1) || r.dues["bodies/"+string(d.ID)+"/demand"].On != today.AddDays(29) {
			t.Errorf("%+v, %v", d, r.dues)
		}
		for want, sign := range map[string]members.ID{"bodies.demand.twice": ids[0], "bodies.demand.member": late.ID} {
			if _, err := r.Sign(r.ctx, clerk, d.ID, sign, today); key(err) != want {
				t.Errorf("%v, want %s", err, want)
			}
		}
		twin := must(r.Members.Add(r.ctx, clerk, members.Member{Kind: members.Person, Name: "Oseba 0", Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}}))(t)
		into := must(r.Members.Member(r.ctx, clerk, ids[0]))(t)
		if err := r.db.Write(r.ctx, func(tx *store.Tx) error { return second(r.Members.UniteIn(r.ctx, tx, clerk, into, twin, false)) }); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Sign(r.ctx, clerk, d.ID, twin.ID, today); key(err) != "bodies.demand.twice" {
			t.Errorf("under the number of an entry that was merged: %v", err)
		}
		if _, err := r.AddDemand(r.ctx, clerk, Demand{Body: r.body(Board, "UO").ID, Wants: "x", On: today}); key(err) != "bodies.demand.assembly" {
			t.Errorf("of a board: %v", err)
		}
	})
}

// What is kept about a member is told, moved and erased; seats and counts stay.
func TestDesk_Holder(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		add := func(name string) members.ID {
			return must(r.Members.Add(r.ctx, clerk, members.Member{Kind: members.Person, Name: name, Email: strings.ToLower(name) + "@posta.example", Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}}))(t).ID
		}
		one, two := add("Ena"), add("Dva")
		b := r.body(Board, "UO")
		s := must(r.PutSeat(r.ctx, clerk, Seat{Body: b.ID, Member: one, Votes: true, Term: civil.Span{From: civil.On(2026, 1, 1)}}))(t)
		if s.Name != "Ena" || s.Email != "ena@posta.example" {
			t.Errorf("the register says %+v", s)
		}
		h := r.Holder()
		deed := func(f func(tx *store.Tx) error) {
			t.Helper()
			if err := r.db.Write(r.ctx, f); err != nil {
				t.Fatal(err)
			}
		}
		held := func(id members.ID) (is bool, told any) {
			deed(func(tx *store.Tx) (err error) {
				if is, err = h.Holds(r.ctx, tx, id); err == nil {
					told, err = h.Tell(r.ctx, tx, id)
				}
				return err
			})
			return is, told
		}
		if is, told := held(two); is || told != nil {
			t.Errorf("of nobody: %t, %v", is, told)
		}
		deed(func(tx *store.Tx) error { return h.Merge(r.ctx, tx, one, two) })
		if is, told := held(two); !is || len(told.(Held).Seats) != 1 {
			t.Errorf("of the other: %t, %v", is, told)
		}
		deed(func(tx *store.Tx) error { return h.Erase(r.ctx, tx, two) })
		if got := must(r.Seats(r.ctx, clerk, b.ID, today))(t); len(got) != 1 || got[0].Name != erased || got[0].Email != "" {
			t.Errorf("after erasure there sits %+v", got)
		}
	})
}
