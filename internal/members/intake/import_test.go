package intake

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	registry "github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	clerk = auth.Actor{User: "u1", Name: "Neža Škrbec", Email: "neza@mnk.example", Roles: auth.Office}
	may   = civil.On(2026, 5, 1)
	today = civil.On(2026, 11, 22)
	steps = []store.Steps{members.Steps(), Steps(), audit.Steps(), jobs.Steps()}
)

type register = members.Desk

// A house is the register and where spreadsheets come into it.
type house struct {
	*register
	*Desk
}

func open(t testing.TB, db *store.DB) *house {
	t.Helper()
	m := members.New(db)
	return &house{m, New(db, m)}
}

// each runs f with an empty register on both databases.
func each(t *testing.T, f func(t *testing.T, d *house)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(t, open(t, db)) }, steps...)
}

// add writes "o Bunker; Ljubljana; theatre; info@bunker.example" into the register: o
// or p for the kind; name, place, field, e-mail.
func add(t *testing.T, d *house, notation string) members.Member {
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

func TestDecode(t *testing.T) {
	want := "ime;kraj\nŠum, d. o. o.;Žalec\nĆiro;Đakovo\n"
	utf16 := func(e unicode.Endianness, b unicode.BOMPolicy) []byte {
		out, err := unicode.UTF16(e, b).NewEncoder().Bytes([]byte(want))
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	cp1250, err := charmap.Windows1250.NewEncoder().Bytes([]byte(want))
	if err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string][]byte{
		"UTF-8": []byte(want), "UTF-8 with a mark": []byte("\ufeff" + want), "Windows-1250": cp1250,
		"UTF-16 LE": utf16(unicode.LittleEndian, unicode.UseBOM), "UTF-16 BE": utf16(unicode.BigEndian, unicode.UseBOM),
		"UTF-16 LE without a mark": utf16(unicode.LittleEndian, unicode.IgnoreBOM), "decomposed": []byte(strings.ReplaceAll(want, "Š", "S\u030c")),
	} {
		if got, err := decode(raw); err != nil || got != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// Rows are written as line:cell|cell, and with a ! for one that is too long.
func TestReadSheet(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"semicolons", "ime;kraj\nA;B", "2:A|B"},
		{"commas", "ime,kraj\nA,B;C", "2:A|B;C"},
		{"tabs", "ime\tkraj\nA, B\tC", "2:A, B|C"},
		{"a comma in quotes does not count", "\"ime, a, b\";kraj\nA;B", "2:A|B"},
		{"quotes over lines", "ime;kraj\n\"A\"\"B\nC\";D\nE;F", "2:A\"B\nC|D 4:E|F"},
		{"empty lines keep their numbers", "\n\nime;kraj\n\n;\nA;B\n", "6:A|B"},
		{"short and long rows", "ime;kraj\nA\nA;B;;\nA;B;C", "2:A| 3:A|B 4!A|B"},
		{"line ends of old", "ime;kraj\rA;B\r\nC;D", "2:A|B 3:C|D"},
		{"one column", "ime\nA\nB", "2:A 3:B"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := readSheet(tt.text)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range s.Rows {
				sign := map[bool]string{false: ":", true: "!"}[r.Long]
				got = append(got, fmt.Sprintf("%d%s%s", r.Line, sign, strings.Join(r.Cells, "|")))
			}
			if all := strings.Join(got, " "); all != tt.want {
				t.Errorf("read %q, want %q", all, tt.want)
			}
		})
	}
}

