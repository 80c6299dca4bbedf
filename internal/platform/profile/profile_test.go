package profile_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/profile"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var office = auth.Actor{User: "1", Name: "Neža", Roles: auth.Office}

// What the office writes is what pages say at once.
func TestDesk_Save(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := profile.New(db)
		if got := d.Now(t.Context()); got.Address != "" {
			t.Errorf("a new house says %q", got.Address)
		}
		want := profile.Profile{
			Address: "Tesarska 9, 1000 Ljubljana", Place: "Ljubljana", Email: "pisarna@mnk.example", Founded: "2004", Signer: "Ivo Tratar", Office: "predsednik",
			IBAN: "SI56051008010486080", BIC: "BAKOSI2X", Purpose: "OTHR", Currency: "EUR",
			Motto: map[string]string{"sl": "Pravočasno", "en": "In time"}, About: map[string]string{"sl": "Smo."}, Join: map[string]string{},
		}
		if err := d.Save(t.Context(), office, want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, d.Now(t.Context())); diff != "" {
			t.Error(diff)
		}
	}, profile.Steps(), audit.Steps())
}

// What cannot be kept is refused with its field, and so is a member.
func TestDesk_Save_refused(t *testing.T) {
	d := profile.New(storetest.SQLite(t, profile.Steps(), audit.Steps()))
	for _, tt := range []struct {
		p     profile.Profile
		field string
	}{
		{profile.Profile{Email: "nikamor"}, "email"},
		{profile.Profile{Founded: "davno"}, "founded"},
		{profile.Profile{Motto: map[string]string{"sl": string(make([]byte, 20_000))}}, "motto-sl"},
	} {
		if f := fault.Of(d.Save(t.Context(), office, tt.p)); f == nil || f.Field != tt.field {
			t.Errorf("%v: %v", tt.field, f)
		}
	}
	if err := d.Save(t.Context(), auth.Actor{User: "2", Roles: auth.Member}, profile.Profile{}); !fault.Is(err, fault.Denied) {
		t.Error(err)
	}
}
