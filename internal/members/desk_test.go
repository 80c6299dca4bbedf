package members

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	clerk  = auth.Actor{User: "u1", Name: "Neža Škrbec", Email: "neza@mnk.example", Roles: auth.Office}
	member = auth.Actor{User: "u2", Name: "Taja Benko", Email: "Taja@Benko.example", Roles: auth.Member}
	may    = civil.On(2026, 5, 1)
)

// each runs f with an empty register on both databases.
func each(t *testing.T, f func(t *testing.T, d *Desk)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(t, New(db)) }, Steps(), audit.Steps(), jobs.Steps())
}

// add writes "o Bunker, Ljubljana, theatre, info@bunker.example" into the register:
// o or p for the kind, in capitals for an applicant; name, place, field, e-mail.
func add(t *testing.T, d *Desk, notation string) Member {
	t.Helper()
	m := parse(notation)
	m, err := d.Add(t.Context(), clerk, m)
	if err != nil {
		t.Fatalf("add %s: %v", notation, err)
	}
	return m
}

func parse(notation string) Member {
	kind, rest, _ := strings.Cut(notation, " ")
	parts := strings.Split(rest, ";")
	for len(parts) < 4 {
		parts = append(parts, "")
	}
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	m := Member{Kind: Organisation, Name: parts[0], Place: parts[1], Field: Field(parts[2]), Email: parts[3], Standing: Active, Term: civil.Span{From: may}}
	if strings.EqualFold(kind, "p") {
		m.Kind = Person
	}
	if kind == "O" || kind == "P" {
		m.Standing, m.Term = Applied, civil.Span{}
	}
	return m
}

func names(list []Member) string {
	var s []string
	for _, m := range list {
		s = append(s, m.Name)
	}
	return strings.Join(s, " | ")
}

func wantFault(t *testing.T, err error, key string) {
	t.Helper()
	if f := fault.Of(err); f == nil || f.Key != key {
		t.Errorf("the fault is %v, want %s", err, key)
	}
}

func TestMember_Check(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*Member)
		want   string
	}{
		{"as it should be", func(*Member) {}, ""},
		{"no name", func(m *Member) { m.Name = " \t" }, "members.name.empty"},
		{"a long name", func(m *Member) { m.Name = strings.Repeat("č", 301) }, "members.too_long"},
		{"no kind", func(m *Member) { m.Kind = "" }, "members.kind.unknown"},
		{"a field of ours only", func(m *Member) { m.Field = "cooking" }, "members.field.unknown"},
		{"a language not of the region", func(m *Member) { m.Lang = "tlh" }, "members.lang.unknown"},
		{"two addresses", func(m *Member) { m.Email = "a@b.si, c@d.si" }, "members.email.wrong"},
		{"an address with a name", func(m *Member) { m.Email = "A <a@b.si>" }, "members.email.wrong"},
		{"a member since never", func(m *Member) { m.Term = civil.Span{} }, "members.standing.term"},
		{"an applicant since May", func(m *Member) { m.Standing = Applied }, "members.standing.term"},
		{"left without an end", func(m *Member) { m.Standing = Left }, "members.standing.term"},
		{"left before coming", func(m *Member) { m.Standing, m.Term.Until = Left, may }, "members.leave.too_early"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := parse("p Benko, Taja; Koper; dance; taja@benko.example")
			tt.change(&m)
			err := m.Tidy().Check()
			if tt.want == "" && err != nil {
				t.Fatal(err)
			}
			if tt.want != "" {
				wantFault(t, err, tt.want)
			}
		})
	}
}

// Of many who end the same membership at once, one does.
func TestDesk_Leave_once(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		m := add(t, d, "o Bunker; Ljubljana")
		var done, refused atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				switch _, err := d.Leave(t.Context(), clerk, m.ID, may); {
				case err == nil:
					done.Add(1)
				case fault.Is(err, fault.Conflict):
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if done.Load() != 1 || refused.Load() != 7 {
			t.Errorf("%d left and %d were refused", done.Load(), refused.Load())
		}
		if c, err := d.Counts(t.Context()); err != nil || c.In(Organisation, Left) != 1 || c.In("", Active) != 0 {
			t.Errorf("the counters say %v, %v", c, err)
		}
	})
}

