package members

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// What lists ask of the database goes by an index, and sorts no more than a page:
// these are all their statements, beside the making of a new roll.
func TestPlans(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		fill(t, db, 4_000)
		c, ids := &clause{}, make([]ID, 50)
		for i := range ids {
			ids[i] = demoMember(i * 79).ID
		}
		signs := values(c, ids)
		listings, tags, details, marks := listingQueries(signs)
		for name, ask := range map[string]struct {
			query store.Text
			args  []any
		}{
			"the members of a page":       {same(membersQuery(signs)), c.args},
			"where a page goes on":        {same(memberQuery), []any{ids[0]}},
			"who changed":                 {same(newsQuery), []any{3}},
			"what changed":                {same(listings), c.args},
			"tags of who changed":         {same(tags), c.args},
			"details of who changed":      {same(details), c.args},
			"room marks of who changed":   {same(marks), c.args},
			"whose noted day has come":    {same(turningQuery), []any{may.String(), 200}},
			"who belonged on a past day":  {rollOn, []any{may.String(), demoMember(2_000).Tidy().SortKey, ids[25], 200}},
			"what stands in agents' mail": {same(`SELECT ` + agentColumns + ` FROM member_agents a WHERE a.email = $1`), []any{"x@y.example"}},
		} {
			err := db.Read(t.Context(), func(tx *store.Tx) error {
				if wrong := planOf(t, tx, tx.Pick(ask.query), ask.args...); wrong != "" {
					t.Errorf("%s: %s\n%s", name, wrong, tx.Pick(ask.query))
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		// The test itself would see what it looks for.
		err := db.Read(t.Context(), func(tx *store.Tx) error {
			for _, q := range []string{`SELECT name FROM members WHERE note = 'x'`, `SELECT name FROM members ORDER BY phone`} {
				if planOf(t, tx, q) == "" {
					t.Errorf("nothing is wrong with %s", q)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}, Steps(), audit.Steps())
}

func same(query string) store.Text { return store.Text{store.SQLite: query, store.Postgres: query} }

// planOf says what is wrong with how the database goes about a query.
func planOf(t *testing.T, tx *store.Tx, query string, args ...any) string {
	t.Helper()
	lite := tx.Pick(same("x")) == tx.Pick(store.Text{store.SQLite: "x"})
	explained := func() []string {
		lines, err := store.List(t.Context(), tx, func(row store.Scanner) (s string, err error) {
			if lite {
				var id, parent, rest int
				return s, row.Scan(&id, &parent, &rest, &s)
			}
			return s, row.Scan(&s)
		}, tx.Pick(store.Text{store.SQLite: `EXPLAIN QUERY PLAN `, store.Postgres: `EXPLAIN (FORMAT JSON) `})+query, args...)
		if err != nil {
			t.Fatal(query, err)
		}
		return lines
	}
	if lite {
		return liteWrong(explained())
	}
	// PostgreSQL reads small tables whole, whatever indexes they have: those are asked
	// for again where it may not.
	for _, may := range []string{"on", "off"} {
		if _, err := tx.ExecContext(t.Context(), `SET LOCAL enable_seqscan = `+may); err != nil {
			t.Fatal(err)
		}
		var plans []struct{ Plan node }
		if err := json.Unmarshal([]byte(strings.Join(explained(), "\n")), &plans); err != nil {
			t.Fatal(err)
		}
		if w := plans[0].Plan.wrong(may == "on"); w != "" {
			return w
		}
	}
	return ""
}

// liteWrong reads a plan of SQLite. A scan along an index in the order that is asked
// for is no scan of everything; what is sorted must have been searched for by a key.
func liteWrong(lines []string) string {
	searched := false
	for _, l := range lines {
		searched = searched || strings.HasPrefix(l, "SEARCH ")
		if strings.HasPrefix(l, "SCAN ") && !strings.Contains(l, "USING") || strings.Contains(l, "TEMP B-TREE") && !searched {
			return strings.Join(lines, "; ")
		}
	}
	return ""
}

// A node is a step of a plan of PostgreSQL.
type node struct {
	Type  string  `json:"Node Type"`
	Table string  `json:"Relation Name"`
	Rows  float64 `json:"Plan Rows"`
	Plans []node
}

// large are tables with as many rows as there are members, or more.
var large = []string{"members", "member_spells", "detail_values"}

func (n node) wrong(small bool) string {
	if n.Type == "Seq Scan" && !(small && !slices.Contains(large, n.Table)) {
		return "all of " + n.Table + " is read"
	}
	for _, p := range n.Plans {
		if w := p.wrong(small); w != "" {
			return w
		}
		if strings.Contains(n.Type, "Sort") && p.Rows > 500 {
			return "many rows are sorted"
		}
	}
	return ""
}
