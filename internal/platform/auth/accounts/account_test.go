package accounts

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

func TestAccount_Check(t *testing.T) {
	good := Account{Name: "Maja Čuk", Email: "maja@example.org", Roles: auth.Office}
	for _, tt := range []struct {
		name  string
		step  func(*Account)
		field string
	}{
		{"good", func(*Account) {}, ""},
		{"no name", func(a *Account) { a.Name = "  " }, "name"},
		{"endless name", func(a *Account) { a.Name = strings.Repeat("č", 201) }, "name"},
		{"no address", func(a *Account) { a.Email = "maja" }, "email"},
		{"address with a name", func(a *Account) { a.Email = "Maja <maja@example.org>" }, "email"},
		{"two lines", func(a *Account) { a.Email = "maja@example.org\r\nBcc: all@example.org" }, "email"},
		{"endless address", func(a *Account) { a.Email = strings.Repeat("a", 250) + "@b.si" }, "email"},
		{"no role", func(a *Account) { a.Roles = auth.Nobody }, "roles"},
		{"role that is none", func(a *Account) { a.Roles = 1 << 7 }, "roles"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := good
			tt.step(&a)
			got := ""
			if f := fault.Of(a.Check()); f != nil {
				got = f.Field
			}
			if got != tt.field {
				t.Errorf("fault in %q, want %q", got, tt.field)
			}
		})
	}
}

func TestCheckPassword(t *testing.T) {
	a := Account{Name: "Maja Čuk Novak", Email: "Maja.Novak@example.org"}
	for _, tt := range []struct{ password, key string }{
		{"slon pod mizo", ""},
		{"čžščžšćđčžš", ""},
		{"123456789", "short"},
		{"čžščžšćđč", "short"},
		{strings.Repeat("ab", 100), ""},
		{strings.Repeat("ab", 100) + "c", "long"},
		{"maja.novak@EXAMPLE.org", "yours"},
		{"maja.novak", "yours"},
		{"maja čuk novak", "yours"},
		{"aaaaaaaaaaaa", "easy"},
		{"Geslo12345", "easy"},
	} {
		got := ""
		if f := fault.Of(checkPassword(tt.password, a)); f != nil {
			got = strings.TrimPrefix(f.Key, "accounts.password.")
		}
		if got != tt.key {
			t.Errorf("%q is %q, want %q", tt.password, got, tt.key)
		}
	}
}

// A hash is of one password however its letters are composed, says how it was
// made, and differs each time.
func TestHash(t *testing.T) {
	d := New(nil, nil, false)
	kept, err := d.hash(t.Context(), "slon pod mizo \u010d")
	if err != nil || !strings.HasPrefix(kept, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatal(kept, err)
	}
	if again, _ := d.hash(t.Context(), "slon pod mizo \u010d"); again == kept {
		t.Error("two hashes with one salt")
	}
	for _, tt := range []struct {
		password, kept string
		want           bool
	}{
		{"slon pod mizo \u010d", kept, true},
		{"slon pod mizo c\u030c", kept, true},
		{"slon pod mizo c", kept, false},
		{"", kept, false},
		{"", "", false},
		{strings.Repeat("x", 1_000_000), kept, false},
	} {
		if got, err := d.matches(t.Context(), tt.password, tt.kept); got != tt.want || err != nil {
			t.Errorf("%.30q: %v, %v", tt.password, got, err)
		}
	}
	for _, damaged := range []string{"x", "$argon2id$v=19$m=9999999999,t=2,p=1$a$b", strings.Replace(kept, "p=1", "p=0", 1), kept[:40]} {
		if same, err := d.matches(t.Context(), "slon pod mizo", damaged); same || err == nil {
			t.Errorf("%q was taken for a hash", damaged)
		}
	}
}

func TestNetwork(t *testing.T) {
	for from, want := range map[string]string{
		"192.0.2.7":                "192.0.2.7",
		"::ffff:192.0.2.7":         "192.0.2.7",
		"2001:db8:1:2:3:4:5:6":     "2001:db8:1:2::/64",
		"fe80::1%eth0":             "fe80::/64",
		"what a proxy may send us": "what a proxy may send us",
	} {
		if got := network(from); got != want {
			t.Errorf("network(%q) = %q, want %q", from, got, want)
		}
	}
}