// Of two who change an entry at once the second is refused, and is given what the
// first wrote.
func TestDesk_Save_conflict(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		m := add(t, d, "o Bunker; Ljubljana; theatre; info@bunker.example")
		first, second := m, m
		first.Place, second.Note = "Maribor", "pokliči jeseni"
		if _, err := d.Save(t.Context(), clerk, first); err != nil {
			t.Fatal(err)
		}
		now, err := d.Save(t.Context(), clerk, second)
		wantFault(t, err, "members.save.changed")
		if now.Place != "Maribor" || now.Revision != 2 {
			t.Errorf("the second is given %+v", now)
		}
		second.Revision = now.Revision
		if now, err = d.Save(t.Context(), clerk, second); err != nil || now.Place != "Ljubljana" || now.Note != "pokliči jeseni" {
			t.Errorf("saved again: %+v, %v", now, err)
		}
		if now.Standing != Active || now.Term.From != may {
			t.Errorf("saving changed the standing: %+v", now)
		}
	})
}

func TestDesk_Add_email_once(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		add(t, d, "p Benko, Taja; Koper; dance; taja@benko.example")
		_, err := d.Add(t.Context(), clerk, parse("p Benko, T.; Koper; dance; TAJA@benko.example "))
		wantFault(t, err, "members.email.taken")
		add(t, d, "p Brez, Naslova")
		add(t, d, "p Brez, Drugega")
	})
}

// Members see who belongs, and neither who was expelled, left or was not taken in, nor
// what is noted ahead; the board sees that, without addresses.
func TestDesk_former(t *testing.T) {
	chair := auth.Actor{User: "u3", Name: "Ivo Tratar", Roles: auth.Board}
	each(t, func(t *testing.T, d *Desk) {
		left, out, no := add(t, d, "p Benko, Taja; Koper; dance; taja@benko.example"), add(t, d, "o Zavod Spor; Kranj"), add(t, d, "P Lun, Izak; Ptuj")
		for id, step := range map[ID]Step{left.ID: {Do: Leave, Day: may}, out.ID: {Do: Expel, Day: may, Reason: "sklep", Decision: "UO-1"}, no.ID: {Do: Reject, Day: may, Reason: "sklep", Decision: "UO-1"}} {
			if _, err := d.Take(t.Context(), clerk, id, step); err != nil {
				t.Fatal(step, err)
			}
			if m, err := d.Member(t.Context(), member, id); !fault.Is(err, fault.Missing) {
				t.Errorf("a member reads of %s: %+v, %v", step.Do, m, err)
			}
			if m, err := d.Member(t.Context(), chair, id); err != nil || m.Name == "" || m.Email != "" {
				t.Errorf("the board reads of %s: %+v, %v", step.Do, m, err)
			}
		}
		for _, s := range Standings() {
			list, err := d.List(t.Context(), member, Query{Filter: Filter{Standing: s}})
			if !s.Here() && !fault.Is(err, fault.Denied) {
				t.Errorf("a member lists who is %s: %v, %v", s, names(list), err)
			}
			if _, err := d.List(t.Context(), chair, Query{Filter: Filter{Standing: s}}); err != nil {
				t.Errorf("the board does not list who is %s: %v", s, err)
			}
		}
		going := add(t, d, "p Odhod, Oda; Ptuj")
		if _, err := d.Leave(t.Context(), clerk, going.ID, civil.Of(d.db.Now(), d.db.Now().Location()).AddDays(30)); err != nil {
			t.Fatal(err)
		}
		if m, err := d.Member(t.Context(), member, going.ID); err != nil || m.Ahead != (Turn{}) {
			t.Errorf("a member reads what is noted ahead: %+v, %v", m.Ahead, err)
		}
	})
}

