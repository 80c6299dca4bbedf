package twins

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	clerk     = auth.Actor{User: "u1", Name: "Neža Škrbec", Roles: auth.Office}
	may, june = civil.On(2026, 5, 1), civil.On(2026, 6, 1)
)

// each runs f with an empty register on both databases.
func each(t *testing.T, f func(t *testing.T, d *members.Desk, tw *Desk)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := members.New(db)
		tw := New(db, d)
		d.Join(tw.Holder())
		f(t, d, tw)
	}, members.Steps(), Steps(), audit.Steps())
}

// add writes "o Bunker; Ljubljana; theatre; info@bunker.example" into the register: o
// or p for the kind, then name, place, field and e-mail.
func add(t *testing.T, d *members.Desk, notation string) members.Member {
	t.Helper()
	kind, rest, _ := strings.Cut(notation, " ")
	parts := append(strings.Split(rest, ";"), "", "", "")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	m := members.Member{Kind: members.Organisation, Name: parts[0], Place: parts[1], Field: members.Field(parts[2]), Email: parts[3], Standing: members.Active, Term: civil.Span{From: may}}
	if kind == "p" {
		m.Kind = members.Person
	}
	m, err := d.Add(t.Context(), clerk, m)
	if err != nil {
		t.Fatalf("add %s: %v", notation, err)
	}
	return m
}