// A hostile or broken file gets clear words, and the line.
func TestUpload_refuses(t *testing.T) {
	d := open(t, storetest.SQLite(t, steps...))
	for _, tt := range []struct {
		name string
		raw  []byte
		key  string
		line any
	}{
		{"nothing", nil, "members.import.empty", nil},
		{"space", []byte(" \r\n\t"), "members.import.empty", nil},
		{"a workbook", []byte("PK\x03\x04rest"), "members.import.workbook", nil},
		{"an old workbook", []byte("\xd0\xcf\x11\xe0\xa1\xb1"), "members.import.workbook", nil},
		{"NUL in a cell", []byte("ime;kraj\nA\x00;B\n"), "members.import.not_text", nil},
		{"an open quote", []byte("ime;kraj\nA;B\n\"C;D\nE;F\n"), "members.import.quote.open", 3},
		{"a bare quote", []byte("ime;kraj\nA;B\nZavod \"C\";D\n"), "members.import.quote", 3},
		{"only a head", []byte("ime;kraj\n"), "members.import.no_rows", nil},
		{"a million columns", []byte("ime;kraj\n" + strings.Repeat("x;", 1_000_000)), "members.import.columns", 2},
		{"a cell of a megabyte", []byte("ime;kraj\n" + strings.Repeat("x", 1<<20)), "members.import.cell", 2},
		{"too many rows", []byte("ime\n" + strings.Repeat("x\n", maxRows+1)), "members.import.rows", nil},
		{"too big", bytes.Repeat([]byte("ime;kraj\n"), MaxUpload/9+1), "members.import.too_big", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := d.Upload(t.Context(), clerk, "x.csv", tt.raw)
			wantFault(t, err, tt.key)
			if f := fault.Of(err); f != nil && tt.line != nil && (len(f.Args) < 2 || f.Args[1] != tt.line) {
				t.Errorf("it says %v, want line %v", f.Args, tt.line)
			}
		})
	}
}

func FuzzReadSheet(f *testing.F) {
	for _, s := range []string{"ime;kraj\nA;B", "\"", "a,b\n\"c\nd\",e", "\xff\xfei\x00m\x00e\x00\n\x00a\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, err := decode(raw)
		if err != nil {
			return
		}
		s, err := readSheet(text)
		if err != nil {
			if fault.Of(err) == nil {
				t.Fatalf("a failure of ours: %v", err)
			}
			return
		}
		for _, r := range s.Rows {
			if len(r.Cells) != len(s.Head) || r.Line < 1 {
				t.Fatalf("row %+v under %q", r, s.Head)
			}
		}
		known{}.plan(s, Mapping{guess(s.Head, nil), members.Person}, nil, today)
	})
}

func TestGuess(t *testing.T) {
	for _, tt := range []struct{ head, want string }{
		{"Ime;Priimek;E-pošta;Kraj", "given family email place"},
		{"IME;E-naslov;Občina;Področje dela", "name email place field"},
		{"Naziv organizacije;Pooblaščena oseba;E-pošta pooblaščene osebe;Član od", "name agent agent_email since"},
		{"Name;Email;City;Phone;Member since;Notes", "name email place phone since note"},
		{"Št.;Naziv;Naziv;Davčna", "- name - tax"},
		{"Zap. št.;Priimek in ime / naziv;E-mail (obvezno);Tel./GSM", "- name email phone"},
	} {
		var got []string
		for _, c := range guess(strings.Split(tt.head, ";"), nil) {
			if c == "" {
				c = "-"
			}
			got = append(got, string(c))
		}
		if all := strings.Join(got, " "); all != tt.want {
			t.Errorf("%q is guessed as %s, want %s", tt.head, all, tt.want)
		}
	}
}