func TestDesk_List(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		for _, m := range []string{
			"o Društvo Čeber; Celje; music; info@ceber.example", "o Zavod Šum; Ljubljana; theatre; pisarna@sum.example", "p Žagar, Urh; Ljubljana; film; urh@sum.example",
			"o Društvo Cedra; Celje; music", "P Horvat Lun, Izak; Murska Sobota; film", "p Đurić, Ana; Ptuj; dance; ana@d.example", "o Zavod 2. nadstropje; Kranj", "o Zavod 10. brat; Kranj",
		} {
			add(t, d, m)
		}
		gone := add(t, d, "o Zavod Bivši; Kranj")
		if _, err := d.Leave(t.Context(), clerk, gone.ID, may); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			by     auth.Actor
			filter Filter
			want   string
		}{
			{clerk, Filter{}, "Društvo Cedra | Društvo Čeber | Đurić, Ana | Horvat Lun, Izak | Zavod 2. nadstropje | Zavod 10. brat | Zavod Šum | Žagar, Urh"},
			{clerk, Filter{Kind: Person}, "Đurić, Ana | Horvat Lun, Izak | Žagar, Urh"},
			{clerk, Filter{Standing: Applied}, "Horvat Lun, Izak"},
			{clerk, Filter{Standing: Left}, "Zavod Bivši"},
			{clerk, Filter{Field: "music"}, "Društvo Cedra | Društvo Čeber"},
			{clerk, Filter{Silent: true, Kind: Organisation, Field: "theatre"}, "Zavod Šum"},
			{clerk, Filter{Text: "ceber"}, "Društvo Čeber"},
			{clerk, Filter{Text: "cel dru"}, "Društvo Cedra | Društvo Čeber"},
			{clerk, Filter{Text: "DJURIĆ"}, ""},
			{clerk, Filter{Text: "durić"}, "Đurić, Ana"},
			{clerk, Filter{Text: "zavod", Standing: Left}, "Zavod Bivši"},
			{clerk, Filter{Text: "z"}, "Zavod 2. nadstropje | Zavod 10. brat | Zavod Šum | Žagar, Urh"},
			{clerk, Filter{Text: "sum.example"}, "Zavod Šum | Žagar, Urh"},
			{clerk, Filter{Text: "sum"}, "Zavod Šum | Žagar, Urh"},
			{member, Filter{Text: "sum"}, "Zavod Šum"},
			{member, Filter{Text: "urh@sum.example"}, ""},
			{clerk, Filter{Text: "brat 10"}, "Zavod 10. brat"},
			{clerk, Filter{Text: "% _ ' \""}, ""},
			{clerk, Filter{Text: "no' OR 1=1 --"}, ""},
		} {
			list, err := d.List(t.Context(), tt.by, Query{Filter: tt.filter})
			if err != nil || names(list) != tt.want {
				t.Errorf("%s lists %+v: %s, %v; want %s", tt.by.Name, tt.filter, names(list), err, tt.want)
			}
			if paged := pages(t, d, tt.by, tt.filter); paged != tt.want {
				t.Errorf("in pages of two %+v is %s", tt.filter, paged)
			}
		}
	})
}

func pages(t *testing.T, d *Desk, by auth.Actor, f Filter) string {
	var all []Member
	q := Query{Filter: f, Limit: 2}
	for {
		list, err := d.List(t.Context(), by, q)
		if err != nil {
			t.Fatal(err)
		}
		if all = append(all, list...); len(list) < 2 {
			return names(all)
		}
		q.After = list[1].ID
	}
}

// What is private is private: members see who belongs, and not how to reach them.
func TestDesk_rights(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		m := parse("p Benko, Taja; Koper; dance; taja@benko.example")
		m.Phone, m.Note = "041 000 000", "dieta"
		m, err := d.Add(t.Context(), clerk, m)
		if err != nil {
			t.Fatal(err)
		}
		one, err := d.Member(t.Context(), member, m.ID)
		list, err2 := d.List(t.Context(), member, Query{})
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		for _, got := range append(list, one) {
			if got.Name == "" || got.Email+got.Phone+got.Note+got.Lang != "" {
				t.Errorf("a member sees %+v", got)
			}
		}
		nobody := auth.Actor{}
		for name, err := range map[string]error{
			"a passer-by lists":         err1(d.List(t.Context(), nobody, Query{})),
			"a passer-by reads":         err1(d.Member(t.Context(), nobody, m.ID)),
			"a member adds":             err1(d.Add(t.Context(), member, m)),
			"a member saves":            err1(d.Save(t.Context(), member, m)),
			"a member asks who answers": err1(d.Answerers(t.Context(), member, m.ID)),
			"a member sees agents":      err1(d.Agents(t.Context(), member, m.ID)),
			"a member sees the silent":  err1(d.List(t.Context(), member, Query{Filter: Filter{Silent: true}})),
			"a member reads history":    err1(d.History(t.Context(), member, m.ID, "")),
			"a member counts":           err1(d.Count(t.Context(), member, Filter{})),
			"a member reads more":       err1(d.MoreOf(t.Context(), member, m.ID)),
			"a member sees the tags":    err1(d.Tags(t.Context(), member)),
			"a member sees the numbers": err1(d.Registrations(t.Context(), member, m.ID)),
			"a member asks of a day":    err1(d.StandingOn(t.Context(), member, m.ID, may)),
		} {
			if !fault.Is(err, fault.Denied) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if c, err := d.Counts(t.Context()); err != nil || c.In(Person, Active) != 1 {
			t.Errorf("a passer-by counts %v, %v", c, err)
		}
		lines, err := d.History(t.Context(), clerk, m.ID, "")
		if err != nil || len(lines) != 1 || strings.Contains(fmt.Sprint(lines), "benko") || strings.Contains(fmt.Sprint(lines), "dieta") {
			t.Errorf("the book says %v, %v", lines, err)
		}
	})
}