func names(list []members.Member) string {
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

// Whoever may be there twice is found, and who was told apart is not found again.
func TestDesk_Pairs(t *testing.T) {
	each(t, func(t *testing.T, d *members.Desk, tw *Desk) {
		for _, m := range []string{
			"o Kulturno društvo Bunker; Ljubljana", "o KUD Bunker; Ljubljana", "o Bunker; Maribor", "p Benko, Taja; Koper", "p Taja Benko", "p Benko, Taja Ana; Koper", "o Benko Taja; Koper",
			"o Odmev; Celje", "o Prelom; Kranj",
		} {
			add(t, d, m)
		}
		for _, id := range []members.ID{find(t, d, "Odmev").ID, find(t, d, "Prelom").ID} {
			if _, err := d.PutRegistration(t.Context(), clerk, members.Registration{Member: id, In: record.Associations, Number: "17/2003"}, nil, ""); err != nil {
				t.Fatal(err)
			}
		}
		say := func() string {
			list, err := tw.Pairs(t.Context(), clerk)
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, p := range list {
				out = append(out, fmt.Sprint(p.A.Name, " = ", p.B.Name, " ", p.Number))
			}
			return strings.Join(out, "\n")
		}
		want := "Odmev = Prelom true\nKUD Bunker = Kulturno društvo Bunker false\nBenko, Taja = Taja Benko false"
		if got := say(); got != want {
			t.Fatalf("found\n%s\nwant\n%s", got, want)
		}
		if err := tw.TellApart(t.Context(), clerk, find(t, d, "Prelom").ID, find(t, d, "Odmev").ID); err != nil {
			t.Fatal(err)
		}
		if got := say(); strings.Contains(got, "Odmev") {
			t.Errorf("told apart they are found again:\n%s", got)
		}
	})
}

func find(t *testing.T, d *members.Desk, name string) members.Member {
	t.Helper()
	list, err := d.List(t.Context(), clerk, members.Query{Filter: members.Filter{Text: name}})
	if err != nil || len(list) != 1 {
		t.Fatalf("%s is %v, %v", name, names(list), err)
	}
	return list[0]
}

// Of two entries one becomes; all that was kept about either is about it.
func TestDesk_Merge(t *testing.T) {
	each(t, func(t *testing.T, d *members.Desk, tw *Desk) {
		ctx := t.Context()
		hall, err := d.PutDetail(ctx, clerk, members.Detail{Label: "Dvorana", Form: members.Text, Seen: members.OfOffice})
		if err != nil {
			t.Fatal(err)
		}
		kept, gone := add(t, d, "o Bunker; Ljubljana; theatre; info@bunker.example"), add(t, d, "o KUD Bunker; Ljubljana; dance; kud@bunker.example")
		gone.Details = members.Details{hall.ID: "velika"}
		if gone, err = d.Save(ctx, clerk, gone); err != nil {
			t.Fatal(err)
		}
		for _, a := range []members.Agent{{Member: kept.ID, Name: "Vid", Email: "vid@x.example"}, {Member: gone.ID, Name: "Vid Arh", Email: "vid@x.example"}, {Member: gone.ID, Name: "Ana", Email: "ana@x.example"}} {
			a.Since, a.Answers = may, true
			if _, err := d.AddAgent(ctx, clerk, a); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := d.Tag(ctx, clerk, members.Selection{IDs: []members.ID{gone.ID}}, "festival"); err != nil {
			t.Fatal(err)
		}
		if _, err := d.PutRegistration(ctx, clerk, members.Registration{Member: gone.ID, In: record.Tax, Number: "15012557"}, nil, ""); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Take(ctx, clerk, gone.ID, members.Step{Do: members.Suspend, Day: june}); err != nil {
			t.Fatal(err)
		}
		read := func(id members.ID) members.Member {
			m, err := d.Member(ctx, clerk, id)
			if err != nil {
				t.Fatal(err)
			}
			return m
		}
		kept, gone = read(kept.ID), read(gone.ID)
		into := kept
		into.Email, into.Details = gone.Email, gone.Details
		mg := Merge{Into: into, Gone: gone.ID, GoneRevision: gone.Revision - 1, Standing: true}
		_, err = tw.Merge(ctx, clerk, mg)
		wantFault(t, err, "members.merge.changed")
		var handed string
		d.Join(members.Holder{Merge: func(_ context.Context, _ *store.Tx, from, to members.ID) error {
			handed = string(from + "→" + to)
			return nil
		}})
		mg.GoneRevision = gone.Revision
		m, err := tw.Merge(ctx, clerk, mg)
		if err != nil {
			t.Fatal(err)
		}
		if m.Name != "Bunker" || m.Email != "kud@bunker.example" || m.Standing != members.Suspended || m.Agents != 2 || handed != string(gone.ID+"→"+kept.ID) {
			t.Errorf("one became %+v, and %s was handed", m, handed)
		}
		if again := read(gone.ID); again.ID != kept.ID || again.Details[hall.ID] != "velika" {
			t.Errorf("the old ID gives %+v", again)
		}
		more, err := d.MoreOf(ctx, clerk, kept.ID)
		if err != nil || len(more.Agents[kept.ID]) != 2 || len(more.Tags[kept.ID]) != 1 || len(more.Registrations[kept.ID]) != 1 {
			t.Errorf("it has %+v, %v", more, err)
		}
		for _, f := range []members.Filter{{Tag: more.Tags[kept.ID][0].ID}, {Detail: hall.ID, Value: "velika"}, {Field: "theatre"}, {Text: "bunker"}, {}} {
			if list, err := d.List(ctx, clerk, members.Query{Filter: f}); err != nil || names(list) != "Bunker" {
				t.Errorf("%+v finds %s, %v", f, names(list), err)
			}
		}
		if c, err := d.Counts(ctx); err != nil || c.All() != 1 {
			t.Errorf("the counters say %+v, %v", c, err)
		}
		if e, err := d.StandingOn(ctx, clerk, gone.ID, may); err != nil || e.ID != kept.ID || e.Standing != members.Active {
			t.Errorf("on a past day the old ID is %+v, %v", e, err)
		}
		if list, err := d.MergedInto(ctx, clerk, kept.ID); err != nil || len(list) != 1 || list[0].Name != "KUD Bunker" {
			t.Errorf("%v, %v", list, err)
		}
		// One whom somebody holds on to and cannot hand over is not merged.
		other := add(t, d, "o Bunker dva; Ljubljana")
		d.Join(members.Holder{Holds: func(context.Context, *store.Tx, members.ID) (bool, error) { return true, nil }})
		_, err = tw.Merge(ctx, clerk, Merge{Into: read(kept.ID), Gone: other.ID, GoneRevision: 1})
		wantFault(t, err, "members.merge.held")
	})
}
