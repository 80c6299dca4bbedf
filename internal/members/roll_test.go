package members

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/store"
)

// listingsOf are the entries of the roll as a desk has it, marks in order.
func listingsOf(t *testing.T, d *Desk) (list []listing) {
	t.Helper()
	if err := d.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, e := range d.newest.Load().listings {
		one := *e
		one.marks, one.held = slices.Clone(e.marks), slices.Clone(e.held)
		slices.SortFunc(one.marks, func(a, b mark) int { return strings.Compare(a.Value(), b.Value()) })
		slices.SortFunc(one.held, func(a, b held) int { return strings.Compare(a.in.Value(), b.in.Value()) })
		list = append(list, one)
	}
	return list
}

// Whatever is done, the roll that follows by the news is the one that is made anew.
func TestDesk_rolls_follow(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		ctx, rnd := t.Context(), rand.New(rand.NewPCG(3, 11))
		hall, err := d.PutDetail(ctx, clerk, Detail{Label: "Dvorana", Form: Text, Seen: OfOffice})
		if err != nil {
			t.Fatal(err)
		}
		for i := range 3 {
			add(t, d, fmt.Sprintf("p Prva %d", i))
		}
		for i := range 80 {
			all, err := d.List(ctx, clerk, Query{})
			if err != nil || len(all) == 0 {
				t.Fatal(err)
			}
			m, other := all[rnd.IntN(len(all))], all[rnd.IntN(len(all))]
			tag := fmt.Sprint("t", rnd.IntN(3))
			switch rnd.IntN(10) {
			case 0, 1:
				add(t, d, []string{"o", "p", "O", "P"}[rnd.IntN(4)]+fmt.Sprintf(" Ime %d; Ptuj; dance; e%d@x.example", rnd.IntN(30), i))
			case 2:
				d.Leave(ctx, clerk, m.ID, may)
			case 3:
				m.Name, m.Region, m.Details = fmt.Sprintf("Novo ime %d", rnd.IntN(30)), "obalna", Details{hall.ID: tag}
				_, err = d.Save(ctx, clerk, m)
			case 4:
				_, err = d.Tag(ctx, clerk, Selection{IDs: []ID{m.ID, other.ID}}, tag)
			case 5:
				_, err = d.Tag(ctx, clerk, Selection{Filter: Filter{Text: "ime"}}, tag)
			case 6:
				if tags, _ := d.Tags(ctx, clerk); len(tags) > 0 {
					err = d.DropTag(ctx, clerk, tags[0].ID)
				}
			case 7:
				if m.ID != other.ID && m.Kind == other.Kind {
					err = d.db.Write(ctx, func(tx *store.Tx) error { return err1(d.UniteIn(ctx, tx, clerk, m, other, false)) })
				}
			case 8:
				err = d.db.Write(ctx, func(tx *store.Tx) error { return d.MarkIn(ctx, tx, m.ID, OwesDues, may.AddDays(rnd.IntN(3))) })
			case 9:
				_ = d.db.Write(ctx, func(tx *store.Tx) error { // what is taken back is in no list
					if _, err := d.AddIn(ctx, tx, clerk, parse("p Nihče")); err != nil {
						t.Error(err)
					}
					if list, err := d.listIn(ctx, tx, Query{Filter: Filter{Text: "nihče"}}, true); err != nil || len(list) != 1 {
						t.Errorf("a deed does not see what it wrote: %v, %v", list, err)
					}
					return fmt.Errorf("taken back")
				})
			}
			if err != nil {
				t.Fatal(err)
			}
			if i%5 > 0 {
				continue // some news at a time
			}
			if got, want := fmt.Sprint(listingsOf(t, d)), fmt.Sprint(listingsOf(t, New(d.db))); got != want {
				t.Fatalf("after %d deeds the roll is\n%s, want\n%s", i, got, want)
			}
		}
	})
}

// A change of one is read as the change of one; a roll that missed too much is made anew.
func TestDesk_rolls_news(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		kept := add(t, d, "p Benko, Taja; Koper")
		other := New(d.db) // as on another node
		listingsOf(t, other)
		was := other.newest.Load().listings[0]
		added := add(t, d, "p Arh, Vid")
		listingsOf(t, other)
		if list := other.newest.Load().listings; len(list) != 2 || list[1] != was {
			t.Error("the whole roll was read for one")
		}
		err := d.db.Write(t.Context(), func(tx *store.Tx) error {
			for range oldNews + 2 {
				if err := changed(t.Context(), tx, added.ID); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if list := listingsOf(t, other); len(list) != 2 || list[1].id != kept.ID || other.newest.Load().listings[1] == was {
			t.Errorf("the roll was not made anew: %v", list)
		}
	})
}

// Numbers and days are found from and to, texts by what they hold.
func TestDesk_List_details(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		ctx := t.Context()
		put := func(label string, form Form) DetailID {
			det, err := d.PutDetail(ctx, clerk, Detail{Label: label, Form: form, Choices: []string{"da in ne", "ne"}, Seen: OfOffice})
			if err != nil {
				t.Fatal(err)
			}
			return det.ID
		}
		seats, opened, story, which := put("Sedežev", Number), put("Odprto", Day), put("Zgodba", Long), put("Katera", Pick)
		for name, has := range map[string]Details{
			"A": {seats: "-7,5", opened: "1. 3. 1990", story: "Začelo se je v\nŽalcu.", which: "ne"},
			"B": {seats: "120", opened: "31. 12. 1999", story: "Nič posebnega"},
			"C": {seats: "1200", opened: "2026-05-01", which: "da in ne"},
			"D": {seats: "7,5"},
			"E": {},
		} {
			m := parse("p " + name)
			m.Details = has
			if _, err := d.Add(ctx, clerk, m); err != nil {
				t.Fatal(err)
			}
		}
		for _, tt := range []struct {
			f    Filter
			want string
		}{
			{Filter{Detail: seats}, "A | B | C | D"},
			{Filter{Detail: seats, Value: "7,50"}, "D"},
			{Filter{Detail: seats, Value: "-7.5"}, "A"},
			{Filter{Detail: seats, Least: "7,5", Most: "120"}, "B | D"},
			{Filter{Detail: seats, Most: "0"}, "A"},
			{Filter{Detail: seats, Least: "121"}, "C"},
			{Filter{Detail: opened, Least: "2. 3. 1990", Most: "1999-12-31"}, "B"},
			{Filter{Detail: opened, Least: "1. 1. 2000"}, "C"},
			{Filter{Detail: story, Value: "zalc"}, "A"},
			{Filter{Detail: story, Value: "SE JE V ŽALCU"}, "A"},
			{Filter{Detail: story, Value: "ni nič"}, ""},
			{Filter{Detail: which, Value: "ne"}, "A"},
			{Filter{Detail: "unknown", Value: "x"}, ""},
		} {
			if list, err := d.List(ctx, clerk, Query{Filter: tt.f}); err != nil || names(list) != tt.want {
				t.Errorf("%+v lists %s, %v; want %s", tt.f, names(list), err, tt.want)
			}
		}
		_, err := d.List(ctx, clerk, Query{Filter: Filter{Detail: seats, Least: "veliko"}})
		wantFault(t, err, "members.detail.number")
		_, err = d.Count(ctx, clerk, Filter{Detail: opened, Most: "maja"})
		wantFault(t, err, "form.date")
	})
}