func err1[T any](_ T, err error) error { return err }

func TestDesk_Answerers(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		org, person := add(t, d, "o Bunker; Ljubljana; theatre; info@bunker.example"), add(t, d, "p Benko, Taja; Koper; dance; taja@benko.example")
		silent := add(t, d, "o Atelje Kresnica; Maribor; visual; info@kresnica.example")
		say := func() string {
			list, err := d.Answerers(t.Context(), clerk, org.ID, person.ID, silent.ID, "nobody")
			if err != nil {
				t.Fatal(err)
			}
			var s []string
			for _, a := range list {
				s = append(s, a.MemberName+" by "+a.PersonName+" "+a.Email)
			}
			return strings.Join(s, "\n")
		}
		if got := say(); got != "Benko, Taja by Benko, Taja taja@benko.example" {
			t.Errorf("before anybody is authorised: %s", got)
		}
		vid, err := d.AddAgent(t.Context(), clerk, Agent{Member: org.ID, Name: "Vid Arh", Email: "VID@bunker.example", Since: may, Answers: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.AddAgent(t.Context(), clerk, Agent{Member: org.ID, Person: person.ID, Since: may.AddDays(1), Answers: true}); err != nil {
			t.Fatal(err)
		}
		if _, err := d.AddAgent(t.Context(), clerk, Agent{Member: org.ID, Name: "Računovodja", Since: may}); err != nil {
			t.Fatal(err)
		}
		_, err = d.AddAgent(t.Context(), clerk, Agent{Member: org.ID, Name: "Vid", Email: "vid@bunker.example", Since: may, Answers: true})
		wantFault(t, err, "members.agent.twice")
		_, err = d.AddAgent(t.Context(), clerk, Agent{Member: person.ID, Name: "Vid", Email: "v@x.example", Since: may, Answers: true})
		wantFault(t, err, "members.agent.of_person")
		// The person who is an agent changes her e-mail; Vid goes.
		person.Email = "taja@novo.example"
		if person, err = d.Save(t.Context(), clerk, person); err != nil {
			t.Fatal(err)
		}
		empty := person
		empty.Email = ""
		_, err = d.Save(t.Context(), clerk, empty)
		wantFault(t, err, "members.email.agent")
		both := "Benko, Taja by Benko, Taja taja@novo.example\nBunker by Vid Arh vid@bunker.example\nBunker by Benko, Taja taja@novo.example"
		if got := say(); got != both {
			t.Errorf("with two agents:\n%s", got)
		}
		if acts := actNames(t, d, auth.Actor{Email: "Taja@Novo.example"}); acts != "Benko, Taja | Bunker" {
			t.Errorf("Taja acts for %s", acts)
		}
		if _, err = d.EndAgent(t.Context(), clerk, vid.ID, may.AddDays(10)); err != nil {
			t.Fatal(err)
		}
		_, err = d.EndAgent(t.Context(), clerk, vid.ID, may.AddDays(10))
		wantFault(t, err, "members.agent.ended")
		if acts := actNames(t, d, auth.Actor{Email: "vid@bunker.example"}); acts != "" {
			t.Errorf("Vid still acts for %s", acts)
		}
		if got := say(); strings.Contains(got, "Vid") {
			t.Errorf("Vid still answers:\n%s", got)
		}
		if acts := actNames(t, d, auth.Actor{Email: "info@bunker.example"}); acts != "" {
			t.Errorf("a letter box acts for %s", acts)
		}
		if acts := actNames(t, d, auth.Actor{}); acts != "" {
			t.Errorf("nobody acts for %s", acts)
		}
		quiet, err := d.List(t.Context(), clerk, Query{Filter: Filter{Silent: true}})
		if err != nil || names(quiet) != "Atelje Kresnica" {
			t.Errorf("silent are %s, %v", names(quiet), err)
		}
	})
}

