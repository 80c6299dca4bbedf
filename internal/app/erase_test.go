package app_test

import (
	"bytes"
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/app"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/members/own"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/config"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// erased is what nobody else in the house is called, in all the ways in which it may be
// written: as it is, and folded as an index has it.
var erased = []string{"Kvašnik", "kvasnik", "Svetozarja", "svetozarja", "svetozarja@kvasnik.example", "051 987 654"}

// lived opens a house in which somebody has left a trace in every room that can be
// reached from here: application, register, proof, agent, account, consents, wishes,
// letters, jobs, book, index and an export. It returns the house and the member.
func lived(t *testing.T, c config.Config) (*app.House, members.ID, auth.Actor) {
	t.Helper()
	ctx := t.Context()
	h, err := app.Open(ctx, c)
	try := func(more error) {
		t.Helper()
		if more != nil {
			t.Fatal(more)
		}
	}
	try(err)
	token, err := h.Accounts.Setup(ctx)
	try(err)
	first, err := h.Accounts.First(ctx, token, "Neža Škrbec", "neza@mreza.example", "slon pod mizo", "")
	try(err)
	office := first.Account.Actor()
	today := civil.Of(h.DB.Now(), c.TimeZone)
	a, err := h.Admission.TypeIn(ctx, office, admission.Application{
		Kind: members.Person, Name: "Kvašnik, Svetozarja", Email: "svetozarja@kvasnik.example", Phone: "051 987 654", Place: "Koper", About: "Svetozarja pleše.", Statute: true, Lang: "sl",
		Consents: []admission.Consent{{Key: "photos", Text: "Smejo me slikati."}},
	})
	try(err)
	a, err = h.Admission.Decide(ctx, office, a.ID, admission.Decision{Outcome: admission.Accept, On: today, Number: "1", Reasons: "Svetozarja Kvašnik ustreza."}, "")
	try(err)
	id := a.Member
	_, err = h.Members.PutRegistration(ctx, office, members.Registration{Member: id, In: record.SelfEmployed, Number: "1/2024", Proof: "decision", ProofDay: today, Note: "Svetozarja Kvašnik"},
		strings.NewReader("%PDF-1.7 odločba: Svetozarja Kvašnik"), "kvasnik.pdf")
	try(err)
	inst, err := h.Members.Add(ctx, office, members.Member{Kind: members.Organisation, Name: "Zavod Prelom", Standing: members.Active, Term: civil.Span{From: today}})
	try(err)
	_, err = h.Members.AddAgent(ctx, office, members.Agent{Member: inst.ID, Person: id, Since: today, Answers: true})
	try(err)
	in, err := h.Accounts.ByProvider(ctx, "svetozarja@kvasnik.example", "")
	try(err)
	who := in.Account.Actor()
	m, err := h.Own.One(ctx, who, id)
	try(err)
	m.Member.Place = "Izola"
	_, err = h.Own.Save(ctx, who, m.Member)
	try(err)
	_, err = h.Own.Wish(ctx, who, own.Wish{Member: id, Kind: own.Name, Value: "Kvašnik Kos, Svetozarja", Reason: "Poroka."})
	try(err)
	_, err = h.Own.Ask(ctx, office, 2026)
	try(err)
	_, err = h.Own.Export(ctx, who, id)
	try(err)
	try(h.Accounts.AskLink(ctx, "svetozarja@kvasnik.example", "", ""))
	try(h.Jobs.Drain(ctx))
	return h, id, office
}

// left are the tables and the files in which one of the words stands.
func left(t *testing.T, h *app.House) (list []string) {
	t.Helper()
	err := h.DB.Read(t.Context(), func(tx *store.Tx) error {
		traces, err := tx.Traces(t.Context(), erased)
		for _, tr := range traces {
			list = append(list, tr.Table)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	err = h.Files.Each(t.Context(), func(ref blob.Ref) error {
		f, err := h.Files.Open(t.Context(), ref.Hash)
		if err != nil {
			return err
		}
		defer f.Close()
		whole, err := io.ReadAll(f)
		for _, w := range erased {
			if bytes.Contains(whole, []byte(w)) {
				list = append(list, "file "+ref.Hash)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// Of who is erased there is no name, address or telephone in any table or file of the
// house; and none in a house that is restored from a backup that was made before.
func TestErase_noTrace(t *testing.T) {
	for kind, address := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": storetest.PostgresAddress} {
		t.Run(kind, func(t *testing.T) {
			ctx, c := t.Context(), settings(t, address(t))
			h, id, office := lived(t, c)
			defer h.Close()
			if n := len(left(t, h)); n < 8 {
				t.Fatalf("the test leaves traces in %d places only: %v", n, left(t, h))
			}
			file := filepath.Join(t.TempDir(), "house.tar.zst")
			if _, err := h.Backup(ctx, file); err != nil {
				t.Fatal(err)
			}
			today := civil.Of(h.DB.Now(), c.TimeZone)
			who, err := h.Accounts.List(ctx, auth.House, accounts.Query{Roles: auth.Member})
			if err != nil || len(who) != 1 {
				t.Fatal(who, err)
			}
			if err := h.Own.Leave(ctx, who[0].Actor(), id, today, "Svetozarja Kvašnik odhaja."); err != nil {
				t.Fatal(err)
			}
			if err := h.Own.Erase(ctx, office, id); err != nil {
				t.Fatal(err)
			}
			if where := left(t, h); len(where) > 0 {
				t.Errorf("traces are left in %v", where)
			}
			counts, err := h.Members.Counts(ctx)
			if err != nil || counts.In(members.Person, members.Left) != 1 {
				t.Errorf("counts are %v, %v", counts, err)
			}
			again(ctx, t, h, file)
		})
	}
}

// again restores the backup elsewhere, with the list of erasures of the house.
func again(ctx context.Context, t *testing.T, h *app.House, file string) {
	t.Helper()
	if _, err := h.Backup(ctx, filepath.Join(filepath.Dir(file), "later.tar.zst")); err != nil { // writes the list beside it
		t.Fatal(err)
	}
	other := settings(t, "")
	if _, _, err := app.Restore(ctx, other, file); err != nil {
		t.Fatal(err)
	}
	restored, err := app.Open(ctx, other)
	if err != nil {
		t.Fatal(err)
	}
	defer restored.Close()
	if where := left(t, restored); len(where) > 0 {
		t.Errorf("traces came back in %v", where)
	}
}