// Sheets as people keep them: what stands in one cell is parted, names are put in
// the order of the register, and namesakes are for a person to tell.
func TestPlan_messy(t *testing.T) {
	const text = `Priimek in ime / naziv;Vrsta;Naslov;Pošta;E-pošta;Član od;Opombe
Dren Živa;fizična oseba;Ulica 1;2000 Maribor;ziva@x.example; ziva2@x.example;4.10.08;plačala
Društvo Most;pravna oseba;"Trg 2, SI-6000 Koper";;MOST@x.example;28. 7. 2006;
Novak Ana Marija;fizična oseba;;;ana@x.example / a2@x.example;12.5.88;
Dren Živa;fizična oseba;;2000 Maribor;druga@x.example;2001-01-05;
Dren Živa;fizična oseba;;2000 Maribor;ziva@x.example;;
Slab Naslov;fizična oseba;;;kar tako;;
`
	s, err := readSheet(strings.Replace(text, "ziva@x.example; ziva2@x.example", `"ziva@x.example; ziva2@x.example"`, 1))
	if err != nil {
		t.Fatal(err)
	}
	show := func(choices map[int]Choice) string {
		var lines []string
		for _, r := range (known{}).plan(s, Mapping{Columns: guess(s.Head, nil), Otherwise: members.Organisation}, choices, today).Rows {
			said := fmt.Sprint(r.Line, " ", r.Verdict)
			if r.Why != nil {
				said += " " + r.Why.Key
			} else {
				said += fmt.Sprintf(" %s | %s | %s %s | %s | %s | %q", r.New.Name, r.New.Street, r.New.Postcode, r.New.Place, r.New.Email, r.New.Term.From, r.New.Note)
			}
			if r.Namesake {
				said += " namesake"
			}
			lines = append(lines, said)
		}
		return strings.Join(lines, "\n")
	}
	const first = `2 add Dren, Živa | Ulica 1 | 2000 Maribor | ziva@x.example | 2008-10-04 | "plačala\nziva2@x.example"
3 add Društvo Most | Trg 2 | 6000 Koper | most@x.example | 2006-07-28 | ""
4 add Novak Ana Marija |  |   | ana@x.example | 1988-05-12 | "a2@x.example"
`
	want := first + `5 wrong members.import.twice namesake
6 wrong members.import.twice namesake
7 wrong members.email.wrong`
	if got := show(nil); got != want {
		t.Errorf("the plan is\n%s\nwant\n%s", got, want)
	}
	want = first + `5 add Dren, Živa |  | 2000 Maribor | druga@x.example | 2001-01-05 | "" namesake
6 wrong members.import.twice
7 wrong members.email.wrong`
	if got := show(map[int]Choice{5: AsNew, 6: AsNew}); got != want {
		t.Errorf("with namesakes the plan is\n%s\nwant\n%s", got, want)
	}
}

// say writes a plan as a line for each row: "2 add Name", "3 change Name place Celje→Kranj",
// "4 wrong members.import.kind".
func say(p Plan) string {
	var lines []string
	for _, r := range p.Rows {
		s := fmt.Sprintf("%d %s", r.Line, r.Verdict)
		if r.Why != nil {
			lines = append(lines, s+" "+r.Why.Key)
			continue
		}
		s += " " + r.New.Name
		for _, c := range r.Changes {
			s += " " + c.Field + " " + c.From + "→" + c.To
		}
		if r.Agent != nil {
			s += " by " + r.Agent.Name
		}
		lines = append(lines, s)
	}
	return strings.Join(lines, "\n")
}

const list = `Naziv;Vrsta;E-pošta;Kraj;Področje;Član od;Status;Pooblaščena oseba;E-pošta pooblaščene osebe
 Bunker ;zavod;INFO@bunker.example;Ljubljana;Gledališče;2005;članica;Vid Arh;vid@bunker.example
Kino Lom;društvo;;Trbovlje;filmska umetnost;1. 3. 2014;;;
"Benko, Taja";posameznica;taja@benko.example;Koper;ples;;;;
"Novak, Ana";oseba;ana2@x.example;Ljubljana;;;;;
Odmev;društvo;;Ljubljana;glasba;;;;
Odmev;društvo;;ljubljana;glasba;;;;
Narobe;krneki;;;;;;;
Narobe;zavod;brez afne;;;;;;
Narobe;zavod;;;;včeraj;;;
Narobe;oseba;;;;;;Vid;v@x.example
Bivši;zavod;;;;;izstop;;
"Žagar, Urh";oseba;taja@benko.example;;;;;;
;zavod;;Kranj;;;;;
`

