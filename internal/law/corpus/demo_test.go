package corpus

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/store"
)

// demo reads one of the invented texts of the demo house.
func demo(t testing.TB, name string) string {
	t.Helper()
	whole, err := os.ReadFile(filepath.Join("..", "..", "app", "demo", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(whole)
}

// The texts of the demo house read without a guess, and differ where its story
// says so.
func TestRead_demo(t *testing.T) {
	t.Parallel()
	for name, articles := range map[string]int{"zpnk-2022.txt": 63, "zpnk.txt": 64, "zpnk-after-1.txt": 64, "zpnk-after.txt": 65, "zpnk-a-1.txt": 10, "zpnk-a-2.txt": 11} {
		p, err := Read(Given{Text: demo(t, name)})
		if err != nil {
			t.Fatal(err)
		}
		if p.articles() != articles {
			t.Errorf("%s has %d articles, want %d", name, p.articles(), articles)
		}
		for _, n := range p.tree.Notes {
			if n.Key != "implied-number" && n.Key != "quoted-article" {
				t.Errorf("%s: %s %s", name, n.Key, n.Text)
			}
		}
	}
	p, err := Read(Given{Text: demo(t, "zpnk-a-2.txt")})
	if err != nil {
		t.Fatal(err)
	}
	if g := p.Given(); g.Short != "ZPNK-A" || g.Kind != Statute {
		t.Errorf("the amending act is %q, %q, %s", g.Short, g.Title, g.Kind)
	}
}

func TestDesk_Compare_demo(t *testing.T) {
	each(t, func(t *testing.T, d *Desk, db *store.DB) {
		a := add(t, d, Given{Text: demo(t, "zpnk.txt")})
		b := add(t, d, Given{Text: demo(t, "zpnk-after.txt"), Stage: Draft})
		changes, err := d.Compare(t.Context(), clerk, a.ID, b.ID)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, c := range changes {
			got = append(got, string(c.Kind)+" "+c.New.ID)
		}
		want := []string{
			"rewritten art_4__para_1__point_3", "rewritten art_12__para_1", "inserted art_12__para_3", "rewritten art_18__para_1", "rewritten art_18__para_2",
			"rewritten art_23__para_1", "rewritten art_27__para_1", "rewritten art_27__para_2", "rewritten art_31__para_1", "inserted art_36a",
		}
		if !slices.Equal(got, want) {
			t.Errorf("changed is %q", got)
		}
		one := add(t, d, Given{Text: demo(t, "zpnk-after-1.txt"), Stage: Draft})
		if changes, err := d.Compare(t.Context(), clerk, a.ID, one.ID); err != nil || len(changes) != 9 {
			t.Errorf("the first draft changes %d provisions, %v", len(changes), err)
		}
		list, err := d.Provisions(t.Context(), clerk, a.ID, "art_4__para_1__point_3", "art_14a__para_2", "art_23__para_1")
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range []string{"4. člen, 3. točka", "14.a člen, drugi odstavek", "23. člen"} {
			if list[i].Cite != want {
				t.Errorf("%s is cited %q, want %q", list[i].ID, list[i].Cite, want)
			}
		}
	})
}
