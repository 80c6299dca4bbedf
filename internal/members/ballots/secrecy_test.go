package ballots

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/backup"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// A look is everything that somebody with the whole database in front of them sees:
// each row of each table as text, and of PostgreSQL who wrote it when (xmin) and
// where it lies (ctid), of SQLite in which order (rowid).
type look struct {
	rows  map[string][]string          // table → rows as they lie
	wrote map[string]map[string]string // table → row → transaction
}

func lookInto(t *testing.T, db *store.DB) look {
	t.Helper()
	l := look{map[string][]string{}, map[string]map[string]string{}}
	system := map[store.Kind]string{store.SQLite: `'' AS w, rowid AS p`, store.Postgres: `xmin::text AS w, ctid::text AS p`}[db.Kind]
	order := map[store.Kind]string{store.SQLite: `rowid`, store.Postgres: `ctid`}[db.Kind]
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		tables, err := tx.Tables(t.Context())
		if err != nil {
			return err
		}
		tables = append(tables, store.Table{Name: "fleeting_urn_keys", Columns: []string{"vote", "secret"}})
		for _, table := range tables {
			l.wrote[table.Name] = map[string]string{}
			all, err := store.List(t.Context(), tx, func(row store.Scanner) (string, error) {
				values, into := make([]any, len(table.Columns)+2), make([]any, len(table.Columns)+2)
				for i := range values {
					into[i] = &values[i]
				}
				if err := row.Scan(into...); err != nil {
					return "", err
				}
				line := fmt.Sprint(values[2:]...)
				l.wrote[table.Name][line] = fmt.Sprint(values[0])
				return line, nil
			}, `SELECT `+system+`, `+strings.Join(table.Columns, ", ")+` FROM `+table.Name+` ORDER BY `+order)
			if err != nil {
				return err
			}
			l.rows[table.Name] = all
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// holds lists the tables in which the text stands.
func (l look) holds(text string) (in []string) {
	for table, rows := range l.rows {
		if slices.ContainsFunc(rows, func(r string) bool { return strings.Contains(r, text) }) {
			in = append(in, table)
		}
	}
	slices.Sort(in)
	return in
}

// TestSecrecy attacks a secret vote with the whole database, the book, the letters,
// the jobs, the log and the file: while it is open and after. Voters vote in an
// order that the attacker knows, one after the other, and each marks another
// candidate, so that any order, time, number or transaction that is kept would tie
// them to their ballots.
func TestSecrecy(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		var log bytes.Buffer
		before := slog.Default()
		slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
		defer slog.SetDefault(before)
		h := meet(t, db, 24, 0)
		v := h.motion()
		v.Kind, v.Method, v.Seats = Election, "plurality", 1
		var names []string
		for i := range 20 {
			names = append(names, fmt.Sprintf("Kandidat %02d", i))
		}
		v = h.opened(v, names...)
		key := lookInto(t, db).rows["fleeting_urn_keys"][0][len(v.ID):]
		key = strings.TrimSpace(key)
		var receipts []string
		for i := range 20 {
			no := 1 + (i*7)%24 // not the order of the list
			h.after(time.Minute)
			bookBefore := len(lookInto(t, db).rows["audit_lines"])
			receipts = append(receipts, h.must(h.way(v, no), 1+i)[0])
			l := lookInto(t, db)
			if in := l.holds(receipts[i]); len(in) > 0 {
				t.Fatalf("the receipt stands in %v while the vote is open", in)
			}
			if n := len(l.rows["audit_lines"]); n != bookBefore {
				t.Fatal("the book has a line of a cast")
			}
		}
		during := lookInto(t, db)
		if n := len(during.rows["vote_marks"]); n != 1 {
			t.Errorf("marks lie in %d rows", n)
		}
		for table, rows := range during.wrote {
			if strings.HasPrefix(table, "vote") && table != "vote_marks" && table != "vote_urns" && table != "votes" {
				for row, xmin := range rows {
					if xmin != "" && xmin == during.wrote["vote_marks"][during.rows["vote_marks"][0]] {
						t.Errorf("%s %q was written with the last mark", table, row)
					}
				}
			}
		}
		h.closed(v)
		after := lookInto(t, db)
		attackOrder(t, after, receipts)
		attackWriters(t, db, after)
		attackWords(t, after, receipts, key)
		if strings.Contains(log.String(), receipts[0]) || strings.Contains(log.String(), "cast") {
			t.Errorf("the log tells of casts: %s", log.String())
		}
		if db.Kind == store.SQLite {
			attackFile(t, db, key)
		}
	}, steps...)
}

// attackOrder: ballots lie in the order of their receipts, which has nothing to do
// with the order in which they were cast.
func attackOrder(t *testing.T, l look, receipts []string) {
	t.Helper()
	var lie []string
	for _, row := range l.rows["vote_ballots"] {
		i := slices.IndexFunc(receipts, func(r string) bool { return strings.Contains(row, r) })
		if i < 0 {
			t.Fatalf("a ballot nobody cast: %s", row)
		}
		lie = append(lie, receipts[i])
	}
	if len(lie) != len(receipts) || !slices.IsSorted(lie) {
		t.Errorf("ballots do not lie in the order of their receipts: %v", lie)
	}
}