func TestImport(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := open(t, db)
		for _, m := range []string{"o Bunker; Maribor; theatre; info@bunker.example", "p Benko, Taja; Koper; dance; taja@benko.example", "p Novak, Ana; Ljubljana; film; ana1@x.example", "p Žagar, Urh; Celje"} {
			add(t, d, m)
		}
		i, err := d.Upload(t.Context(), clerk, "člani.csv", []byte(list))
		if err != nil {
			t.Fatal(err)
		}
		want := `2 change Bunker place Maribor→Ljubljana by Vid Arh
3 add Kino Lom
4 same Benko, Taja
5 change Novak, Ana email ana1@x.example→ana2@x.example
6 add Odmev
7 wrong members.import.twice
8 wrong members.import.kind
9 wrong members.email.wrong
10 wrong members.import.since
11 wrong members.import.agent.person
12 wrong members.import.left
13 wrong members.import.two
14 wrong members.name.empty`
		if got := say(lookAt(t, d, i.ID).Plan); got != want {
			t.Fatalf("the plan is\n%s\nwant\n%s", got, want)
		}
		if err := d.Choose(t.Context(), clerk, i.ID, map[int]Choice{5: AsNew, 6: Skip}); err != nil {
			t.Fatal(err)
		}
		p := lookAt(t, d, i.ID)
		if got := say(p.Plan); !strings.Contains(got, "5 add Novak, Ana") || p.Writes() != 3 {
			t.Fatalf("chosen otherwise the plan is\n%s\nand writes %d", got, p.Writes())
		}
		// Somebody changes an entry that the plan is about.
		m := find(t, d, "Bunker")
		m.Phone = "01"
		if _, err := d.Save(t.Context(), clerk, m); err != nil {
			t.Fatal(err)
		}
		_, err = d.Commit(t.Context(), clerk, i.ID, p.Seen, today)
		wantFault(t, err, "members.import.changed")
		before := snapshot(t, d)
		done, err := d.Commit(t.Context(), clerk, i.ID, lookAt(t, d, i.ID).Seen, today)
		if err != nil || done.State != Done || done.Added != 2 || done.Changed != 1 || done.Passed != 10 {
			t.Fatalf("written: %+v, %v", done, err)
		}
		if m := find(t, d, "Bunker"); m.Place != "Ljubljana" || m.Agents != 1 || m.Phone != "01" || m.Term.From != may {
			t.Errorf("Bunker is %+v", m)
		}
		if m := find(t, d, "Kino Lom"); m.Term.From != civil.On(2014, 3, 1) || m.Field != "film" || m.Standing != members.Active {
			t.Errorf("Kino Lom is %+v", m)
		}
		_, err = d.Commit(t.Context(), clerk, i.ID, p.Seen, today)
		wantFault(t, err, "members.import.over")
		_, err = d.Preview(t.Context(), clerk, i.ID, today)
		wantFault(t, err, "members.import.over")
		if _, err := d.Undo(t.Context(), clerk, i.ID); err != nil {
			t.Fatal(err)
		}
		if after := snapshot(t, d); after != before {
			t.Errorf("undone it is\n%s\nand was\n%s", after, before)
		}
		_, err = d.Undo(t.Context(), clerk, i.ID)
		wantFault(t, err, "members.import.missing")
	}, steps...)
}

func lookAt(t *testing.T, d *house, id string) Preview {
	t.Helper()
	p, err := d.Preview(t.Context(), clerk, id, today)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func find(t *testing.T, d *house, name string) members.Member {
	t.Helper()
	list, err := d.List(t.Context(), clerk, members.Query{Filter: members.Filter{Text: name}})
	if err != nil || len(list) != 1 {
		t.Fatalf("%s is %v, %v", name, names(list), err)
	}
	return list[0]
}

// snapshot is the register without revisions and times.
func snapshot(t *testing.T, d *house) string {
	t.Helper()
	list, err := d.List(t.Context(), clerk, members.Query{Limit: 1_000})
	c, err2 := d.Counts(t.Context())
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	var b strings.Builder
	for _, m := range list {
		who, err := d.Answerers(t.Context(), clerk, m.ID)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&b, m.ID, m.Kind, m.Name, m.Email, m.Place, m.Field, m.Standing, m.Term, m.Phone, m.Agents, who)
	}
	fmt.Fprint(&b, c)
	return strings.ReplaceAll(b.String(), "silent:0", "")
}

