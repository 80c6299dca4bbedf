// Package config is what a house is told from outside: environment variables
// that begin with ASOCIACIJA_, and flags that go before them. Nothing is needed
// to begin: every zero value has a meaning.
//
// A variable ASOCIACIJA_SMTP_HOST is the flag -smtp-host. A variable of the
// family that nobody reads is an error, for it is a slip of the pen; except
// ASOCIACIJA_TEST_…, ASOCIACIJA_REQUIRE_… and ASOCIACIJA_SHARED, which are for
// the tests.
package config

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/mail"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	_ "time/tzdata" // for machines that have no time zones of their own

	"golang.org/x/text/language"
)

// A Config is everything a house is told. The zero Config is not filled in: use
// Read.
type Config struct {
	Addr       string         // where to listen
	Data       string         // folder for the database and the files
	DB         string         // postgres:// address, or path of the SQLite file
	URL        string         // how people reach the house, without a slash at the end
	Name       string         // of the association
	Lang       string         // of those who have not chosen
	TimeZone   *time.Location // of the association's days
	Log        slog.Level
	Demo       bool // anybody may be anybody
	SMTP       SMTP
	S3         S3
	OIDC       OIDC
	Second     bool       // the office and administrators need a second factor
	SecondFrom civil.Date // and from which day on; the zero day for at once
}

// OIDC is a provider with whose accounts people sign in; without an Issuer there is
// none.
type OIDC struct {
	Issuer string
	ID     string
	Secret string
	Name   string // as people know it
	Inside bool   // it may stand at an address that the world does not reach
}

// SMTP is the server that takes letters; without a Host they stay in the outbox.
type SMTP struct {
	Host     string
	Port     string // 587 is STARTTLS, 465 is TLS
	User     string
	Password string
	From     string // the sender's address
}

// S3 is where files are kept; without an Endpoint they are in Data.
type S3 struct {
	Endpoint string
	Bucket   string
	Region   string
	Key      string
	Secret   string
}

// A setting is one thing that can be said.
type setting struct {
	name   string // as a flag
	help   string
	secret bool
	usual  func(*Config) string // what holds if nothing is said; may look at settings before it
	put    func(*Config, string) error
}

func (s setting) variable() string {
	return "ASOCIACIJA_" + strings.ToUpper(strings.ReplaceAll(s.name, "-", "_"))
}

func fixed(s string) func(*Config) string { return func(*Config) string { return s } }

// text is a setting that takes anything.
func text(field func(*Config) *string) func(*Config, string) error {
	return func(c *Config, s string) error { *field(c) = s; return nil }
}

// settings are all there are, in the order in which they are filled in.
func settings() []setting {
	return []setting{
		{"addr", "address to listen on", false, fixed("localhost:8080"), putAddr},
		{"data", "folder of the database and the files", false, fixed("asociacija-data"), text(func(c *Config) *string { return &c.Data })},
		{"db", "postgres:// address, or path of an SQLite file", true,
			func(c *Config) string { return filepath.Join(c.Data, "asociacija.db") }, putDB},
		{"url", "address at which people reach the house", false, func(c *Config) string { return "http://" + browsable(c.Addr) }, putURL},
		{"name", "name of the association", false, fixed("Asociacija"), text(func(c *Config) *string { return &c.Name })},
		{"lang", "language of those who have not chosen", false, fixed("sl"), putLang},
		{"timezone", "time zone of the association's days", false, fixed("Europe/Ljubljana"), putZone},
		{"log", "debug, info, warn or error", false, fixed("info"), func(c *Config, s string) error { return c.Log.UnmarshalText([]byte(s)) }},
		{"demo", "true lets anybody be anybody", false, fixed("false"), truth(func(c *Config) *bool { return &c.Demo })},
		{"smtp-host", "mail server; without one letters stay in the outbox", false, fixed(""), text(func(c *Config) *string { return &c.SMTP.Host })},
		{"smtp-port", "587 for STARTTLS, 465 for TLS", false, fixed("587"), putPort},
		{"smtp-user", "name at the mail server", false, fixed(""), text(func(c *Config) *string { return &c.SMTP.User })},
		{"smtp-password", "password at the mail server", true, fixed(""), text(func(c *Config) *string { return &c.SMTP.Password })},
		{"smtp-from", "address that letters come from", false, fixed(""), putFrom},
		{"s3-endpoint", "server for files; without one they are in the data folder", false, fixed(""), text(func(c *Config) *string { return &c.S3.Endpoint })},
		{"s3-bucket", "bucket for files", false, fixed(""), text(func(c *Config) *string { return &c.S3.Bucket })},
		{"s3-region", "region of the bucket", false, fixed(""), text(func(c *Config) *string { return &c.S3.Region })},
		{"s3-key", "access key", true, fixed(""), text(func(c *Config) *string { return &c.S3.Key })},
		{"s3-secret", "secret key", true, fixed(""), text(func(c *Config) *string { return &c.S3.Secret })},
		{"second-factor", "true asks the office and administrators for a second factor; a day as in 2027-01-31 does so from then on and reminds them before", false, fixed("false"), putSecond},
		{"oidc-issuer", "provider of sign-in, https://…; without one nobody signs in elsewhere", false, fixed(""), putIssuer},
		{"oidc-id", "our name at the provider", false, fixed(""), text(func(c *Config) *string { return &c.OIDC.ID })},
		{"oidc-secret", "our secret at the provider", true, fixed(""), text(func(c *Config) *string { return &c.OIDC.Secret })},
		{"oidc-name", "name of the provider, as people know it", false, fixed("OpenID"), text(func(c *Config) *string { return &c.OIDC.Name })},
		{"oidc-inside", "true if the provider stands in our own network", false, fixed("false"), truth(func(c *Config) *bool { return &c.OIDC.Inside })},
	}
}