// attackWriters: one transaction, that of the closing, wrote all ballots and the
// marks; nothing else is left that knows one cast from another.
func attackWriters(t *testing.T, db *store.DB, l look) {
	t.Helper()
	if db.Kind != store.Postgres {
		return
	}
	writers := map[string]bool{}
	for _, table := range []string{"vote_ballots", "vote_marks", "vote_electors"} {
		for _, xmin := range l.wrote[table] {
			writers[xmin] = true
		}
	}
	if len(writers) != 1 {
		t.Errorf("marks, electors and ballots were written by %d transactions", len(writers))
	}
}

// attackWords: no receipt stands anywhere but on its ballot, and neither key, cells,
// links nor times of a cast are left.
func attackWords(t *testing.T, l look, receipts []string, key string) {
	t.Helper()
	for _, r := range receipts {
		if in := l.holds(r); !slices.Equal(in, []string{"vote_ballots"}) {
			t.Errorf("receipt %s stands in %v", r, in)
		}
	}
	for _, table := range []string{"vote_urns", "vote_keys", "fleeting_urn_keys"} {
		if n := len(l.rows[table]); n > 0 {
			t.Errorf("%s still has %d rows", table, n)
		}
	}
	if in := l.holds(key); len(in) > 0 {
		t.Errorf("the key of the urn stands in %v", in)
	}
	for table, rows := range l.rows {
		for _, row := range rows {
			for minute := 1; minute <= 19; minute++ { // the twentieth is that of the closing
				if at := fmt.Sprintf("T10:%02d:", minute); strings.Contains(row, at) {
					t.Errorf("%s has a time at which somebody voted: %s", table, row)
				}
			}
		}
	}
}

// attackFile: the file of SQLite and its journal have no key.
func attackFile(t *testing.T, db *store.DB, key string) {
	t.Helper()
	var path string
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		return tx.QueryRowContext(t.Context(), `SELECT file FROM pragma_database_list WHERE name = 'main'`).Scan(&path)
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{path, path + "-wal"} {
		raw, err := os.ReadFile(filepath.Clean(name))
		if err == nil && bytes.Contains(raw, []byte(key)) {
			t.Errorf("%s has the key of the urn", name)
		}
	}
}

// Two backups around one ballot differ in the marks and in one sealed cell, which
// neither of them can open; a house restored from one of them cannot either, says
// so, and the vote has to be repeated.
func TestSecrecy_backups(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 12, 0)
		v := h.opened(h.motion())
		for no := 1; no <= 4; no++ {
			h.must(h.way(v, no), 1)
		}
		first := lookInto(t, db)
		receipt := h.must(h.way(v, 5), 2)[0]
		second := lookInto(t, db)
		for table, rows := range second.rows {
			n := 0
			for i, row := range rows {
				if !slices.Contains(first.rows[table], row) {
					if n++; len(row) != len(first.rows[table][i]) || strings.Contains(row, receipt) {
						t.Errorf("%s has grown or tells: %s", table, row)
					}
				}
			}
			if want := map[string]int{"vote_marks": 1, "vote_urns": 1}[table]; n != want || len(rows) != len(first.rows[table]) {
				t.Errorf("%s differs in %d rows, and has %d after %d", table, n, len(rows), len(first.rows[table]))
			}
		}
		files, err := blob.NewDisk(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		var whole bytes.Buffer
		if _, err := backup.Write(t.Context(), backup.House{DB: db, Files: files, Steps: steps}, &whole); err != nil {
			t.Fatal(err)
		}
		other := storetest.SQLite(t)
		if _, _, err := backup.Restore(t.Context(), backup.House{DB: other, Files: files, Steps: steps}, &whole); err != nil {
			t.Fatal(err)
		}
		moved := meet(t, other, 0, 0)
		if n := len(lookInto(t, other).rows["fleeting_urn_keys"]); n != 0 {
			t.Error("the backup has the key of the urn")
		}
		w, err := moved.Vote(t.Context(), clerk, v.ID)
		if err != nil || !w.Broken {
			t.Error("nobody says that the urn cannot be opened", err)
		}
		_, err = moved.cast(moved.way(v, 7), 1)
		refused(t, err, "ballots.restored")
		if v, err = moved.Close(t.Context(), clerk, v.ID); err != nil || v.Void != Restored {
			t.Error(v.Void, err)
		}
	}, steps...)
}

// What no key has sealed is not opened, whatever it is; what is no code has no token.
func FuzzOpenCell(f *testing.F) {
	k := newUrnKey()
	sealed, err := k.seal("v/0", []leaf{{Receipt: "r", Marks: []int{1}}}, 3)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sealed)
	f.Add("")
	f.Add("AAAA")
	f.Fuzz(func(t *testing.T, text string) {
		if got, err := k.open("v/1", text); err == nil {
			t.Errorf("%q is opened in another place: %v", text, got)
		}
		if token := ReadCode(text); token != "" && len(token) != tokenLetters {
			t.Errorf("the token of %q is %q", text, token)
		}
	})
}

