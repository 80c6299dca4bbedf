package proof

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/asociacija/asociacija/country/si"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/intake"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	office = auth.Actor{User: "u1", Name: "Neža Škrbec", Roles: auth.Office}
	board  = auth.Actor{User: "u2", Name: "Ivo Tratar", Roles: auth.Board}
	today  = civil.On(2026, 11, 22)
)

type house struct {
	*Desk
	t testing.TB
}

func open(t testing.TB, db *store.DB) house {
	t.Helper()
	db.At(func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) })
	words, err := i18n.Load(Words(), membersweb.Words())
	if err != nil {
		t.Fatal(err)
	}
	files, err := blob.NewDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	pack, err := si.Pack()
	if err != nil {
		t.Fatal(err)
	}
	return house{New(db, Parts{
		Members: members.New(db), Jobs: jobs.New(db, nil), Files: files, Words: words, Rules: pack.Representation, Zone: time.UTC, URL: "https://mnk.example",
		Issuer: func(context.Context) Issuer {
			return Issuer{Name: "Mreža neodvisne kulture", Address: "Tesarska 9, 1000 Ljubljana"}
		},
	}), t}
}

func each(t *testing.T, f func(*testing.T, house)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(t, open(t, db)) }, members.Steps(), intake.Steps(), audit.Steps(), jobs.Steps(), Steps())
}

// member is one who joined on the day, by a decision if it is not empty, and left
// after the last day if that is one.
func (h house) member(kind members.Kind, name, from, last, decision string) members.ID {
	h.t.Helper()
	day := func(s string) civil.Date {
		d, err := civil.Parse(s)
		if err != nil {
			h.t.Fatal(err)
		}
		return d
	}
	m, err := h.Members.Add(h.t.Context(), office, members.Member{Kind: kind, Name: name, Standing: members.Applied})
	if err == nil {
		_, err = h.Members.Redate(h.t.Context(), office, m.ID, day("2000-01-01"))
	}
	if err == nil {
		_, err = h.Members.Take(h.t.Context(), office, m.ID, members.Step{Do: members.Admit, Day: day(from), Decision: decision})
	}
	if err == nil && last != "" {
		_, err = h.Members.Leave(h.t.Context(), office, m.ID, day(last))
	}
	if err != nil {
		h.t.Fatal(name, err)
	}
	return m.ID
}

func (h house) issue(e Extract) Extract {
	h.t.Helper()
	e, err := h.Ask(h.t.Context(), office, e)
	if err == nil {
		err = h.Jobs.Drain(h.t.Context())
	}
	if err == nil {
		e, err = h.Extract(h.t.Context(), office, e.ID)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return e
}

func (h house) read(e Extract, format string) string {
	h.t.Helper()
	_, f, err := h.File(h.t.Context(), office, e.ID, format)
	if err != nil {
		h.t.Fatal(err)
	}
	defer f.Close()
	whole, err := io.ReadAll(f)
	if err != nil {
		h.t.Fatal(err)
	}
	return string(whole)
}

// An extract has those who were members on its day, whatever became of them since.
func TestExtract(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.member(members.Organisation, "Bunker", "2004-05-01", "", "UO-3/2004")
		h.member(members.Organisation, "Kino Lom", "2014-01-01", "2026-03-31", "")
		h.member(members.Person, "Žagar, Urh", "2026-04-01", "", "UO-2/2026")

		then, now := h.issue(Extract{On: civil.On(2026, 3, 27), Purpose: "volitve"}), h.issue(Extract{On: today})

		if then.ID != "2026-000001" || then.State != Ready || then.Organisations != 2 || then.Persons != 0 || then.Proven != 1 {
			t.Errorf("in March: %+v", then)
		}
		if now.ID != "2026-000002" || now.Organisations != 1 || now.Persons != 1 || now.Proven != 2 || now.Before != then.Hash() {
			t.Errorf("today: %+v", now)
		}
		var said struct {
			Number  string
			Members []Line
		}
		if err := json.Unmarshal([]byte(h.read(then, "json")), &said); err != nil || said.Number != "1/2026" || len(said.Members) != 2 || said.Members[0].Name != "Bunker" || said.Members[0].Papers[0].Number != "UO-3/2004" {
			t.Errorf("%+v, %v", said, err)
		}
		if csv := h.read(then, "csv"); !strings.Contains(csv, "Kino Lom") || strings.Contains(csv, "Žagar") {
			t.Error(csv)
		}
		if pdf := h.read(then, "pdf"); !strings.HasPrefix(pdf, "%PDF-1.7") {
			t.Error("no PDF")
		}
	})
}

