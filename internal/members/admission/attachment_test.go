package admission

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// numbers are the registrations of a member in short, by their registries.
func (r *room) numbers(id members.ID) string {
	r.t.Helper()
	list, err := r.Members.Registrations(r.t.Context(), office, id)
	r.must(err)
	var said []string
	for _, one := range list {
		said = append(said, fmt.Sprintf("%s %s %s %s %s; ", one.In, one.Number, one.Proof, one.ProofDay, one.File.Name))
	}
	slices.Sort(said)
	return strings.Join(said, "")
}

// full is an organisation that gives all that is asked.
func full() Application {
	a := zavod()
	a.Address, a.Place, a.Region, a.Field, a.Fields, a.Speaks = "Tavčarjeva 2", "4000 Kranj", "gorenjska", "theatre", []members.Field{"dance", "music"}, []string{"sl", "hr"}
	a.Register, a.Society, a.Tax, a.Phone = "5300231", "12-34/2015", "SI 15012557", "04 123"
	return a
}

// What an applicant gave is in the register once they are admitted: numbers with their
// proofs as files, address, fields, region and languages.
func TestDesk_admitted(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		a := r.confirmed(full(), "odločba.pdf", "statut.pdf")
		a.Proof, a.ProofAs, a.ProofOn = "vpogled 20. 11.", "decision", civil.On(2026, 11, 20)
		a, err := r.Complete(t.Context(), office, a)
		r.must(err)
		if f, err := r.Application(t.Context(), board, a.ID); err != nil || len(f.Files) != 2 || f.Files[0].Name != "odločba.pdf" {
			t.Fatalf("the board sees %+v, %v", f.Files, err)
		}
		a, err = r.Decide(t.Context(), office, a.ID, Decision{Outcome: Accept, On: today, Number: "1"}, "")
		r.must(err)
		m, err := r.Members.Member(t.Context(), office, a.Member)
		r.must(err)
		if got := fmt.Sprint(m.Street, "|", m.Postcode, "|", m.Place, "|", m.Region, "|", m.Field, m.Fields, m.Languages, m.Phone); got != "Tavčarjeva 2|4000|Kranj|gorenjska|theatre[dance music] [sl hr]04 123" {
			t.Errorf("the register has %s", got)
		}
		if got, want := r.numbers(a.Member), "associations 12-34/2015   ; business 5300231 decision 2026-11-20 odločba.pdf; other 2026/1 copy 2026-11-22 statut.pdf; tax 15012557   ; "; got != want {
			t.Errorf("registrations are %s", got)
		}
		list, err := r.Members.Registrations(t.Context(), office, a.Member)
		r.must(err)
		at := slices.IndexFunc(list, func(one members.Registration) bool { return one.In == record.Business })
		file, _, err := r.Members.OpenProof(t.Context(), office, list[at].ID)
		r.must(err)
		defer file.Close()
		if whole, err := io.ReadAll(file); err != nil || string(whole) != "%PDF-1.7 odločba.pdf" {
			t.Errorf("the proof is %s, %v", whole, err)
		}
	})
}

// Who comes again keeps their entry, which now says what they say; the numbers are not
// there twice. A number of another is a clear word, and nobody is admitted.
func TestDesk_admittedAgain(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		a, err := r.Decide(t.Context(), office, r.confirmed(full(), "odločba.pdf").ID, Decision{Outcome: Accept, On: today, Number: "1"}, "")
		r.must(err)
		_, err = r.Members.Leave(t.Context(), office, a.Member, today)
		r.must(err)
		r.now = r.now.AddDate(0, 0, 2)
		again := full()
		again.Address, again.Agent = "Nova 1", "Tine Bor"
		b := r.confirmed(again)
		if _, err := r.Decide(t.Context(), office, b.ID, Decision{Outcome: Accept, On: today.AddDays(2), Number: "2"}, ""); fault.Of(err) == nil || fault.Of(err).Key != "admission.number.taken" {
			t.Errorf("the number of another: %v", err)
		}
		_, err = r.Decide(t.Context(), office, b.ID, Decision{Outcome: Accept, On: today.AddDays(2), Number: "2"}, a.Member)
		r.must(err)
		m, err := r.Members.Member(t.Context(), office, a.Member)
		if err != nil || m.Street != "Nova 1" || m.Standing != members.Active {
			t.Errorf("the register has %+v, %v", m, err)
		}
		if got, want := r.numbers(a.Member), "associations 12-34/2015   ; business 5300231 copy 2026-11-22 odločba.pdf; tax 15012557   ; "; got != want {
			t.Errorf("registrations are %s", got)
		}
		if agents, err := r.Members.Agents(t.Context(), office, a.Member); err != nil || len(agents) != 1 {
			t.Errorf("agents are %+v, %v", agents, err)
		}
	})
}