// Flags gives fs a flag for each setting. What is said there goes before the
// environment; hand the set to Read once it is parsed.
func Flags(fs *flag.FlagSet) {
	for _, s := range settings() {
		fs.String(s.name, "", s.help+" ("+s.variable()+")")
	}
}

// Read fills in a Config from the environment, as os.Environ has it, and the
// flags that were set; fs may be nil. The error names every variable that is
// wrong.
func Read(environ []string, fs *flag.FlagSet) (Config, error) {
	said := make(map[string]string)
	var errs []error
	for _, e := range environ {
		name, value, _ := strings.Cut(e, "=")
		if !strings.HasPrefix(name, "ASOCIACIJA_") || forTests(name) {
			continue
		}
		if !slices.ContainsFunc(settings(), func(s setting) bool { return s.variable() == name }) {
			errs = append(errs, fmt.Errorf("config: there is no %s; is it %s?", name, nearest(name)))
		}
		said[name] = value
	}
	if fs != nil {
		fs.Visit(func(f *flag.Flag) { said[setting{name: f.Name}.variable()] = f.Value.String() })
	}
	var c Config
	for _, s := range settings() {
		value := strings.TrimSpace(said[s.variable()])
		if value == "" {
			value = s.usual(&c)
		}
		if err := s.put(&c, value); err != nil {
			errs = append(errs, fmt.Errorf("config: %s (or -%s): %w", s.variable(), s.name, err))
		}
	}
	if (c.SMTP.Host == "") != (c.SMTP.From == "") {
		errs = append(errs, errors.New("config: ASOCIACIJA_SMTP_HOST and ASOCIACIJA_SMTP_FROM go together"))
	}
	if (c.S3.Endpoint == "") != (c.S3.Bucket == "") {
		errs = append(errs, errors.New("config: ASOCIACIJA_S3_ENDPOINT and ASOCIACIJA_S3_BUCKET go together"))
	}
	if (c.OIDC.Issuer == "") != (c.OIDC.ID == "") {
		errs = append(errs, errors.New("config: ASOCIACIJA_OIDC_ISSUER and ASOCIACIJA_OIDC_ID go together"))
	}
	return c, errors.Join(errs...)
}

func forTests(name string) bool {
	return name == "ASOCIACIJA_SHARED" || strings.HasPrefix(name, "ASOCIACIJA_TEST_") || strings.HasPrefix(name, "ASOCIACIJA_REQUIRE_")
}

// second is the setting of the second factor as it is read.
func (c Config) second() string {
	if c.SecondFrom.IsZero() {
		return fmt.Sprint(c.Second)
	}
	return c.SecondFrom.String()
}

// Print writes what is in force, a line for each setting as a shell reads it.
// Secrets are struck out, and of an address its password.
func (c Config) Print(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	values := []string{c.Addr, c.Data, c.DB, c.URL, c.Name, c.Lang, c.zone(), strings.ToLower(c.Log.String()), fmt.Sprint(c.Demo),
		c.SMTP.Host, c.SMTP.Port, c.SMTP.User, c.SMTP.Password, c.SMTP.From, c.S3.Endpoint, c.S3.Bucket, c.S3.Region, c.S3.Key, c.S3.Secret,
		c.second(), c.OIDC.Issuer, c.OIDC.ID, c.OIDC.Secret, c.OIDC.Name, fmt.Sprint(c.OIDC.Inside)}
	for i, s := range settings() {
		value := values[i]
		if s.secret {
			value = struckOut(value)
		}
		if strings.ContainsAny(value, " \t'\"$\\#&;") {
			value = "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
		}
		fmt.Fprintf(t, "%s=%s\t# %s\n", s.variable(), value, s.help)
	}
	return t.Flush()
}

