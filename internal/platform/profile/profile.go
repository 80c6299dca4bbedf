// Package profile is what the association says of itself: on its public page, at
// the head of its letters, and under them.
package profile

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"net/mail"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/engine/payslip"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

// Steps are the tables of this package.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "profile", FS: sub}
}

// Write is the right to change the profile.
var Write = auth.Right{Name: "profile.write", Roles: auth.Staff}

// A Profile is what the association says of itself. Everything may be empty.
type Profile struct {
	Address string // "Tesarska 9, 1000 Ljubljana"
	Place   string // where letters are dated: "Ljubljana"
	Email   string
	Founded string // the year
	Signer  string // who signs: "Ivo Tratar"
	Office  string // as what: "predsednik"

	// What invoices need.
	IBAN     string // without spaces
	BIC      string // of the bank; may be empty
	Bank     string // its name
	Tax      string // davčna številka
	Purpose  string // code of ISO 20022 on payment slips; OTHR if empty
	Currency string // EUR if empty
	Remark   string // what every invoice says at its end, such as why there is no VAT on it

	// By language; what a language lacks is said in another.
	Motto, About, Join map[string]string
}

// one and many are the places of a profile by the keys under which they are kept.
func (p *Profile) one() map[string]*string {
	return map[string]*string{"address": &p.Address, "place": &p.Place, "email": &p.Email, "founded": &p.Founded, "signer": &p.Signer, "office": &p.Office,
		"iban": &p.IBAN, "bic": &p.BIC, "bank": &p.Bank, "tax": &p.Tax, "purpose": &p.Purpose, "currency": &p.Currency, "remark": &p.Remark}
}

func (p *Profile) many() map[string]*map[string]string {
	return map[string]*map[string]string{"motto": &p.Motto, "about": &p.About, "join": &p.Join}
}

// Account codes as banks write them: of a bank (ISO 9362), of a purpose (ISO 20022).
var (
	bic     = regexp.MustCompile(`^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$`)
	purpose = regexp.MustCompile(`^[A-Z]{4}$`)
)

// Tidy is p as it is kept: codes in capitals without spaces.
func (p Profile) Tidy() Profile {
	for _, s := range []*string{&p.IBAN, &p.BIC, &p.Purpose, &p.Currency} {
		*s = strings.ToUpper(strings.Join(strings.Fields(*s), ""))
	}
	return p
}

// Check returns faults for what cannot be kept: an address that is none, a year
// that is none, an account that is none, too many words.
func (p Profile) Check() error {
	var wrong fault.Fields
	if p.Email != "" {
		if a, err := mail.ParseAddress(p.Email); err != nil || a.Address != p.Email {
			wrong.Add("email", "profile.email.wrong")
		}
	}
	if _, err := time.Parse("2006", p.Founded); p.Founded != "" && err != nil {
		wrong.Add("founded", "profile.founded.wrong")
	}
	if _, err := payslip.ParseIBAN(p.IBAN); p.IBAN != "" && err != nil {
		wrong.Add("iban", "profile.iban.wrong")
	}
	if p.BIC != "" && !bic.MatchString(p.BIC) {
		wrong.Add("bic", "profile.bic.wrong")
	}
	if p.Purpose != "" && !purpose.MatchString(p.Purpose) {
		wrong.Add("purpose", "profile.purpose.wrong")
	}
	if p.Currency != "" && !money.Currency(p.Currency).Known() {
		wrong.Add("currency", "profile.currency.wrong")
	}
	for key, s := range p.one() {
		if len(*s) > 300 {
			wrong.Add(key, "profile.long")
		}
	}
	for key, words := range p.many() {
		for lang, s := range *words {
			if len(s) > 10_000 {
				wrong.Add(key+"-"+lang, "profile.long")
			}
		}
	}
	return wrong.Err()
}

// A Desk keeps the profile, and has it at hand: pages ask for it all the time.
type Desk struct {
	db *store.DB
	mu sync.Mutex
	is Profile
	at time.Time // when it was read
}

// New makes the desk.
func New(db *store.DB) *Desk { return &Desk{db: db} }

// fresh is for how long a node goes by what it read, so that it learns of a change
// made at another one.
const fresh = 30 * time.Second

// Now is the profile; an empty one if it cannot be read.
func (d *Desk) Now(ctx context.Context) Profile {
	d.mu.Lock()
	defer d.mu.Unlock()
	if now := time.Now(); now.Sub(d.at) > fresh {
		if p, err := d.Read(ctx); err == nil {
			d.is, d.at = p, now
		}
	}
	return d.is
}

// Read reads the profile as it is kept.
func (d *Desk) Read(ctx context.Context) (Profile, error) {
	type word struct{ key, lang, text string }
	list, err := store.Read(ctx, d.db, func(tx *store.Tx) ([]word, error) {
		return store.List(ctx, tx, func(row store.Scanner) (w word, err error) {
			return w, row.Scan(&w.key, &w.lang, &w.text)
		}, `SELECT key, lang, text FROM profile_words`)
	})
	p := Profile{Motto: map[string]string{}, About: map[string]string{}, Join: map[string]string{}}
	if err != nil {
		return p, fmt.Errorf("profile: read: %w", err)
	}
	one, many := p.one(), p.many()
	for _, w := range list {
		if s := one[w.key]; s != nil {
			*s = w.text
		}
		if m := many[w.key]; m != nil {
			(*m)[w.lang] = w.text
		}
	}
	return p, nil
}

// Save writes the profile.
func (d *Desk) Save(ctx context.Context, by auth.Actor, p Profile) error {
	if err := by.Must(Write); err != nil {
		return err
	}
	p = p.Tidy()
	if err := p.Check(); err != nil {
		return err
	}
	err := d.db.Write(ctx, func(tx *store.Tx) error {
		for key, s := range p.one() {
			if err := put(ctx, tx, key, "", *s); err != nil {
				return err
			}
		}
		for key, words := range p.many() {
			for lang, s := range *words {
				if err := put(ctx, tx, key, lang, s); err != nil {
					return err
				}
			}
		}
		return audit.Note(ctx, tx, by, "profile.save", "profile")
	})
	if err == nil {
		d.mu.Lock()
		d.at = time.Time{}
		d.mu.Unlock()
	}
	return err
}

func put(ctx context.Context, tx *store.Tx, key, lang, text string) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO profile_words (key, lang, text) VALUES ($1, $2, $3)
		ON CONFLICT (key, lang) DO UPDATE SET text = excluded.text`, key, lang, strings.TrimSpace(text))
	if err != nil {
		return fmt.Errorf("profile: put %s: %w", key, err)
	}
	return nil
}