// The key of a vote that is over is not in the files of the database either while
// another vote, whose key lies beside it, goes on.
func TestSecrecy_keyBesideAnother(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 12, 0)
		h.opened(h.motion())
		v := h.opened(h.motion())
		key := ""
		for _, row := range lookInto(t, db).rows["fleeting_urn_keys"] {
			if rest, ok := strings.CutPrefix(row, string(v.ID)); ok {
				key = strings.TrimSpace(rest)
			}
		}
		for no := 1; no <= 4; no++ {
			h.must(h.way(v, no), 1)
		}
		h.closed(v)
		if n := len(lookInto(t, db).rows["fleeting_urn_keys"]); n != 1 || len(key) != 64 {
			t.Fatal(n, key)
		}
		if db.Kind == store.SQLite {
			attackFile(t, db, key)
			return
		}
		err := db.Read(t.Context(), func(tx *store.Tx) error {
			if _, err := tx.ExecContext(t.Context(), `CHECKPOINT`); err != nil {
				return err
			}
			at := 0
			err := tx.QueryRowContext(t.Context(), `SELECT position(convert_to($1, 'UTF8') IN pg_read_binary_file(pg_relation_filepath('fleeting_urn_keys')))`, key).Scan(&at)
			if at > 0 {
				t.Error("the file of PostgreSQL has the key of the urn")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}, steps...)
}

// One who votes for all by proxies, and one of a weight among few, would be told by
// the result: their ballots are destroyed.
func TestSecrecy_fewHands(t *testing.T) {
	h := meet(t, storetest.SQLite(t, steps...), 6, 5)
	v := h.motion()
	v.ProxyLimit = 10
	v, err := h.Prepare(t.Context(), clerk, v)
	if err != nil {
		t.Fatal(err)
	}
	for from := 1; from < 11; from++ {
		if err := h.Entrust(t.Context(), clerk, v.ID, Proxy{From: h.ids[from], To: h.ids[0]}); err != nil {
			t.Fatal(err)
		}
	}
	_, err = h.Desk.Open(t.Context(), clerk, v.ID, true)
	refused(t, err, "ballots.secret.few")
	for from := 8; from < 11; from++ {
		if err := h.Revoke(t.Context(), clerk, v.ID, h.ids[from]); err != nil {
			t.Fatal(err)
		}
	}
	if v, err = h.Desk.Open(t.Context(), clerk, v.ID, true); err != nil {
		t.Fatal(err)
	}
	for no := 1; no <= 5; no++ {
		h.must(h.way(v, no), 1)
	}
	if v, err = h.Close(t.Context(), clerk, v.ID); err != nil || v.Void != TooFew {
		t.Error("five ballots of one person were told", v.Void, err)
	}
	v = h.motion()
	v.Weights = Weights{Organisation: 3, Person: 1}
	if v, err = h.Prepare(t.Context(), clerk, v); err != nil {
		t.Fatal(err)
	}
	_, err = h.Desk.Open(t.Context(), clerk, v.ID, false)
	refused(t, err, "ballots.secret.weights.warn")
	if v, err = h.Desk.Open(t.Context(), clerk, v.ID, true); err != nil {
		t.Fatal(err)
	}
	for no, mark := range map[int]int{1: 2, 2: 2, 3: 2, 7: 1} { // 3 for, 3 against: all by the one of weight three
		h.must(h.way(v, no), mark)
	}
	if v, err = h.Close(t.Context(), clerk, v.ID); err != nil || v.Void != TooFew {
		t.Error("the ballot of the only one of weight three was told", v.Void, err)
	}
}

// What broke off between the closing and the scouring is made good by the next turn.
func TestSecrecy_scouredLater(t *testing.T) {
	h := meet(t, storetest.SQLite(t, steps...), 12, 0)
	v := h.opened(h.motion())
	err := h.db.Write(t.Context(), func(tx *store.Tx) error { return breakUrn(t.Context(), tx, v.ID, newMarks(12)) })
	if err != nil {
		t.Fatal(err)
	}
	if rows := lookInto(t, h.db).rows["fleeting_urn_keys"]; len(rows) != 1 || !strings.Contains(rows[0], deadKey) {
		t.Fatal(rows)
	}
	if err := h.turn(t.Context(), jobs.Run{}); err != nil {
		t.Fatal(err)
	}
	if rows := lookInto(t, h.db).rows["fleeting_urn_keys"]; len(rows) != 0 {
		t.Error(rows)
	}
}

// Two entries of the register that become one are one in a vote that is prepared.
func TestVote_merge(t *testing.T) {
	v := Vote{
		Audience: Audience{Names: []Invited{{Member: "a"}, {Name: "Gost"}, {Member: "b"}, {Name: "Gostja"}}},
		Proxies:  []Proxy{{From: "a", To: "b"}, {From: "a", To: "c"}, {From: "d", To: "a"}},
	}
	v.merge("a", "b")
	if n := v.Audience.Names; len(n) != 3 || n[0].Member != "b" || len(v.Proxies) != 2 || v.Proxies[0].From != "b" || v.Proxies[1].To != "b" {
		t.Errorf("%+v", v)
	}
}
