package proof

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/representation"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/record"
)

// Professionals with proof give one elector and one more for each full hundred; who
// has none does not count, and is named with the reason.
func TestElect(t *testing.T) {
	on := civil.On(2026, 3, 27)
	for proven, want := range map[int]string{0: "1 + 0 = 1", 93: "1 + 0 = 1", 99: "1 + 0 = 1", 100: "1 + 1 = 2", 199: "1 + 1 = 2", 200: "1 + 2 = 3", 250: "1 + 2 = 3"} {
		var lines []Line
		for i := range proven + 30 {
			l := Line{No: i + 1, Name: fmt.Sprint("Član ", i), Kind: members.Person}
			if i < proven {
				l.Papers = []Paper{{Kind: "self_employed", Number: "1", On: on}}
			} else if i%3 > 0 {
				l.Papers = []Paper{{Kind: "self_employed", Number: "1", On: civil.On(2026, 3, 28).AddDays(-1 + i%3)}}
				if i%3 == 2 {
					l.Papers[0].On = civil.Date{}
				}
			}
			lines = append(lines, l)
		}
		e := Rule{Electors: representation.Electors{Fixed: 1, Per: 100}}.Elect(lines, on)
		if e.Sum() != want || e.Members != proven || len(e.Excluded) != 30 {
			t.Errorf("%d members with proof: %s, %d excluded; want %s", proven, e.Sum(), len(e.Excluded), want)
		}
		for _, x := range e.Excluded {
			want := representation.Undated
			if len(x.Papers) == 0 {
				want = representation.NoPaper
			}
			if x.Why != want {
				t.Fatalf("%s is excluded for %q, want %q", x.Name, x.Why, want)
			}
		}
	}
}

// The office adds a rule of its own, an extract is counted by it, and says so.
func TestAddRule(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx := t.Context()
		for i := range 5 {
			id := h.member(members.Person, fmt.Sprint("Oseba ", i), "2020-01-01", "", fmt.Sprint("UO-", i))
			if i < 4 {
				_, err := h.Members.PutRegistration(ctx, office, members.Registration{Member: id, In: record.SelfEmployed, Number: fmt.Sprint(i), Since: civil.On(2021, 1, 1), Proof: "decision", ProofDay: civil.On(2021, 1, 1)}, nil, "")
				h.may(err)
			}
		}
		h.member(members.Organisation, "Bunker", "2004-05-01", "", "UO-3/2004")

		_, err := h.AddRule(ctx, office, "", representation.Electors{Fixed: -1})
		for _, key := range []string{"proof.rule.name", "proof.rule.basis", "proof.rule.fixed"} {
			wantFault(t, err, key)
		}
		rule := representation.Electors{Fixed: 1, Per: 2, Basis: "Pravila, 7. člen", Kinds: []string{"person"}, Proofs: []string{"self_employed"}}
		_, err = h.AddRule(ctx, board, "delegati", rule)
		wantFault(t, err, "auth.denied")
		own, err := h.AddRule(ctx, office, " delegati  v zvezi", rule)
		if err != nil || own.Name("en") != "delegati v zvezi" {
			t.Fatal(own, err)
		}
		e := h.issue(Extract{On: today, Rule: own.Key})
		var said wire
		if err := json.Unmarshal([]byte(h.read(e, "json")), &said); err != nil || said.Electors == nil || said.Electors.Number != 3 || said.Electors.Counted != 4 || said.Electors.Basis != rule.Basis {
			t.Errorf("%+v, %v", said.Electors, err)
		}
		_, got, err := h.Electors(ctx, board, e.ID, own.Key)
		var why []string
		for _, x := range got.Excluded {
			why = append(why, x.Name+": "+string(x.Why))
		}
		if err != nil || got.Electors != 3 || strings.Join(why, ", ") != "Bunker: kind, Oseba 4: paper" {
			t.Errorf("%+v, %v, %v", got.Elected, why, err)
		}
		if err := h.DropRule(ctx, office, own.Key); err != nil {
			t.Fatal(err)
		}
		_, _, err = h.Electors(ctx, board, e.ID, own.Key)
		wantFault(t, err, "proof.rule.missing")
		_, err = h.Ask(ctx, office, Extract{On: today, Rule: own.Key})
		wantFault(t, err, "proof.rule.missing")
		wantFault(t, h.DropRule(ctx, office, "culture_and_sport"), "proof.rule.missing")
	})
}

// A new extract takes the place of a wrong one, and whoever checks that is told.
func TestAsk_replaces(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.member(members.Person, "Benko, Taja", "2019-02-01", "", "UO-1/2019")
		old := h.issue(Extract{On: today})
		now := h.issue(Extract{On: today, Kind: members.Person, Replaces: old.ID})
		got, err := h.Checked(t.Context(), old.Token)
		if err != nil || got.State != Replaced || got.Instead != now.ID || got.Withdrawn != today {
			t.Errorf("%+v, %v", got, err)
		}
		if got, err := h.Checked(t.Context(), now.Token); err != nil || got.State != Ready || got.Replaces != old.ID {
			t.Errorf("%+v, %v", got, err)
		}
		_, err = h.Ask(t.Context(), office, Extract{On: today, Replaces: old.ID})
		wantFault(t, err, "proof.replaces")
	})
}

// What an extract says of itself is checked without the house.
func TestReadJSON(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.member(members.Person, "Benko, Taja", "2019-02-01", "", "UO-1/2019")
		whole := h.read(h.issue(Extract{On: today}), "json")
		if said, err := ReadJSON([]byte(whole)); err != nil || said.Members != 1 || said.WithProof != 1 || said.Number != "1/2026" {
			t.Errorf("%+v, %v", said, err)
		}
		for name, other := range map[string][2]string{
			"a count":   {`"persons": 1`, `"persons": 2`},
			"the proof": {`"with_proof": 1`, `"with_proof": 0`},
			"a name":    {`"Benko, Taja"`, `""`},
			"a kind":    {`"kind": "person"`, `"kind": "choir"`},
			"a format":  {`extract 1`, `extract 9`},
			"no JSON":   {`{`, `<`},
		} {
			if _, err := ReadJSON([]byte(strings.Replace(whole, other[0], other[1], 1))); err == nil {
				t.Errorf("%s was changed, and nothing is wrong", name)
			}
		}
	})
}

// A name that a spreadsheet would compute is written as text.
func TestCSV_formula(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		h.member(members.Organisation, `=HYPERLINK("http://x.example")`, "2019-02-01", "", "+1")
		if csv := h.read(h.issue(Extract{On: today}), "csv"); !strings.Contains(csv, `'=HYPERLINK`) {
			t.Error(csv)
		}
	})
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("https://mnk.example/check/23456789abcdefghjkmn\""))
	f.Fuzz(func(t *testing.T, file []byte) {
		r := reading(t, string(file))
		if want := code.FindSubmatch(file); (want == nil) != (r.Code == "") && len(file) < 60 {
			t.Errorf("%q names %q", file, r.Code)
		}
		_, _ = ReadJSON(file)
	})
}
