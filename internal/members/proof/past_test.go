package proof

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// at is the house on a day, in the morning.
func (h house) at(day civil.Date) {
	h.db.At(func() time.Time { return day.Start(time.UTC).Add(9 * time.Hour) })
}

func (h house) lines(e Extract) []Line {
	h.t.Helper()
	var said wire
	if err := json.Unmarshal([]byte(h.read(e, "json")), &said); err != nil {
		h.t.Fatal(err)
	}
	return said.Members
}

// must is nil, or the reason why the register would not.
func (h house) may(err error) {
	h.t.Helper()
	if err != nil && fault.Of(err) == nil {
		h.t.Fatal(err)
	}
}

// The extract of a day says the same whenever it is made: what happens after the day,
// whatever it is, changes nothing in it.
func TestExtract_past(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		rnd := rand.New(rand.NewPCG(3, 22))
		ctx, on := t.Context(), civil.On(2026, 3, 27)
		h.at(civil.On(2026, 1, 5))
		full, err := h.Members.PutCategory(ctx, office, members.Category{Name: "redni član", Votes: true})
		h.may(err)
		other, err := h.Members.PutCategory(ctx, office, members.Category{Name: "podporni član"})
		h.may(err)
		var ids []members.ID
		var numbers []members.Registration
		var agents []members.Agent
		for i := range 24 {
			kind := members.Kinds()[i%2]
			id := h.member(kind, fmt.Sprintf("Član %02d", i), "2020-01-01", "", fmt.Sprintf("UO-%d", i))
			ids = append(ids, id)
			_, err := h.Members.Categorise(ctx, office, id, full.ID, civil.On(2020, 1, 1))
			h.may(err)
			r, err := h.Members.PutRegistration(ctx, office, members.Registration{Member: id, In: record.Associations, Number: fmt.Sprint("UE ", i), Since: civil.On(2004, 1, 1), Proof: "extract", ProofDay: civil.On(2026, 1, 4)}, nil, "")
			h.may(err)
			numbers = append(numbers, r)
			if kind == members.Organisation && i > 2 {
				a, err := h.Members.AddAgent(ctx, office, members.Agent{Member: id, Person: ids[1], Since: civil.On(2021, 1, 1)})
				h.may(err)
				agents = append(agents, a)
			}
		}
		h.at(on)
		first := h.issue(Extract{On: on})
		want := h.lines(first)

		for day := on.AddDays(1); day.Before(today); day = day.AddDays(1 + rnd.IntN(3)) {
			h.at(day)
			id := ids[rnd.IntN(len(ids))]
			m, err := h.Members.Member(ctx, office, id)
			if err != nil {
				t.Fatal(err)
			}
			switch rnd.IntN(9) {
			case 0:
				m.Name, m.From = fmt.Sprintf("Novo ime %d", rnd.IntN(1000)), day
				_, err = h.Members.Save(ctx, office, m)
			case 1:
				m.Place, m.Interest = fmt.Sprint("Kraj ", rnd.IntN(9)), record.Interest{Since: day, Decision: fmt.Sprint(rnd.IntN(99))}
				_, err = h.Members.Save(ctx, office, m)
			case 2:
				_, err = h.Members.Categorise(ctx, office, id, []members.CategoryID{full.ID, other.ID}[rnd.IntN(2)], day)
			case 3:
				deeds := slices.DeleteFunc(m.Deeds(), func(d members.Deed) bool { return d == members.Apply })
				if len(deeds) > 0 {
					_, err = h.Members.Take(ctx, office, id, members.Step{Do: deeds[rnd.IntN(len(deeds))], Day: day, Reason: "razlog", Decision: "UO-x"})
				}
			case 4:
				r := numbers[rnd.IntN(len(numbers))]
				r.Proof, r.ProofDay = "decision", day
				r, err = h.Members.PutRegistration(ctx, office, r, nil, "")
				h.may(err)
				r.Until = day.AddDays(1)
				_, err = h.Members.PutRegistration(ctx, office, r, nil, "")
			case 5:
				_, err = h.Members.PutRegistration(ctx, office, members.Registration{Member: id, In: record.Elsewhere, Number: fmt.Sprint(rnd.IntN(99)), Since: day}, nil, "")
			case 6:
				a := agents[rnd.IntN(len(agents))]
				_, err = h.Members.EndAgent(ctx, office, a.ID, day)
				h.may(err)
				_, err = h.Members.AddAgent(ctx, office, members.Agent{Member: a.Member, Name: "Nova Oseba", Since: day})
			case 7:
				h.member(members.Person, fmt.Sprint("Aa ", day), day.String(), "", "UO-n")
			case 8:
				_, err = h.Members.PutCategory(ctx, office, members.Category{ID: full.ID, Name: fmt.Sprint("članica ", rnd.IntN(999)), Votes: true})
			}
			h.may(err)
		}
		h.at(today)
		again := h.issue(Extract{On: on})
		got := h.lines(again)
		if first.Organisations != again.Organisations || first.Persons != again.Persons || first.Proven != again.Proven || len(got) != len(want) {
			t.Errorf("then %+v, now %+v", first, again)
		}
		for i := range min(len(got), len(want)) {
			if !reflect.DeepEqual(got[i], want[i]) {
				t.Errorf("line %d was\n%+v and is\n%+v", i+1, want[i], got[i])
			}
		}
		if now := h.lines(h.issue(Extract{On: today})); reflect.DeepEqual(now, want) {
			t.Error("nothing has changed since: the test proves nothing")
		}
	})
}

