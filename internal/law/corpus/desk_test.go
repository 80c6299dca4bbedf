package corpus

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/lawdiff"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	clerk  = auth.Actor{User: "1", Name: "Neža", Roles: auth.Office}
	member = auth.Actor{User: "2", Name: "Jana", Roles: auth.Member}
	nobody = auth.Actor{}
)

const first = `Zakon o klubih (ZKl)

I. SPLOŠNE DOLOČBE

1. člen
(namen)
Ta zakon ureja klube.

2. člen
(pomen izrazov)
(1) Izrazi pomenijo:
1. klub je prostor;
2. večer je čas:
- po sončnem zahodu,
- pred polnočjo.
(2) Drugi izrazi pomenijo, kar pomenijo.

3. člen
Klub ima vrata.
`

var second = strings.NewReplacer("pred polnočjo", "pred jutrom", "3. člen\nKlub ima vrata.\n", "3. člen\n(črtan)\n\n4. člen\nNadzor opravlja inšpektorat, pristojen za mirno sosesko in dober zvok.\n").Replace(first)

func each(t *testing.T, f func(t *testing.T, d *Desk, db *store.DB)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(t, New(db, nil), db) }, Steps(), audit.Steps())
}

func add(t *testing.T, d *Desk, g Given) Version {
	t.Helper()
	v, err := d.Add(t.Context(), clerk, g)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// What goes in comes out: the act, the version, the tree and each provision.
func TestDesk_Add(t *testing.T) {
	each(t, func(t *testing.T, d *Desk, db *store.DB) {
		v := add(t, d, Given{Text: first, On: civil.On(2024, 1, 1), Label: "NPB 1", Open: true})
		a, err := d.Act(t.Context(), nobody, v.Act)
		if err != nil || a.ID != "zkl" || a.Title != "Zakon o klubih" || a.Short != "ZKl" || a.Kind != Statute || a.Versions != 1 || a.Latest != v.ID {
			t.Fatalf("the act is %+v, %v", a, err)
		}
		got, err := d.Version(t.Context(), nobody, v.ID)
		if err != nil || got.On != civil.On(2024, 1, 1) || got.Label != "NPB 1" || got.Articles != 3 || got.Stage != InForce {
			t.Fatalf("the version is %+v, %v", got, err)
		}
		tree, err := d.Tree(t.Context(), nobody, v.ID)
		if err != nil {
			t.Fatal(err)
		}
		if want := lawtext.Print(lawtext.Parse(first)); lawtext.Print(tree) != want {
			t.Errorf("the tree prints\n%s\nwant\n%s", lawtext.Print(tree), want)
		}
		list, err := d.Provisions(t.Context(), nobody, v.ID)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for n := range lawtext.Parse(first).All() {
			ids = append(ids, n.ID)
		}
		for i, p := range list {
			if p.ID != ids[i] || p.Ord != i || p.Version != v.ID {
				t.Errorf("provision %d is %s, want %s", i, p.ID, ids[i])
			}
		}
	})
}

// The same text is the same version, at the same stage of the same act.
func TestDesk_Add_again(t *testing.T) {
	each(t, func(t *testing.T, d *Desk, db *store.DB) {
		v := add(t, d, Given{Text: first})
		if w := add(t, d, Given{Text: strings.ReplaceAll(first, "\n", "\r\n"), Label: "drugače"}); w.ID != v.ID {
			t.Error("a text became two versions")
		}
		if w := add(t, d, Given{Text: first, Stage: Draft}); w.ID == v.ID {
			t.Error("a draft is taken for the text in force")
		}
		if w := add(t, d, Given{Text: first, Short: "ZKl-2", Title: "Zakon o klubih 2"}); w.Act != "zkl-2" || w.ID == v.ID {
			t.Errorf("another act is %s", w.Act)
		}
		versions, err := d.Versions(t.Context(), clerk, "zkl")
		if err != nil || len(versions) != 2 {
			t.Errorf("%d versions, %v", len(versions), err)
		}
	})
}

// Of many who add the same text at once, one makes the version, and all get it.
func TestDesk_Add_once(t *testing.T) {
	each(t, func(t *testing.T, d *Desk, db *store.DB) {
		var wg sync.WaitGroup
		var got [8]law.VersionID
		for i := range got {
			wg.Go(func() {
				v, err := d.Add(t.Context(), clerk, Given{Text: first})
				if err != nil {
					t.Error(err)
				}
				got[i] = v.ID
			})
		}
		wg.Wait()
		for _, id := range got {
			if id != got[0] {
				t.Fatalf("they got %q", got)
			}
		}
		if a, err := d.Act(t.Context(), clerk, "zkl"); err != nil || a.Versions != 1 {
			t.Errorf("there are %d versions, %v", a.Versions, err)
		}
	})
}

func TestDesk_Add_refused(t *testing.T) {
	each(t, func(t *testing.T, d *Desk, db *store.DB) {
		for _, c := range []struct {
			by   auth.Actor
			give Given
			want string
		}{
			{member, Given{Text: first}, "auth.denied"},
			{nobody, Given{Text: first}, "auth.sign_in_first"},
			{clerk, Given{Text: " \n"}, "text: law.text.empty"},
			{clerk, Given{Text: strings.Repeat("a", MaxText+1)}, "text: law.text.too_big"},
			{clerk, Given{Text: strings.Repeat("- a;\n", mostRows+1)}, "text: law.text.too_many"},
			{clerk, Given{Text: first, Stage: "?"}, "stage: law.stage.unknown"},
			{clerk, Given{Text: first, Kind: "?"}, "kind: law.kind.unknown"},
			{clerk, Given{Text: first, Act: "none"}, "law.act.missing"},
		} {
			if _, err := d.Add(t.Context(), c.by, c.give); err == nil || err.Error() != c.want {
				t.Errorf("%.20q by %q is answered %v, want %s", c.give.Text, c.by.Name, err, c.want)
			}
		}
	})
}

// What is not open is for those who have signed in, in every way of asking.
func TestDesk_rights(t *testing.T) {
	each(t, func(t *testing.T, d *Desk, db *store.DB) {
		ctx := t.Context()
		v := add(t, d, Given{Text: first})
		ask := map[string]func(by auth.Actor) error{
			"act":        func(by auth.Actor) error { _, err := d.Act(ctx, by, v.Act); return err },
			"version":    func(by auth.Actor) error { _, err := d.Version(ctx, by, v.ID); return err },
			"tree":       func(by auth.Actor) error { _, err := d.Tree(ctx, by, v.ID); return err },
			"provisions": func(by auth.Actor) error { _, err := d.Provisions(ctx, by, v.ID); return err },
			"articles":   func(by auth.Actor) error { _, err := d.Articles(ctx, by, v.ID); return err },
			"compare":    func(by auth.Actor) error { _, err := d.Compare(ctx, by, v.ID, v.ID); return err },
			"history": func(by auth.Actor) error {
				_, err := d.History(ctx, by, law.Address{Version: v.ID, Provision: "art_1"})
				return err
			},
			"at": func(by auth.Actor) error { _, err := d.At(ctx, by, v.Act, civil.On(2026, 1, 1)); return err },
			"acts": func(by auth.Actor) error {
				list, err := d.Acts(ctx, by, Query{})
				return errors.Join(err, some(len(list)))
			},
			"versions": func(by auth.Actor) error {
				list, err := d.Versions(ctx, by, v.Act)
				return errors.Join(err, some(len(list)))
			},
		}
		for name, f := range ask {
			if f(member) != nil {
				t.Errorf("%s: a member is answered %v", name, f(member))
			}
			if f(nobody) == nil {
				t.Errorf("%s: a passer-by is answered", name)
			}
		}
		if err := d.Open(ctx, member, v.ID); !fault.Is(err, fault.Denied) {
			t.Errorf("a member opens: %v", err)
		}
		if err := d.Open(ctx, clerk, v.ID); err != nil {
			t.Fatal(err)
		}
		for name, f := range ask {
			if err := f(nobody); err != nil {
				t.Errorf("%s: of an open text a passer-by is answered %v", name, err)
			}
		}
	})
}

func some(n int) error {
	if n == 0 {
		return errors.New("there is nothing")
	}
	return nil
}

// A provision is told with its words, its place and its citation.
func TestDesk_Provisions(t *testing.T) {
	each(t, func(t *testing.T, d *Desk, db *store.DB) {
		v := add(t, d, Given{Text: first})
		list, err := d.Provisions(t.Context(), clerk, v.ID, "art_3", "art_2__para_1__point_2__indent_2", "art_2__para_1")
		if err != nil {
			t.Fatal(err)
		}
		got := []string{}
		for _, p := range list {
			got = append(got, p.Cite+" | "+p.Parent+" | "+p.Text+" | "+strings.ReplaceAll(p.Full, "\n", " / "))
		}
		want := []string{
			"2. člen, prvi odstavek | art_2 | Izrazi pomenijo: | (1) Izrazi pomenijo: / 1. klub je prostor; / 2. večer je čas: / - po sončnem zahodu, / - pred polnočjo.",
			"2. člen, prvi odstavek, 2. točka, druga alineja | art_2__para_1__point_2 | pred polnočjo. | - pred polnočjo.",
			"3. člen | chp_I |  | 3. člen / Klub ima vrata.",
		}
		if !slices.Equal(got, want) {
			t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if _, err := d.Provisions(t.Context(), clerk, v.ID, "art_9"); !fault.Is(err, fault.Missing) {
			t.Errorf("a provision that is not there: %v", err)
		}
	})
}

// Comparing tells what changed; history tells it of one address.
func TestDesk_Compare(t *testing.T) {
	each(t, func(t *testing.T, d *Desk, db *store.DB) {
		ctx := t.Context()
		a := add(t, d, Given{Text: first, On: civil.On(2024, 1, 1)})
		b := add(t, d, Given{Text: second, On: civil.On(2025, 1, 1)})
		changes, err := d.Compare(ctx, clerk, a.ID, b.ID)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range changes {
			n := c.New
			if n == nil {
				n = c.Old
			}
			got = append(got, string(c.Kind)+" "+n.ID)
		}
		if want := []string{"rewritten art_2__para_1__point_2__indent_2", "deleted art_3", "inserted art_4"}; !slices.Equal(got, want) {
			t.Errorf("changed is %q, want %q", got, want)
		}
		all, err := d.CompareAll(ctx, clerk, a.ID, b.ID)
		if err != nil || !slices.ContainsFunc(all, func(c lawdiff.Change) bool { return c.Kind == lawdiff.Unchanged }) {
			t.Errorf("nothing stayed as it was in %d, %v", len(all), err)
		}
		for id, want := range map[string]string{"art_1": "there,there", "art_2": "there changed,there", "art_3": "there changed,there", "art_4": "there changed,", "art_9": ","} {
			list, err := d.History(ctx, clerk, law.Address{Version: b.ID, Provision: id})
			if err != nil || len(list) != 2 {
				t.Fatal(list, err)
			}
			if got := said(list[0]) + "," + said(list[1]); got != want {
				t.Errorf("the history of %s is %q, want %q", id, got, want)
			}
		}
	})
}

func said(o Occurrence) string {
	s := ""
	if o.There {
		s = "there"
	}
	if o.Changed {
		s += " changed"
	}
	return strings.TrimSpace(s)
}

// The version of a day is the newest in force on it, and never a draft.
func TestDesk_At(t *testing.T) {
	each(t, func(t *testing.T, d *Desk, db *store.DB) {
		a := add(t, d, Given{Text: first, On: civil.On(2024, 1, 1)})
		b := add(t, d, Given{Text: second, On: civil.On(2025, 1, 1)})
		c := add(t, d, Given{Text: second + "\n5. člen\nKonec.\n", On: civil.On(2025, 6, 1), Stage: Draft})
		for day, want := range map[string]law.VersionID{"2024-01-01": a.ID, "2024-12-31": a.ID, "2025-01-01": b.ID, "2026-01-01": b.ID} {
			on, _ := civil.Parse(day)
			if v, err := d.At(t.Context(), clerk, "zkl", on); err != nil || v.ID != want {
				t.Errorf("on %s it is %q, %v", day, v.Label, err)
			}
		}
		if _, err := d.At(t.Context(), clerk, "zkl", civil.On(2023, 1, 1)); !fault.Is(err, fault.Missing) {
			t.Errorf("before all versions: %v", err)
		}
		if act, _ := d.Act(t.Context(), clerk, "zkl"); act.Latest != b.ID || act.Versions != 3 {
			t.Errorf("the act has %d versions, the latest %s; the draft is %s", act.Versions, act.Latest, c.ID)
		}
	})
}

func TestDesk_Acts(t *testing.T) {
	each(t, func(t *testing.T, d *Desk, db *store.DB) {
		for _, title := range []string{"Zakon o času", "Pravilnik o žogah", "Zakon o cesarjih", "Zakon o čebelah"} {
			add(t, d, Given{Title: title, Text: first, Open: true})
		}
		find := func(q Query) string {
			list, err := d.Acts(t.Context(), nobody, q)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, a := range list {
				names = append(names, string(a.ID))
			}
			return strings.Join(names, " ")
		}
		for _, c := range []struct {
			q    Query
			want string
		}{
			{Query{}, "pravilnik-o-zogah zakon-o-cesarjih zakon-o-casu zakon-o-cebelah"},
			{Query{Limit: 2}, "pravilnik-o-zogah zakon-o-cesarjih"},
			{Query{Limit: 2, After: "zakon-o-cesarjih"}, "zakon-o-casu zakon-o-cebelah"},
			{Query{Kind: Rulebook}, "pravilnik-o-zogah"},
			{Query{Text: "CAS"}, "zakon-o-casu"},
			{Query{Text: "zakon čebel"}, "zakon-o-cebelah"},
			{Query{Text: "100%"}, ""},
		} {
			if got := find(c.q); got != c.want {
				t.Errorf("%+v finds %q, want %q", c.q, got, c.want)
			}
		}
	})
}

// Search learns the text in force, and forgets the articles that are gone.
func TestDesk_index(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		index := search.New(db)
		d := New(db, index)
		found := func(by auth.Actor, kind, text string) map[string]search.Hit {
			p, err := index.Find(t.Context(), by, search.Query{Kind: kind, Text: text})
			if err != nil {
				t.Fatal(err)
			}
			hits := map[string]search.Hit{}
			for _, h := range p.Hits {
				hits[h.Subject] = h
			}
			return hits
		}
		add(t, d, Given{Text: second, On: civil.On(2024, 1, 1)})
		v := add(t, d, Given{Text: first, On: civil.On(2025, 1, 1)})
		add(t, d, Given{Text: second + "\n5. člen\nStaro.\n", On: civil.On(2023, 1, 1)})
		all := found(clerk, "provision", "")
		if doc := all["act/zkl/art_2"]; len(doc.Title) != 1 || doc.Title[0].Text != "ZKl, 2. člen (pomen izrazov)" || doc.Link != "/acts/zkl/"+string(v.ID)+"/art_2" {
			t.Errorf("article 2 is found as %+v", doc)
		}
		if _, ok := found(clerk, "provision", "pred polnočjo")["act/zkl/art_2"]; !ok {
			t.Error("article 2 is not found by its words")
		}
		if doc, ok := all["act/zkl/art_4"]; ok {
			t.Errorf("article 4 is gone, and is found as %+v", doc)
		}
		if _, ok := all["act/zkl/art_5"]; ok {
			t.Error("what an older version says is found")
		}
		if hits := found(auth.Actor{}, "provision", ""); len(hits) != 0 {
			t.Errorf("a passer-by finds %v", hits)
		}
		if err := d.Open(t.Context(), clerk, v.ID); err != nil {
			t.Fatal(err)
		}
		if _, ok := found(auth.Actor{}, "provision", "")["act/zkl/art_2"]; !ok {
			t.Error("opened, article 2 is not found by a passer-by")
		}
	}, Steps(), audit.Steps(), search.Steps())
}

// A text without articles is taken all the same; its pieces can be pointed at.
func TestDesk_Add_no_articles(t *testing.T) {
	each(t, func(t *testing.T, d *Desk, db *store.DB) {
		v := add(t, d, Given{Text: "Javni razpis za izbor programov\n\nMinistrstvo vabi k prijavi.\n\nRok je 1. marec.\n"})
		list, err := d.Provisions(t.Context(), clerk, v.ID)
		if err != nil || len(list) == 0 || v.Articles != 0 || v.Notes == 0 {
			t.Fatalf("%d provisions of %+v, %v", len(list), v, err)
		}
		one, err := d.Provisions(t.Context(), clerk, v.ID, list[len(list)-1].ID)
		if err != nil || !strings.Contains(one[0].Full, "1. marec") {
			t.Errorf("the last piece is %+v, %v", one, err)
		}
	})
}