// What proves a member is on the extract; of a person the tax number is not.
func TestExtract_papers(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		org, person := h.member(members.Organisation, "Bunker", "2004-05-01", "", ""), h.member(members.Person, "Benko, Taja", "2019-02-01", "", "")
		for _, r := range []members.Registration{
			{Member: org, In: record.Associations, Number: "UE 12/2004", Proof: "extract", ProofDay: civil.On(2026, 2, 3)},
			{Member: person, In: record.Tax, Number: "12345679", Proof: "copy", ProofDay: civil.On(2026, 2, 3)},
		} {
			if _, err := h.Members.PutRegistration(t.Context(), office, r, nil, ""); err != nil {
				t.Fatal(err)
			}
		}
		e := h.issue(Extract{On: today})
		csv := strings.ReplaceAll(h.read(e, "csv"), "\u00a0", " ")
		if e.Proven != 1 || !strings.Contains(csv, "UE 12/2004 (izpisek iz registra 3. 2. 2026)") || strings.Contains(csv, "12345679") {
			t.Errorf("%d proven\n%s", e.Proven, csv)
		}
	})
}

// Whoever has the file or its code can check it, and learns no names.
func TestChecked(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		id := h.member(members.Person, "Benko, Taja", "2019-02-01", "", "UO-1/2019")
		e := h.issue(Extract{On: today, Member: id})
		pdf := h.read(e, "pdf")

		got, err := h.Checked(t.Context(), " "+strings.ToUpper(e.Token)+" ")
		if err != nil || got.ID != e.ID || got.Member != "" || got.ByName != "" {
			t.Errorf("by its code: %+v, %v", got, err)
		}
		got, format, err := h.CheckedFile(t.Context(), reading(t, pdf))
		if err != nil || got.ID != e.ID || format != "pdf" || got.Member != "" {
			t.Errorf("by its file: %+v, %s, %v", got, format, err)
		}
		for _, format := range Formats() {
			whole := h.read(e, format)
			got, is, err := h.CheckedFile(t.Context(), reading(t, whole))
			if err != nil || is != format || got.ID != e.ID {
				t.Errorf("%s: %+v is %q, %v", format, got, is, err)
			}
			got, is, err = h.CheckedFile(t.Context(), reading(t, whole+" "))
			if err != nil || is != "" || got.ID != e.ID {
				t.Errorf("%s, altered: %+v is %q, %v", format, got, is, err)
			}
		}
		_, _, err = h.CheckedFile(t.Context(), reading(t, "something else"))
		wantFault(t, err, "proof.check.unknown")
		if got, err := h.Checked(t.Context(), h.URL+"/check/"+spaced(e.Token)); err != nil || got.ID != e.ID {
			t.Errorf("by the address: %+v, %v", got, err)
		}
		_, err = h.Checked(t.Context(), "nobody")
		wantFault(t, err, "proof.missing")

		if _, err := h.Withdraw(t.Context(), office, e.ID, "napačen dan"); err != nil {
			t.Fatal(err)
		}
		if got, err := h.Checked(t.Context(), e.Token); err != nil || got.State != Withdrawn || got.Reason != "napačen dan" || got.Withdrawn != today {
			t.Errorf("withdrawn: %+v, %v", got, err)
		}
		_, err = h.Withdraw(t.Context(), office, e.ID, "again")
		wantFault(t, err, "proof.withdrawn.already")
	})
}

func TestAsk_refused(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		id := h.member(members.Person, "Benko, Taja", "2019-02-01", "", "")
		for name, tt := range map[string]struct {
			by   auth.Actor
			e    Extract
			want string
		}{
			"no day":           {office, Extract{}, "proof.on.none"},
			"tomorrow":         {office, Extract{On: today.AddDays(1)}, "proof.on.later"},
			"no kind":          {office, Extract{On: today, Kind: "choir"}, "members.kind.unknown"},
			"a long purpose":   {office, Extract{On: today, Purpose: strings.Repeat("ž", 301)}, "proof.purpose.long"},
			"before they came": {office, Extract{On: civil.On(2018, 1, 1), Member: id}, "proof.member.not"},
			"the board asks":   {board, Extract{On: today}, "auth.denied"},
			"nobody asks":      {auth.Actor{}, Extract{On: today}, "auth.sign_in_first"},
			"of nobody at all": {office, Extract{On: today, Member: "x"}, "members.missing"},
		} {
			_, err := h.Ask(t.Context(), tt.by, tt.e)
			t.Run(name, func(t *testing.T) { wantFault(t, err, tt.want) })
		}
		if list, err := h.List(t.Context(), board, ""); err != nil || len(list) != 0 {
			t.Errorf("%d numbers were given, %v", len(list), err)
		}
	})
}