// Numbers that no registry gives are told at the form; what was taken in before is not
// lost when it is decided.
func TestDesk_numbers(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		wrong := full()
		wrong.Tax, wrong.Register = "123", "7"
		opened, err := r.Stamp(t.Context())
		r.must(err)
		f := fault.Of(r.Send(t.Context(), wrong, Trap{Stamp: opened}))
		if f == nil || len(f.All()) != 2 || f.All()[0].Field != "register" || f.All()[1].Field != "tax" {
			t.Errorf("wrong numbers: %v", f)
		}
		a := r.confirmed(full())
		r.must(r.db.Write(t.Context(), func(tx *store.Tx) error {
			old := a
			old.Tax, old.Register = "123", ""
			return putApplication(t.Context(), tx, old)
		}))
		a, err = r.Decide(t.Context(), office, a.ID, Decision{Outcome: Accept, On: today, Number: "1"}, "")
		r.must(err)
		if got := r.numbers(a.Member); got != "associations 12-34/2015   ; other 123   ; " {
			t.Errorf("registrations are %s", got)
		}
	})
}

// Files are of the kinds that prove, not too many, read by the office alone, and gone
// when nobody has them any more.
func TestDesk_files(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		opened, err := r.Stamp(t.Context())
		r.must(err)
		trap := Trap{Stamp: opened, Origin: "203.0.113.9"}
		if _, err := r.Hold(t.Context(), trap, strings.NewReader("%PDF-"), "a.pdf"); !fault.Is(err, fault.Invalid) {
			t.Errorf("at once: %v", err)
		}
		r.now = r.now.Add(60e9)
		if _, err := r.Hold(t.Context(), trap, strings.NewReader("MZ"), "a.pdf"); fault.Of(err) == nil || fault.Of(err).Field != "file" {
			t.Errorf("a program: %v", err)
		}
		held, err := r.Hold(t.Context(), trap, strings.NewReader("%PDF-1 ostane"), "a.pdf")
		r.must(err)
		if list, err := r.Held(t.Context(), held.ID, "nothing"); err != nil || len(list) != 1 || list[0].Name != "a.pdf" {
			t.Errorf("held are %+v, %v", list, err)
		}
		for range mostUploads {
			_, err = r.Hold(t.Context(), trap, strings.NewReader("%PDF-1 ostane"), "a.pdf")
		}
		if !fault.Is(err, fault.Busy) {
			t.Errorf("too many: %v", err)
		}
		a := r.confirmed(taja(), "odločba.pdf")
		f, err := r.Attach(t.Context(), office, a.ID, strings.NewReader("%PDF-1 pisarna"), "izpis.pdf")
		r.must(err)
		if _, _, err := r.OpenFile(t.Context(), auth.Actor{User: "m", Roles: auth.Member}, a.ID, f.ID); !fault.Is(err, fault.Denied) {
			t.Errorf("a member opens it: %v", err)
		}
		if _, _, err := r.OpenFile(t.Context(), office, "another", f.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("of another: %v", err)
		}
		file, _, err := r.OpenFile(t.Context(), board, a.ID, f.ID)
		r.must(err)
		r.must(file.Close())
		_, err = r.Enclose(t.Context(), r.token("taja@benko.example"), strings.NewReader("%PDF-1"), "x.pdf")
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("enclosed unasked: %v", err)
		}
		a, err = r.Decide(t.Context(), office, a.ID, Decision{Outcome: More, On: today, Reasons: "Življenjepis."}, "")
		r.must(err)
		_, err = r.Enclose(t.Context(), r.token("taja@benko.example"), strings.NewReader("%PDF-1"), "življenjepis.pdf")
		r.must(err)
		_, err = r.Withdraw(t.Context(), r.token("taja@benko.example"))
		r.must(err)
		r.now = r.now.AddDate(0, 0, 3)
		_, err = r.BlankOld(t.Context(), office, r.now)
		r.must(err)
		r.must(r.db.Write(t.Context(), func(tx *store.Tx) error {
			gone, err := stale(t.Context(), tx, tx.Now.AddDate(0, 0, -1))
			if err != nil {
				return err
			}
			return r.forget(t.Context(), tx, gone)
		}))
		r.must(r.Jobs.Drain(t.Context()))
		for _, hash := range []string{f.Hash, held.Hash} {
			if _, err := r.Members.Files.Open(t.Context(), hash); !fault.Is(err, fault.Missing) {
				t.Errorf("a file is still there: %v", err)
			}
		}
	})
}

// When an applicant who became a member is erased, their files go too.
func TestDesk_filesErased(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		a, err := r.Decide(t.Context(), office, r.confirmed(full(), "odločba.pdf").ID, Decision{Outcome: Accept, On: today, Number: "1"}, "")
		r.must(err)
		f, err := r.Application(t.Context(), office, a.ID)
		r.must(err)
		_, err = r.Members.Leave(t.Context(), office, a.Member, today)
		r.must(err)
		r.Members.Join(r.Holder())
		r.must(r.db.Write(t.Context(), func(tx *store.Tx) error {
			_, err := r.Members.EraseIn(t.Context(), tx, office, a.Member)
			return err
		}))
		r.must(r.Jobs.Drain(t.Context()))
		if _, err := r.Members.Files.Open(t.Context(), f.Files[0].Hash); !fault.Is(err, fault.Missing) {
			t.Errorf("the file is still there: %v", err)
		}
	})
}