// What was entered after the day about the day is in the extract, with the day on
// which it was entered.
func TestExtract_recorded(t *testing.T) {
	each(t, func(t *testing.T, h house) {
		ctx, on := t.Context(), civil.On(2026, 3, 27)
		h.at(civil.On(2026, 1, 5))
		old := h.member(members.Organisation, "Bunker", "2004-05-01", "", "UO-3/2004")
		h.at(civil.On(2026, 6, 1))
		h.member(members.Person, "Benko, Taja", "2026-02-01", "", "UO-1/2026")
		_, err := h.Members.PutRegistration(ctx, office, members.Registration{Member: old, In: record.Associations, Number: "12", Since: civil.On(2004, 1, 1), Proof: "extract", ProofDay: civil.On(2026, 3, 1)}, nil, "")
		h.may(err)
		h.at(today)
		got := h.lines(h.issue(Extract{On: on}))
		if len(got) != 2 || got[0].Recorded != civil.On(2026, 6, 1) || !got[1].Recorded.IsZero() || got[1].Papers[1].Recorded != civil.On(2026, 6, 1) {
			t.Errorf("%+v", got)
		}
	})
}

// A registration proves from the day of its proof on, while it lasts.
func TestRegistrationsOn(t *testing.T) {
	since, proof, last := civil.On(2026, 1, 1), civil.On(2026, 3, 1), civil.On(2026, 9, 1)
	one := members.Registration{ID: "1", Number: "12", Since: since, Until: last, Proof: "extract", ProofDay: proof}
	later := one
	later.Proof, later.ProofDay = "decision", civil.On(2026, 7, 1)
	was := one
	was.ID, was.Now, was.Replaced = "2", "1", later.ProofDay
	for name, tt := range map[string]struct {
		all   []members.Registration
		on    civil.Date
		proof record.Proof
		none  bool
	}{
		"before it was entered":  {[]members.Registration{one}, since.AddDays(-1), "", true},
		"before the proof":       {[]members.Registration{one}, proof.AddDays(-1), "", false},
		"on its day":             {[]members.Registration{one}, proof, "extract", false},
		"on the last day":        {[]members.Registration{one}, last.AddDays(-1), "extract", false},
		"after it":               {[]members.Registration{one}, last, "", true},
		"before the newer proof": {[]members.Registration{later, was}, later.ProofDay.AddDays(-1), "extract", false},
		"with the newer proof":   {[]members.Registration{was, later}, later.ProofDay, "decision", false},
		"of no day":              {[]members.Registration{{ID: "3", Number: "1"}}, since, "", false},
		"proof alone, before it": {[]members.Registration{{ID: "3", Proof: "copy", ProofDay: proof}}, proof.AddDays(-1), "", true},
	} {
		got := registrationsOn(tt.all, tt.on)
		if (len(got) == 0) != tt.none || len(got) > 1 || len(got) == 1 && got[0].Proof != tt.proof {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