func actNames(t *testing.T, d *Desk, by auth.Actor) string {
	list, err := d.ActsFor(t.Context(), by)
	if err != nil {
		t.Fatal(err)
	}
	return names(list)
}

// Pages of an audience are the whole audience, each once.
func TestDesk_AnswerersWhere(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		for i := range 25 {
			add(t, d, fmt.Sprintf("p Oseba %02d; Ptuj; film; o%d@x.example", i, i))
		}
		add(t, d, "P Čakajoča; Ptuj; film; c@x.example")
		var got []string
		for after := ID(""); ; {
			list, next, err := d.AnswerersWhere(t.Context(), clerk, Filter{Standing: Active, Kind: Person}, after, 10)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range list {
				got = append(got, a.PersonName)
			}
			if after = next; next == "" {
				break
			}
		}
		if !slices.IsSorted(got) || len(slices.Compact(got)) != 25 {
			t.Errorf("asked are %q", got)
		}
	})
}

// TestDesk_counters: whatever is done, the counters say what a count would.
func TestDesk_counters(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		rnd := rand.New(rand.NewPCG(2, 7))
		var all []Member
		var agents []Agent
		for i := range 120 {
			pick := func() Member { return all[rnd.IntN(len(all))] }
			switch n := rnd.IntN(6); {
			case n < 2 || len(all) == 0:
				all = append(all, add(t, d, []string{"o", "p", "O", "P"}[rnd.IntN(4)]+fmt.Sprintf(" Ime %d", i)))
			case n == 2:
				d.Admit(t.Context(), clerk, pick().ID, may) // refused for most
			case n == 3:
				d.Leave(t.Context(), clerk, pick().ID, may)
			case n == 4:
				if a, err := d.AddAgent(t.Context(), clerk, Agent{Member: pick().ID, Name: "A", Email: fmt.Sprintf("a%d@x.example", i), Since: may, Answers: rnd.IntN(2) == 0}); err == nil {
					agents = append(agents, a)
				}
			case n == 5 && len(agents) > 0:
				d.EndAgent(t.Context(), clerk, agents[rnd.IntN(len(agents))].ID, may)
			}
		}
		c, err := d.Counts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for name, tt := range map[string]struct {
			f   Filter
			say int
		}{
			"here": {Filter{}, c.Here("")}, "organisations": {Filter{Kind: Organisation}, c.Here(Organisation)}, "applied": {Filter{Standing: Applied}, c.In("", Applied)},
			"left": {Filter{Standing: Left}, c.In("", Left)}, "silent": {Filter{Silent: true}, c.Silent}, "persons": {Filter{Kind: Person, Standing: Active}, c.In(Person, Active)},
		} {
			list, err := d.List(t.Context(), clerk, Query{Filter: tt.f, Limit: 1_000})
			if err != nil || len(list) != tt.say {
				t.Errorf("%s: the counter says %d and there are %d, %v", name, tt.say, len(list), err)
			}
		}
	})
}

// What the index of the house is told is what members see of each other, and it is
// told of everyone who comes, changes and goes.
func TestDesk_Index(t *testing.T) {
	db := storetest.SQLite(t, Steps(), audit.Steps(), search.Steps())
	d := New(db)
	d.Search = search.New(db)
	found := func(text string) []search.Hit {
		p, err := d.Search.Find(t.Context(), auth.Actor{Roles: auth.Member}, search.Query{Text: text, Kind: "member"})
		if err != nil {
			t.Fatal(err)
		}
		return p.Hits
	}
	m := add(t, d, "p Benko, Taja; Koper; dance; taja@benko.example")
	m.Place, m.Note = "Piran", "skrito"
	if _, err := d.Save(t.Context(), clerk, m); err != nil {
		t.Fatal(err)
	}
	all := found("")
	if doc := all[0]; len(all) != 1 || doc.Subject != Subject(m.ID) || doc.Title[0].Text != "Benko, Taja" || doc.Snippet[0].Text != "Piran" || doc.Link != "/members/"+string(m.ID) {
		t.Errorf("the index has %+v", all)
	}
	if len(found("Piran")) != 1 || len(found("skrito")) != 0 || len(found("Koper")) != 0 {
		t.Error("the index finds other words than members see")
	}
	if p, err := d.Search.Find(t.Context(), auth.Actor{}, search.Query{Kind: "member"}); err != nil || len(p.Hits) != 0 {
		t.Errorf("a passer-by finds %+v, %v", p.Hits, err)
	}
}
