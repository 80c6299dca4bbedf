package config

import (
	"flag"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Nothing said is a house on this machine, with SQLite.
func TestRead_nothing(t *testing.T) {
	c, err := Read([]string{"HOME=/root", "ASOCIACIJA_TEST_DB=x", "ASOCIACIJA_REQUIRE_ALL=1", "ASOCIACIJA_SHARED=x"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.Addr != "localhost:8080" || c.Data != "asociacija-data" || c.DB != filepath.Join("asociacija-data", "asociacija.db") ||
		c.URL != "http://localhost:8080" || c.Lang != "sl" || c.TimeZone.String() != "Europe/Ljubljana" || c.Log != slog.LevelInfo ||
		c.Name != "Asociacija" || c.Demo || c.SMTP != (SMTP{Port: "587"}) || c.S3 != (S3{}) {
		t.Errorf("got %+v", c)
	}
}

// A flag goes before a variable, and what was not said follows from what was.
func TestRead_said(t *testing.T) {
	fs := flag.NewFlagSet("serve", flag.ContinueOnError)
	Flags(fs)
	if err := fs.Parse([]string{"-data", "/srv/house", "-log=debug"}); err != nil {
		t.Fatal(err)
	}
	c, err := Read([]string{"ASOCIACIJA_DATA=/other", "ASOCIACIJA_LOG=error", "ASOCIACIJA_ADDR=:80", "ASOCIACIJA_NAME=Društvo = vsi"}, fs)
	if err != nil {
		t.Fatal(err)
	}
	if c.Data != "/srv/house" || c.DB != filepath.Join("/srv/house", "asociacija.db") || c.Log != slog.LevelDebug || c.URL != "http://localhost:80" || c.Name != "Društvo = vsi" {
		t.Errorf("got %+v", c)
	}
}

func TestRead_wrong(t *testing.T) {
	for _, tt := range []struct{ said, want string }{
		{"SMPT_HOST=x", "there is no ASOCIACIJA_SMPT_HOST; is it ASOCIACIJA_SMTP_HOST?"},
		{"PORT=80", "there is no ASOCIACIJA_PORT"},
		{"ADDR=8080", `ASOCIACIJA_ADDR (or -addr): "8080" is not host:port`},
		{"DB=mysql://x", "ASOCIACIJA_DB (or -db): an address begins with postgres://"},
		{"DB=postgres://u:hunter2@[x/y", "ASOCIACIJA_DB (or -db): this is not as in"},
		{"URL=asociacija.si", "ASOCIACIJA_URL (or -url)"},
		{"URL=https://asociacija.si/nekje", "ASOCIACIJA_URL (or -url)"},
		{"LANG=slovenščina!", "ASOCIACIJA_LANG (or -lang)"},
		{"TIMEZONE=Ljubljana", "ASOCIACIJA_TIMEZONE (or -timezone)"},
		{"LOG=loud", "ASOCIACIJA_LOG (or -log)"},
		{"DEMO=maybe", "ASOCIACIJA_DEMO (or -demo)"},
		{"SMTP_PORT=99999", "ASOCIACIJA_SMTP_PORT (or -smtp-port)"},
		{"SMTP_FROM=Mi <mi@example.org>", "ASOCIACIJA_SMTP_FROM (or -smtp-from)"},
		{"SMTP_HOST=mail.example.org", "ASOCIACIJA_SMTP_FROM go together"},
		{"S3_BUCKET=files", "ASOCIACIJA_S3_ENDPOINT and"},
	} {
		_, err := Read([]string{"ASOCIACIJA_" + tt.said}, nil)
		if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: got %v, want %s", tt.said, err, tt.want)
		}
	}
}

// All that is wrong is said at once.
func TestRead_allWrong(t *testing.T) {
	_, err := Read([]string{"ASOCIACIJA_ADDR=x", "ASOCIACIJA_LOG=x", "ASOCIACIJA_X=x"}, nil)
	if err == nil || strings.Count(err.Error(), "config: ") != 3 {
		t.Errorf("got %v", err)
	}
}

// No secret is printed, and what is printed can be read again.
func TestPrint(t *testing.T) {
	environ := []string{"ASOCIACIJA_DB=postgres://u:hunter2@db/house?password=hunter2", "ASOCIACIJA_NAME=Društvo 'Naša $stvar'",
		"ASOCIACIJA_SMTP_HOST=m", "ASOCIACIJA_SMTP_FROM=mi@example.org", "ASOCIACIJA_SMTP_PASSWORD=hunter2", "ASOCIACIJA_S3_KEY=hunter2", "ASOCIACIJA_S3_SECRET=hunter2"}
	c, err := Read(environ, nil)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := c.Print(&b); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	if strings.Contains(got, "hunter2") || strings.Count(got, "\n") != len(settings()) {
		t.Errorf("printed\n%s", got)
	}
	for _, want := range []string{"ASOCIACIJA_DB=postgres://u:xxxxx@db/house?password=xxxxx ", `ASOCIACIJA_NAME='Društvo '\''Naša $stvar'\''' `,
		"ASOCIACIJA_SMTP_FROM=mi@example.org ", "ASOCIACIJA_S3_SECRET=xxxxx ", "ASOCIACIJA_TIMEZONE=Europe/Ljubljana ", "ASOCIACIJA_LOG=info "} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in\n%s", want, got)
		}
	}
}

// Each value is printed in its own line: what is said of a setting stands there.
func TestPrint_order(t *testing.T) {
	for _, s := range settings() {
		value := map[string]string{"addr": "h:1", "url": "http://z", "lang": "en", "timezone": "UTC", "log": "warn", "demo": "true",
			"db": "zz.db", "smtp-port": "465", "smtp-from": "z@z.si",
			"second-factor": "true", "oidc-inside": "true", "oidc-issuer": "https://z"}[s.name]
		if value == "" {
			value = "zz"
		}
		c, _ := Read([]string{s.variable() + "=" + value}, nil) // some need a second one, which is not the matter
		var b strings.Builder
		c.Print(&b)
		if s.secret && s.name != "db" {
			value = "xxxxx"
		}
		if !strings.Contains(b.String(), fmt.Sprintf("%s=%s ", s.variable(), value)) {
			t.Errorf("%s=%s is not in\n%s", s.variable(), value, b.String())
		}
	}
}

// A second factor is asked for at once, or from a day on.
func TestRead_second(t *testing.T) {
	for value, want := range map[string]string{"true": "true", "false": "false", "2027-01-31": "2027-01-31"} {
		c, err := Read([]string{"ASOCIACIJA_SECOND_FACTOR=" + value}, nil)
		if err != nil || c.second() != want || c.Second != (value != "false") {
			t.Errorf("%s: %v %s, %v", value, c.Second, c.second(), err)
		}
	}
	if _, err := Read([]string{"ASOCIACIJA_SECOND_FACTOR=soon"}, nil); err == nil {
		t.Error("soon is no day")
	}
}

// Slips count alike both ways, are none exactly for the same word, and are at
// most one more for one more letter.
func TestSlips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching("[A-C]{0,8}")
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		n := slips(a, b)
		if n != slips(b, a) || (n == 0) != (a == b) || n > max(len(a), len(b)) || slips(a+"X", b) > n+1 {
			t.Errorf("slips(%q, %q) = %d", a, b, n)
		}
	})
}