// An import is not undone once one of its entries was changed, or others hold on
// to one, or another import came after it.
func TestUndo_refused(t *testing.T) {
	each(t, func(t *testing.T, d *house) {
		one := func(text string) Import {
			i, err := d.Upload(t.Context(), clerk, "x.csv", []byte("naziv;e-pošta;kraj\n"+text))
			if err == nil {
				i, err = d.Commit(t.Context(), clerk, i.ID, lookAt(t, d, i.ID).Seen, today)
			}
			if err != nil {
				t.Fatal(err)
			}
			return i
		}
		first := one("Bunker;;Ljubljana")
		second := one("Odmev;;Ljubljana")
		_, err := d.Undo(t.Context(), clerk, first.ID)
		wantFault(t, err, "members.undo.not_last")
		m, let := find(t, d, "Odmev"), true
		d.Join(members.Holder{Holds: func(_ context.Context, _ *store.Tx, id members.ID) (bool, error) { return let && id == m.ID, nil }})
		_, err = d.Undo(t.Context(), clerk, second.ID)
		wantFault(t, err, "members.undo.held")
		let = false
		if _, err := d.Leave(t.Context(), clerk, m.ID, today); err != nil {
			t.Fatal(err)
		}
		_, err = d.Undo(t.Context(), clerk, second.ID)
		wantFault(t, err, "members.undo.changed")
	})
}

// A large import is written by a job, whole, and so is its undoing.
func TestImport_job(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d, j := open(t, db), jobs.New(db, nil)
		d.Employ(j)
		i, err := d.Upload(t.Context(), clerk, "x.csv", []byte(demoCSV(mostAtOnce+1)))
		if err != nil {
			t.Fatal(err)
		}
		i, err = d.Commit(t.Context(), clerk, i.ID, lookAt(t, d, i.ID).Seen, today)
		if err != nil || i.State != Waiting || i.Job == "" {
			t.Fatalf("%+v, %v", i, err)
		}
		if err := j.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		if i, err = d.Import(t.Context(), clerk, i.ID); err != nil || i.State != Done || i.Added != mostAtOnce+1 {
			t.Fatalf("%s, %d added, %v", i.State, i.Added, err)
		}
		if c, err := d.Counts(t.Context()); err != nil || c.Here("") != mostAtOnce+1 {
			t.Errorf("%v, %v", c, err)
		}
		if _, err := d.Undo(t.Context(), clerk, i.ID); err != nil {
			t.Fatal(err)
		}
		if c, err := d.Counts(t.Context()); err != nil || c.Here("") != 0 {
			t.Errorf("undone: %v, %v", c, err)
		}
	}, steps...)
}

// A job whose plan is no longer the one agreed to writes nothing and says why.
func TestImport_job_changed(t *testing.T) {
	d := open(t, storetest.SQLite(t, steps...))
	j := jobs.New(d.Desk.db, nil)
	d.Employ(j)
	i, err := d.Upload(t.Context(), clerk, "x.csv", []byte(demoCSV(mostAtOnce+1)))
	if err == nil {
		i, err = d.Commit(t.Context(), clerk, i.ID, lookAt(t, d, i.ID).Seen, today)
	}
	if err != nil {
		t.Fatal(err)
	}
	m := demoMember(7)
	m.ID = ""
	if _, err := d.Add(t.Context(), clerk, m); err != nil {
		t.Fatal(err)
	}
	if err := j.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if i, err = d.Import(t.Context(), clerk, i.ID); err != nil || i.State != Looked || i.Wrong != "members.import.changed" {
		t.Errorf("%s, %q, %v", i.State, i.Wrong, err)
	}
	if c, err := d.Counts(t.Context()); err != nil || c.Here("") != 1 {
		t.Errorf("%v, %v", c, err)
	}
}