// A member has a certificate of their own, and of nobody else.
func TestAskOwn(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		m, err := h.Members.Add(t.Context(), office, members.Member{Kind: members.Person, Name: "Benko, Taja", Email: "taja@x.example", Standing: members.Active, Term: civil.Span{From: civil.On(2019, 2, 1)}})
		if err != nil {
			t.Fatal(err)
		}
		other := h.member(members.Organisation, "Bunker", "2004-05-01", "", "")
		taja := auth.Actor{User: "u9", Name: "Taja", Email: "Taja@x.example", Roles: auth.Member}

		e, err := h.AskOwn(t.Context(), taja, Extract{On: today, Member: m.ID, Lang: "en"})
		if err == nil {
			err = h.Jobs.Drain(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		if got, err := h.Extract(t.Context(), taja, e.ID); err != nil || got.State != Ready {
			t.Errorf("%+v, %v", got, err)
		}
		if list, err := h.Own(t.Context(), taja, m.ID); err != nil || len(list) != 1 {
			t.Errorf("%d of their own, %v", len(list), err)
		}
		_, err = h.AskOwn(t.Context(), taja, Extract{On: today, Member: other})
		wantFault(t, err, "auth.denied")
		_, err = h.AskOwn(t.Context(), taja, Extract{On: today})
		wantFault(t, err, "auth.denied")
		all := h.issue(Extract{On: today})
		_, err = h.Extract(t.Context(), taja, all.ID)
		wantFault(t, err, "auth.denied")
	})
}

// Who is erased is in no file any more; the extract can still be checked.
func TestErase(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		id := h.member(members.Person, "Benko, Taja", "2019-02-01", "2026-03-31", "")
		h.member(members.Organisation, "Bunker", "2004-05-01", "", "")
		in, orgs, later, own := h.issue(Extract{On: civil.On(2026, 3, 1)}), h.issue(Extract{On: civil.On(2026, 3, 1), Kind: members.Organisation}), h.issue(Extract{On: today}), h.issue(Extract{On: civil.On(2025, 1, 1), Member: id})

		if err := h.db.Write(t.Context(), func(tx *store.Tx) error { return h.Holder().Erase(t.Context(), tx, id) }); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			e    Extract
			gone bool
		}{{in, true}, {orgs, false}, {later, false}, {own, true}} {
			_, f, err := h.File(t.Context(), office, tt.e.ID, "csv")
			if (err != nil) != tt.gone {
				t.Errorf("%s: %v", tt.e.ID, err)
			}
			if f != nil {
				f.Close()
			}
			if _, err := h.Files.Open(t.Context(), tt.e.Hash()); (err != nil) != tt.gone {
				t.Errorf("%s in the store: %v", tt.e.ID, err)
			}
			if got, err := h.Checked(t.Context(), tt.e.Token); err != nil || got.Hash() != tt.e.Hash() {
				t.Errorf("%s cannot be checked: %v", tt.e.ID, err)
			}
		}
	})
}

func reading(t testing.TB, file string) Reading {
	r, err := Read(iotest.OneByteReader(strings.NewReader(file)))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(file))
	if r.Hash != hex.EncodeToString(sum[:]) || r.Size != int64(len(file)) {
		t.Fatalf("%+v is not what was read", r)
	}
	return r
}

func wantFault(t *testing.T, err error, key string) {
	t.Helper()
	f := fault.Of(err)
	if f == nil {
		t.Errorf("got %v, want the fault %s", err, key)
		return
	}
	for _, one := range f.All() {
		if one.Key == key {
			return
		}
	}
	t.Errorf("got %v, want the fault %s", err, key)
}

// BenchmarkExtract issues an extract of 60,000 members as one job.
func BenchmarkExtract(b *testing.B) {
	for name, db := range map[string]func(testing.TB, ...store.Steps) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			h := open(b, db(b, members.Steps(), intake.Steps(), audit.Steps(), jobs.Steps(), Steps()))
			h.fill(62_000)
			for b.Loop() {
				if e := h.issue(Extract{On: today}); e.All() != 62_000 {
					b.Fatalf("%d members", e.All())
				}
			}
		})
	}
}

// fill imports n members, of whom one in 31 is an organisation.
func (h house) fill(n int) {
	h.t.Helper()
	var file strings.Builder
	file.WriteString("naziv;vrsta;kraj;status;clan od;register društev\n")
	for i := range n {
		kind, number := "fizična oseba", ""
		if i%31 == 0 {
			kind, number = "društvo", fmt.Sprint(10_000+i)
		}
		fmt.Fprintf(&file, "Član Številka %d;%s;Ljubljana;clan;1. 1. %d;%s\n", i, kind, 2004+i%20, number)
	}
	in := intake.New(h.db, h.Members)
	i, err := in.Upload(h.t.Context(), office, "x.csv", []byte(file.String()))
	if err != nil {
		h.t.Fatal(err)
	}
	p, err := in.Preview(h.t.Context(), office, i.ID, today)
	if err == nil {
		_, err = in.Commit(h.t.Context(), office, i.ID, p.Seen, today)
	}
	if err != nil {
		h.t.Fatal(err)
	}
}