func (c Config) zone() string {
	if c.TimeZone == nil {
		return ""
	}
	return c.TimeZone.String()
}

// struckOut hides a secret; of a database it shows which one it is.
func struckOut(s string) string {
	u, err := url.Parse(s)
	switch {
	case s == "":
		return ""
	case err == nil && strings.HasPrefix(u.Scheme, "postgres"):
		q := u.Query()
		if q.Has("password") {
			q.Set("password", "xxxxx")
			u.RawQuery = q.Encode()
		}
		return u.Redacted()
	case strings.HasSuffix(s, ".db"):
		return s
	}
	return "xxxxx"
}

func putAddr(c *Config, s string) error {
	if _, port, err := net.SplitHostPort(s); err != nil || port == "" {
		return fmt.Errorf("%q is not host:port, as in localhost:8080 or :80", s)
	}
	c.Addr = s
	return nil
}

// browsable is where a browser on this machine finds what listens on addr.
func browsable(addr string) string {
	host, port, _ := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

func putDB(c *Config, s string) error {
	if scheme, _, ok := strings.Cut(s, "://"); ok && scheme != "postgres" && scheme != "postgresql" {
		return fmt.Errorf("an address begins with postgres://, not %s://; a path has no ://", scheme)
	}
	if u, err := url.Parse(s); strings.Contains(s, "://") && (err != nil || u.Host == "" && !u.Query().Has("host")) {
		return errors.New("this is not as in postgres://user:password@host/name") // the error of Parse has the password
	}
	c.DB = s
	return nil
}

func putURL(c *Config, s string) error {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.User != nil {
		return fmt.Errorf("%q is not as in https://asociacija.example.org", s)
	}
	c.URL = strings.TrimSuffix(s, "/")
	return nil
}

func putLang(c *Config, s string) error {
	tag, err := language.Parse(s)
	if err != nil {
		return fmt.Errorf("%q is no language, as in sl or en", s)
	}
	c.Lang = tag.String()
	return nil
}

func putZone(c *Config, s string) (err error) {
	if c.TimeZone, err = time.LoadLocation(s); err != nil {
		return fmt.Errorf("%q is no time zone, as in Europe/Ljubljana", s)
	}
	return nil
}

func truth(field func(*Config) *bool) func(*Config, string) error {
	return func(c *Config, s string) error {
		if s != "true" && s != "false" {
			return fmt.Errorf("%q is neither true nor false", s)
		}
		*field(c) = s == "true"
		return nil
	}
}

// putSecond reads whether a second factor is asked for, or from which day on.
func putSecond(c *Config, s string) error {
	if day, err := civil.Parse(s); err == nil && !day.IsZero() {
		c.Second, c.SecondFrom = true, day
		return nil
	}
	if err := truth(func(c *Config) *bool { return &c.Second })(c, s); err != nil {
		return fmt.Errorf("%q is neither true nor false nor a day", s)
	}
	c.SecondFrom = civil.Date{}
	return nil
}

func putIssuer(c *Config, s string) error {
	u, err := url.Parse(s)
	if s != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.User != nil) {
		return fmt.Errorf("%q is not as in https://accounts.example.org", s)
	}
	c.OIDC.Issuer = s
	return nil
}

func putPort(c *Config, s string) error {
	if _, err := net.LookupPort("tcp", s); err != nil {
		return fmt.Errorf("%q is no port", s)
	}
	c.SMTP.Port = s
	return nil
}

func putFrom(c *Config, s string) error {
	if a, err := mail.ParseAddress(s); s != "" && (err != nil || a.Address != s) {
		return fmt.Errorf("%q is no plain address, as in office@example.org", s)
	}
	c.SMTP.From = s
	return nil
}

// nearest is the variable that takes the fewest slips of the pen to become name.
func nearest(name string) string {
	all := settings()
	slices.SortStableFunc(all, func(a, b setting) int { return slips(name, a.variable()) - slips(name, b.variable()) })
	return all[0].variable()
}

// slips counts the letters to put in, take out or change (Levenshtein).
func slips(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := corner
			if a[i] != b[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// In moves the house into another folder; a PostgreSQL address stays as it is.
func (c Config) In(dir string) Config {
	if c.DB == filepath.Join(c.Data, "asociacija.db") {
		c.DB = filepath.Join(dir, "asociacija.db")
	}
	c.Data = dir
	return c
}