// An import that waits for its job can still be given up; the job then does nothing.
func TestImport_dropped(t *testing.T) {
	d := open(t, storetest.SQLite(t, steps...))
	j := jobs.New(d.Desk.db, nil)
	d.Employ(j)
	i, err := d.Upload(t.Context(), clerk, "x.csv", []byte(demoCSV(mostAtOnce+1)))
	if err == nil {
		_, err = d.Commit(t.Context(), clerk, i.ID, lookAt(t, d, i.ID).Seen, today)
	}
	if err == nil {
		err = d.Drop(t.Context(), clerk, i.ID)
	}
	if err == nil {
		err = j.Drain(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	if i, err = d.Import(t.Context(), clerk, i.ID); err != nil || i.State != Dropped || i.upload != "" {
		t.Errorf("%s, %d bytes kept, %v", i.State, len(i.upload), err)
	}
	if c, err := d.Counts(t.Context()); err != nil || c.Here("") != 0 {
		t.Errorf("%v, %v", c, err)
	}
}

// What an import adds is found in the house, and what it takes back is not.
func TestImport_index(t *testing.T) {
	db := storetest.SQLite(t, append(steps, search.Steps())...)
	d := open(t, db)
	d.Search = search.New(db)
	found := func() int {
		p, err := d.Search.Find(t.Context(), auth.Actor{Roles: auth.Member}, search.Query{Kind: "member"})
		if err != nil {
			t.Fatal(err)
		}
		return len(p.Hits)
	}
	_, err := d.Upload(t.Context(), auth.Actor{Roles: auth.Member}, "x", []byte("ime\nx"))
	wantFault(t, err, "auth.denied")
	i, err := d.Upload(t.Context(), clerk, "x.csv", []byte("naziv;kraj\nOdmev;Ljubljana\nBunker;Ljubljana"))
	if err == nil {
		_, err = d.Commit(t.Context(), clerk, i.ID, lookAt(t, d, i.ID).Seen, today)
	}
	if err != nil || found() != 2 {
		t.Fatalf("imported, the index has %d, %v", found(), err)
	}
	if _, err := d.Undo(t.Context(), clerk, i.ID); err != nil || found() != 0 {
		t.Errorf("undone, the index has %d, %v", found(), err)
	}
}

// A workbook brings the same as a sheet: numbers, tags, fields, details, whoever is
// alike for a person to judge; and what it brought is taken back whole.
func TestImport_whole(t *testing.T) {
	each(t, func(t *testing.T, d *house) {
		ctx := t.Context()
		seats, err := d.PutDetail(ctx, clerk, members.Detail{Label: "Sedežev", Form: members.Number, Seen: members.OfOffice})
		if err != nil {
			t.Fatal(err)
		}
		full, err := d.PutCategory(ctx, clerk, members.Category{Name: "redni član", Votes: true})
		if err != nil {
			t.Fatal(err)
		}
		bunker := add(t, d, "o Kulturno društvo Bunker; Ljubljana; theatre")
		if _, err := d.PutRegistration(ctx, clerk, members.Registration{Member: bunker.ID, In: registry.Tax, Number: "15012557"}, nil, ""); err != nil {
			t.Fatal(err)
		}
		add(t, d, "o Zavod Odmev; Ljubljana; music")
		add(t, d, "p Benko, Taja; Koper")
		before := snapshot(t, d)
		i, err := d.Upload(ctx, clerk, "x.xlsx", bookOf(t, strings.ReplaceAll(`Naziv;Davčna številka;Matična;Oznake;Področja;Sedežev;Kategorija;Kraj;Jeziki;Telefon;Regija
KD BUNKER Ljubljana d.o.o.;SI15012557;5300231000;Festival | Dvorana;ples / glasba;120;;Ljubljana;slovenski, hrv;00386 (0)41-234-567;Osrednjeslovenska
DRUŠTVO ODMEV;;;;;;;Ljubljana;;;
Taja Benko;;;;;;;Koper;;;
Kino Lom;;;;film;80,5;REDNI ČLAN;Trbovlje;;;zasavska
Novo;15012556;;;;;;;;;
Drugo;;;;;veliko;;;;;`, " | ", ",")))
		if err != nil {
			t.Fatal(err)
		}
		p := lookAt(t, d, i.ID)
		var got []string
		for _, r := range p.Rows {
			one := string(r.Verdict)
			if r.Why != nil {
				one += " " + r.Why.Key
			}
			for _, b := range r.Like {
				one += " " + b.Name
			}
			got = append(got, one)
		}
		want := "change\nlike Zavod Odmev\nlike Benko, Taja\nadd\nwrong members.registration.tax\nwrong members.import.value"
		if strings.Join(got, "\n") != want {
			t.Fatalf("the plan is\n%s\nwant\n%s", strings.Join(got, "\n"), want)
		}
		if err := d.Choose(ctx, clerk, i.ID, map[int]Choice{3: Choice(p.Rows[1].Like[0].ID), 4: Skip}); err != nil {
			t.Fatal(err)
		}
		p = lookAt(t, d, i.ID)
		if r := p.Rows[1]; r.Verdict != WillChange || r.New.Name != "Društvo Odmev" || p.Writes() != 3 {
			t.Fatalf("chosen: %+v, and %d writes", r, p.Writes())
		}
		if i, err = d.Commit(ctx, clerk, i.ID, p.Seen, today); err != nil || i.Added != 1 || i.Changed != 2 {
			t.Fatal(i, err)
		}
		m, err := d.Member(ctx, clerk, bunker.ID)
		if err != nil || m.Phone != "+386 41 234 567" || m.Region != "osrednja" || fmt.Sprint(m.Fields, m.Languages) != "[dance music] [sl hr]" || m.Details[seats.ID] != "120" {
			t.Errorf("written %+v, %v", m, err)
		}
		more, err := d.MoreOf(ctx, clerk, bunker.ID)
		if err != nil || len(more.Tags[bunker.ID]) != 2 || len(more.Registrations[bunker.ID]) != 2 {
			t.Errorf("and %+v, %v", more, err)
		}
		if lom := find(t, d, "Kino Lom"); lom.Category != full.ID {
			t.Errorf("Kino Lom is %+v", lom)
		}
		if _, err := d.Undo(ctx, clerk, i.ID); err != nil {
			t.Fatal(err)
		}
		m, _ = d.Member(ctx, clerk, bunker.ID)
		more, _ = d.MoreOf(ctx, clerk, bunker.ID)
		if after := snapshot(t, d); after != before || len(m.Details) != 0 || len(more.Tags[bunker.ID]) != 0 || len(more.Registrations[bunker.ID]) != 1 {
			t.Errorf("undone it is\n%s\nand was\n%s\n%v %+v", after, before, m.Details, more)
		}
	})
}

// A job that is stopped in the middle, or whose import is given up, leaves nothing;
// one whose process died goes on where it was.
func TestImport_stopped(t *testing.T) {
	each(t, func(t *testing.T, d *house) {
		ctx := t.Context()
		j := jobs.New(d.Desk.db, nil)
		d.Employ(j)
		begin := func() (Import, Preview) {
			i, err := d.Upload(ctx, clerk, "x.csv", []byte(demoCSV(mostAtOnce+1)))
			if err != nil {
				t.Fatal(err)
			}
			p := lookAt(t, d, i.ID)
			if i, err = d.Commit(ctx, clerk, i.ID, p.Seen, today); err != nil {
				t.Fatal(err)
			}
			if i, err = d.writeNext(ctx, i.ID, p.Rows); err != nil || i.done != atATime {
				t.Fatal(i.done, err)
			}
			return i, p
		}
		counts := func(want int) {
			t.Helper()
			if c, err := d.Counts(ctx); err != nil || c.Here("") != want {
				t.Fatalf("there are %d, %v; want %d", c.Here(""), err, want)
			}
		}
		i, _ := begin()
		counts(atATime)
		if err := d.Drop(ctx, clerk, i.ID); err != nil {
			t.Fatal(err)
		}
		if err := j.Drain(ctx); err != nil {
			t.Fatal(err)
		}
		counts(0)
		i, _ = begin()
		if err := j.Drain(ctx); err != nil {
			t.Fatal(err)
		}
		counts(mostAtOnce + 1)
		if i, err := d.Import(ctx, clerk, i.ID); err != nil || i.State != Done || i.Added != mostAtOnce+1 {
			t.Errorf("%+v, %v", i, err)
		}
		if _, err := d.Undo(ctx, clerk, i.ID); err != nil {
			t.Fatal(err)
		}
		counts(0)
	})
}
