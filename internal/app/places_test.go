package app_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/app"
	"github.com/asociacija/asociacija/internal/members/own"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var typesOf = store.Text{
	store.SQLite:   `SELECT name, lower(type) FROM pragma_table_info($1) ORDER BY name`,
	store.Postgres: `SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1 ORDER BY column_name`,
}

// schema are the tables of the house, and the type of each column.
func schema(ctx context.Context, t *testing.T, tx *store.Tx) map[string]map[string]string {
	t.Helper()
	tables, err := tx.Tables(ctx)
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]map[string]string{}
	for _, table := range tables {
		of[table.Name] = map[string]string{}
		list, err := store.List(ctx, tx, func(row store.Scanner) (p [2]string, err error) { return p, row.Scan(&p[0], &p[1]) }, tx.Pick(typesOf), table.Name)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range list {
			of[table.Name][p[0]] = p[1]
		}
	}
	return of
}

// Every table of the house is declared in app.Places, and every column of text is
// planted by the test below or known to say nothing of anybody. Whoever adds a table
// or a column that does says here how it is told and how it is erased.
func TestPlan_places(t *testing.T) {
	h, err := app.Open(t.Context(), settings(t, ""))
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	declared := map[string]own.Place{}
	for _, p := range app.Places() {
		if _, twice := declared[p.Table]; twice {
			t.Errorf("%s is declared twice", p.Table)
		}
		declared[p.Table] = p
	}
	if err := h.DB.Read(t.Context(), func(tx *store.Tx) error {
		for table, columns := range schema(t.Context(), t, tx) {
			p, ok := declared[table]
			if !ok {
				t.Errorf("table %s is not declared in app.Places: does it hold words about members, who tells and who erases them?", table)
				continue
			}
			delete(declared, table)
			if p.Holds == own.Writing {
				continue // the test below writes into all columns
			}
			if _, ok := planted[table]; !ok && p.Holds != own.Nothing {
				t.Errorf("%s holds words about members, and none are planted in held_rows_test.go", table)
			}
			for column, kind := range columns {
				if _, ok := planted[table][column]; kind == "text" && !ok && !plain[column] && !plain[table+"."+column] {
					t.Errorf("%s.%s: is it a word about somebody? Plant it in held_rows_test.go, or name it among the plain columns", table, column)
				}
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for table := range declared {
		t.Errorf("%s is declared, and there is no such table", table)
	}
}

var noteMark = regexp.MustCompile(`n:([a-z_.]+)`)

// plant writes a row; columns that are not given are empty.
func plant(ctx context.Context, t *testing.T, tx *store.Tx, types map[string]string, table string, r row) {
	t.Helper()
	var columns, signs []string
	var args []any
	for _, c := range slices.Sorted(maps.Keys(types)) {
		v, ok := r[c]
		switch {
		case ok:
		case types[c] == "text":
			v = ""
		case types[c] == "boolean":
			v = false
		default:
			v = 0
		}
		if s, ok := v.(string); ok {
			v = noteMark.ReplaceAllStringFunc(s, func(m string) string { return note(m[2:]) })
		}
		args = append(args, v)
		columns, signs = append(columns, c), append(signs, fmt.Sprintf("$%d", len(args)))
	}
	for c := range r {
		if _, ok := types[c]; !ok {
			t.Fatalf("%s has no column %s", table, c)
		}
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO `+table+` (`+strings.Join(columns, ", ")+`) VALUES (`+strings.Join(signs, ", ")+`)`, args...); err != nil {
		t.Fatalf("%s: %v", table, err)
	}
}

// full is a house in which the member m1 stands in every table that can hold a word
// about them: in records and copies as its rooms write them, in writings in every
// column of text.
func full(t *testing.T, address string) *app.House {
	t.Helper()
	ctx := t.Context()
	h, err := app.Open(ctx, settings(t, address))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	var hashes []any
	for _, text := range []string{"odločba: ", "račun: ", "priloga: "} {
		ref, err := h.Files.Put(ctx, strings.NewReader("%PDF-1.7 "+text+"Svetozarja Kvašnik"), 1000)
		if err != nil {
			t.Fatal(err)
		}
		hashes = append(hashes, ref.Hash)
	}
	letter, err := h.Files.Put(ctx, strings.NewReader("%PDF-1.7 še odprto: Svetozarja Kvašnik"), 1000)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.DB.Write(ctx, func(tx *store.Tx) error {
		types := schema(ctx, t, tx)
		for _, set := range []map[string]row{beside, planted} {
			for table, r := range set {
				if strings.HasPrefix(table, "search_") {
					continue // the index writes its own
				}
				r = maps.Clone(r)
				for c, v := range r {
					if i := slices.Index([]any{"FILE", "PAPER", "ATTACHED"}, v); i >= 0 {
						r[c] = hashes[i]
					}
				}
				if table == "mail_letters" { // of a part payment: its paper is that of no invoice
					r["about"], r["files"] = "invoice/h1", `[{"Name":"racun.pdf","Type":"application/pdf","Hash":"`+letter.Hash+`"}]`
				}
				if table != "account_sessions" && table != "account_passkeys" && table != "account_ceremonies" {
					plant(ctx, t, tx, types[table], table, r)
				}
			}
		}
		for _, table := range []string{"account_sessions", "account_passkeys", "account_ceremonies"} { // after accounts
			plant(ctx, t, tx, types[table], table, planted[table])
		}
		for _, p := range app.Places() {
			if p.Holds != own.Writing {
				continue
			}
			r := maps.Clone(written[p.Table])
			if r == nil {
				r = row{}
			}
			for c, kind := range types[p.Table] {
				if _, ok := r[c]; kind == "text" && !ok {
					r[c] = note(p.Table)
					if slices.Contains(keysOf(ctx, t, tx, p.Table), c) {
						r[c] = "key " + p.Table
					}
				}
			}
			if parent, ok := map[string]string{"law_versions": "act", "law_texts": "version", "law_provisions": "version", "law_remarks": "version"}[p.Table]; ok {
				r[parent] = "key " + map[string]string{"act": "law_acts", "version": "law_versions"}[parent]
			}
			plant(ctx, t, tx, types[p.Table], p.Table, r)
		}
		return h.Search.Put(ctx, tx, search.Doc{Kind: "case", Subject: "case/c1", Title: "Svetozarja Kvašnik", Body: "Pismo: Svetozarja Kvašnik.", Link: "/cases/c1", Audience: search.Open(false)})
	}); err != nil {
		t.Fatal(err)
	}
	return h
}

var primaryKeys = store.Text{
	store.SQLite:   `SELECT name FROM pragma_table_info($1) WHERE pk > 0`,
	store.Postgres: `SELECT column_name FROM information_schema.key_column_usage WHERE table_schema = current_schema() AND table_name = $1 AND constraint_name LIKE '%_pkey'`,
}

func keysOf(ctx context.Context, t *testing.T, tx *store.Tx, table string) []string {
	t.Helper()
	list, err := store.List(ctx, tx, func(row store.Scanner) (s string, err error) { return s, row.Scan(&s) }, tx.Pick(primaryKeys), table)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// exported is what the member's export holds, file by file.
func exported(t *testing.T, h *app.House, who auth.Actor) map[string]string {
	t.Helper()
	e, err := h.Own.Export(t.Context(), who, "m1")
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	in, err := h.Own.OpenExport(t.Context(), who, "m1", e.ID)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	whole, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

// Whoever stands in every table of the house is told all that stands there, and when
// they are erased nothing of it is left: rooms take it out of their records, and the
// office blacks out what people wrote, row by row. This is the test that a new table
// has to pass.
func TestPlan_toldAndErased(t *testing.T) {
	for kind, address := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": storetest.PostgresAddress} {
		t.Run(kind, func(t *testing.T) {
			ctx, h := t.Context(), full(t, address(t))
			who := auth.Actor{User: "u1", Name: "Svetozarja Kvašnik", Email: theirMail, Roles: auth.Member}
			office := auth.Actor{User: "u9", Name: "Neža Škrbec", Roles: auth.Office}
			files := exported(t, h, who)
			tells(t, files)
			file := filepath.Join(t.TempDir(), "house.tar.zst")
			if _, err := h.Backup(ctx, file); err != nil {
				t.Fatal(err)
			}
			if err := h.Own.Leave(ctx, who, "m1", civil.Of(h.DB.Now(), h.Config.TimeZone), ""); err != nil {
				t.Fatal(err)
			}
			if err := h.Own.Erase(ctx, office, "m1"); err != nil {
				t.Fatal(err)
			}
			if err := h.Jobs.Drain(ctx); err != nil {
				t.Fatal(err)
			}
			of := map[string]own.Place{}
			for _, p := range app.Places() {
				of[p.Table] = p
			}
			for _, table := range left(t, h) {
				if of[table].Holds != own.Writing && of[table].Kept == "" {
					t.Errorf("%s holds words about who was erased", table)
				}
			}
			goThrough(ctx, t, h, office, of)
			for _, table := range left(t, h) {
				if of[table].Kept == "" {
					t.Errorf("%s holds words about who was erased, and the list was gone through", table)
				}
			}
			blackedOutAgain(ctx, t, h, file, of)
		})
	}
}

// tells checks that every note that is planted stands in the export.
func tells(t *testing.T, files map[string]string) {
	t.Helper()
	var all, elsewhere string
	for name, text := range files {
		if name == "elsewhere.json" {
			elsewhere = text
		} else if strings.HasSuffix(name, ".json") {
			all += text
		}
	}
	mark := regexp.MustCompile(`n:[a-z_.]+|zz-[a-z_.]+-zz`)
	for _, p := range app.Places() {
		switch p.Holds {
		case own.Record:
			for column, v := range planted[p.Table] {
				s, _ := v.(string)
				for _, m := range mark.FindAllString(s, -1) {
					m = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(m, "n:"), "zz-"), "-zz")
					if untold[m] == "" && !strings.Contains(all, "zz-"+m+"-zz") {
						t.Errorf("%s.%s is not told: %s", p.Table, column, m)
					}
				}
			}
		case own.Writing:
			if !strings.Contains(elsewhere, "zz-"+p.Table+"-zz") {
				t.Errorf("the export does not tell that %s names them", p.Table)
			}
		}
	}
	index := files["index.html"]
	for _, want := range []string{"Svetozarja Kvašnik", "<html lang=\"sl\""} {
		if !strings.Contains(index, want) {
			t.Errorf("the index has no %q:\n%.600s", want, index)
		}
	}
	if strings.Contains(index, "http:") || strings.Contains(index, "src=") {
		t.Error("the index asks for the network")
	}
	for _, want := range []string{"odločba", "račun", "priloga"} {
		if !slices.ContainsFunc(slices.Collect(maps.Values(files)), func(text string) bool { return strings.HasPrefix(text, "%PDF-1.7 "+want) }) {
			t.Errorf("the paper %q is not in the export", want)
		}
	}
}

// goThrough blacks out all hits of the list that may be, keeps the others, and closes
// the request.
func goThrough(ctx context.Context, t *testing.T, h *app.House, office auth.Actor, of map[string]own.Place) {
	t.Helper()
	hits, err := h.Own.Hits(ctx, office, "m1", "", 1_000)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, hit := range hits {
		seen[hit.Table] = true
		if of[hit.Table].Kept != "" {
			err = h.Own.Keep(ctx, office, "m1", hit.ID, "Zakon.")
		} else {
			err = h.Own.BlackOut(ctx, office, "m1", hit.ID)
		}
		if err != nil {
			t.Errorf("%s: %v", hit.Table, err)
		}
	}
	for _, p := range app.Places() {
		if p.Holds == own.Writing && p.Table != "own_erased" && p.Table != "own_traces" && !seen[p.Table] {
			t.Errorf("%s names them, and is not on the list of the office", p.Table)
		}
	}
	if err := h.Own.CloseErasure(ctx, office, "m1"); err != nil {
		t.Error(err)
	}
}

// blackedOutAgain restores the backup from before the erasure: the rooms are erased and the
// rows blacked out again before anybody comes in. What the office left stands on the
// list again.
func blackedOutAgain(ctx context.Context, t *testing.T, h *app.House, file string, of map[string]own.Place) {
	t.Helper()
	if _, err := h.Backup(ctx, filepath.Join(filepath.Dir(file), "later.tar.zst")); err != nil { // writes the list beside it
		t.Fatal(err)
	}
	c := settings(t, "")
	if _, _, err := app.Restore(ctx, c, file); err != nil {
		t.Fatal(err)
	}
	again, err := app.Open(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if err := again.Jobs.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	for _, table := range left(t, again) {
		if of[table].Kept == "" {
			t.Errorf("%s holds words about who was erased, in a house that was restored", table)
		}
	}
	hits, err := again.Own.Hits(ctx, auth.House, "m1", own.HitOpen, 1_000)
	if err != nil || len(hits) == 0 {
		t.Errorf("what the law keeps is not on the list again: %d, %v", len(hits), err)
	}
}
