// Package app opens the house: the database, the desks, their pages and their
// work for later. It is the only one who sees everything, and is used by the
// commands and by the tests of the whole program.
package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"

	"github.com/asociacija/asociacija/country"
	"github.com/asociacija/asociacija/country/si"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/law/lawweb"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/members/admissionweb"
	"github.com/asociacija/asociacija/internal/members/ballots"
	"github.com/asociacija/asociacija/internal/members/ballotsweb"
	"github.com/asociacija/asociacija/internal/members/bank"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/bodiesweb"
	"github.com/asociacija/asociacija/internal/members/circular"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/members/duesweb"
	"github.com/asociacija/asociacija/internal/members/intake"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/members/own"
	"github.com/asociacija/asociacija/internal/members/ownweb"
	"github.com/asociacija/asociacija/internal/members/proof"
	"github.com/asociacija/asociacija/internal/members/proofweb"
	"github.com/asociacija/asociacija/internal/members/twins"
	"github.com/asociacija/asociacija/internal/members/views"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
	"github.com/asociacija/asociacija/internal/platform/backup"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/config"
	"github.com/asociacija/asociacija/internal/platform/houseweb"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/profile"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/casesweb"
	"github.com/asociacija/asociacija/internal/voice/consult"
	"github.com/asociacija/asociacija/internal/voice/consultweb"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
	"github.com/asociacija/asociacija/internal/voice/outcomesweb"
	"github.com/asociacija/asociacija/internal/voice/positions"
	"github.com/asociacija/asociacija/internal/voice/positionsweb"
	"github.com/asociacija/asociacija/internal/voice/publicweb"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

// A House is the whole program, open.
type House struct {
	Config    config.Config
	DB        *store.DB
	Files     blob.Store
	Jobs      *jobs.Desk
	Mail      *mail.Desk
	Accounts  *accounts.Desk
	Search    *search.Index
	Profile   *profile.Desk
	Members   *members.Desk
	Bodies    *bodies.Desk
	Meetings  *meetings.Desk
	Twins     *twins.Desk
	Intake    *intake.Desk
	Circulars *circular.Desk
	Proof     *proof.Desk
	Admission *admission.Desk
	Own       *own.Desk
	Ballots   *ballots.Desk
	Dues      *dues.Desk
	Bank      *bank.Desk
	Law       *corpus.Desk
	Cases     *cases.Desk
	Consult   *consult.Desk
	Positions *positions.Desk
	Outcomes  *outcomes.Desk
	Pack      country.Pack
	Words     *i18n.Book
	Site      *page.Site
	doors     []auth.UserID // of a demo house
}

// Steps are the tables of all desks, from the ground up.
func Steps() []store.Steps {
	return []store.Steps{
		audit.Steps(), accounts.Steps(), jobs.Steps(), mail.Steps(), search.Steps(), profile.Steps(),
		members.Steps(), twins.Steps(), intake.Steps(), circular.Steps(), views.Steps(),
		admission.Steps(),
		bodies.Steps(), meetings.Steps(),
		ballots.Steps(),
		dues.Steps(), bank.Steps(),
		own.Steps(),
		proof.Steps(),
		corpus.Steps(), cases.Steps(), consult.Steps(), positions.Steps(), outcomes.Steps(),
	}
}

// Open opens the house. Tables are brought to their newest version, after a
// backup of what stands.
func Open(ctx context.Context, c config.Config) (*House, error) {
	h := &House{Config: c}
	if err := h.open(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("app: open: %w", err), h.Close())
	}
	return h, nil
}

func (h *House) open(ctx context.Context) (err error) {
	if err := os.MkdirAll(h.Config.Data, 0o700); err != nil {
		return err
	}
	if h.DB, err = store.Open(ctx, h.Config.DB); err != nil {
		return err
	}
	if h.Files, err = files(h.Config); err != nil {
		return err
	}
	if err := h.migrate(ctx); err != nil {
		return err
	}
	if h.Pack, err = si.Pack(); err != nil {
		return err
	}
	if h.Words, err = i18n.Load(words()...); err != nil {
		return err
	}
	h.Site = page.New(page.House{
		Name: h.Config.Name, Address: h.Config.Name, URL: h.Config.URL, Lang: h.Config.Lang, Zone: h.Config.TimeZone, Demo: h.Config.Demo,
	}, menu(), h.Words, h.DB.Now)
	h.Jobs = jobs.New(h.DB, nil)
	if h.Mail, err = mail.New(h.DB, h.Jobs, smtp(h.Config)); err != nil {
		return err
	}
	h.Mail.Blobs = h.Files
	h.Accounts = accounts.New(h.DB, h.postLink, h.Config.Demo)
	h.Accounts.Name, h.Accounts.URL, h.Accounts.Knows, h.Accounts.Former = h.Config.Name, h.Config.URL, h.knows, h.former
	if h.Accounts.Required = h.Config.Second; !h.Config.SecondFrom.IsZero() {
		h.Accounts.RequiredFrom = h.Config.SecondFrom.Start(h.Config.TimeZone)
	}
	h.Search = search.New(h.DB)
	h.Profile = profile.New(h.DB)
	h.Site.Address = h.address
	h.desks()
	return h.Admission.Prepare(ctx)
}

// desks opens the desks, from the ground up.
func (h *House) desks() {
	h.Members = members.New(h.DB)
	h.Members.Zone = h.Config.TimeZone
	h.Twins = twins.New(h.DB, h.Members)
	h.Members.Join(h.Twins.Holder())
	h.Intake = intake.New(h.DB, h.Members)
	h.Intake.Employ(h.Jobs)
	h.Circulars = circular.New(h.DB, h.Members, h.Jobs, h.Mail)
	h.Members.Search = h.Search
	h.Members.Files = h.Files
	h.Proof = proof.New(h.DB, proof.Parts{Members: h.Members, Jobs: h.Jobs, Files: h.Files, Words: h.Words, Rules: h.Pack.Representation, Zone: h.Config.TimeZone, URL: h.Config.URL, Issuer: h.issuer})
	h.Members.Join(h.Proof.Holder())
	h.Admission = admission.New(h.DB, admission.House{Name: h.Config.Name, URL: h.Config.URL, Zone: h.Config.TimeZone, In: h.Words.In},
		admission.Others{Members: h.Members, Jobs: h.Jobs, Mail: h.Mail, Pending: h.pending(), Joined: h.joined})
	h.Members.Join(h.Admission.Holder())
	h.Members.Join(h.Intake.Holder())
	h.Members.Join(h.Circulars.Holder())
	h.Own = h.ownDesk()
	h.Members.Join(h.Own.Holder())
	h.Ballots = ballots.New(h.DB, ballots.House{Name: h.Config.Name, URL: h.Config.URL, Lang: h.Config.Lang, Zone: h.Config.TimeZone, In: h.Words.In},
		ballots.Others{Members: h.Members, Jobs: h.Jobs, Mail: h.Mail, Files: h.Files, Search: h.Search, Pending: h.pending(), Seats: h.seats})
	h.Members.Join(h.Ballots.Holder())
	h.Dues = h.duesDesk()
	h.Members.Join(h.Dues.Holder())
	h.Bank = bank.New(h.DB, h.Dues, h.pending(), h.Config.TimeZone)
	h.Members.Join(h.Bank.Holder())
	h.Law = corpus.New(h.DB, h.Search)
	h.meet()
	h.Cases = cases.New(h.DB).With(cases.Parts{Country: h.Pack, Zone: h.Config.TimeZone, Corpus: h.Law, Search: h.Search, TextAdded: h.textAdded, Shown: h.caseShown})
	h.Consult = consult.New(h.DB, consult.House{Name: h.Config.Name, URL: h.Config.URL, Zone: h.Config.TimeZone, In: h.Words.In},
		consult.Others{Cases: h.Cases, Law: h.Law, Members: h.Members, Jobs: h.Jobs, Mail: h.Mail, Search: h.Search})
	h.Members.Join(h.Consult.Holder())
	h.Positions = positions.New(h.DB, h.Cases, positions.Parts{
		Corpus: h.Law, Voices: positions.Consulted(h.Consult, h.Config.TimeZone), Files: h.Files, Jobs: h.Jobs, Search: h.Search, Words: h.Words,
		Sender: h.sender, Zone: h.Config.TimeZone,
	})
	h.Outcomes = outcomes.New(h.DB, h.Cases, h.Positions, outcomes.Parts{Corpus: h.Law, Files: h.Files, Search: h.Search, Zone: h.Config.TimeZone})
}

// words are the catalogues of all packages that show something.
func words() []fs.FS {
	return []fs.FS{
		page.Words(), houseweb.Words(),
		membersweb.Words(),
		admission.Words(), admissionweb.Words(),
		meetings.Words(), bodiesweb.Words(),
		ballots.Words(), ballotsweb.Words(),
		dues.Words(), duesweb.Words(),
		proof.Words(), proofweb.Words(),
		own.Words(), ownweb.Words(),
		lawweb.Words(), voiceweb.Words(), casesweb.Words(),
		consult.Words(), consultweb.Words(), positions.Words(), positionsweb.Words(), outcomesweb.Words(), publicweb.Words(),
	}
}

// Close closes the house.
func (h *House) Close() error {
	if h.DB == nil {
		return nil
	}
	return h.DB.Close()
}

func files(c config.Config) (blob.Store, error) {
	if c.S3.Endpoint != "" {
		return blob.NewS3(blob.Bucket{Endpoint: c.S3.Endpoint, Name: c.S3.Bucket, Region: c.S3.Region, Key: c.S3.Key, Secret: blob.Secret(c.S3.Secret)})
	}
	return blob.NewDisk(filepath.Join(c.Data, "files"))
}

// smtp is the mail server in mail's own words. A server on this machine needs no
// encryption, any other does.
func smtp(c config.Config) mail.SMTP {
	s := mail.SMTP{User: c.SMTP.User, Password: mail.Secret(c.SMTP.Password), From: c.SMTP.From, FromName: c.Name}
	if c.SMTP.Host == "" {
		return s
	}
	s.Address = net.JoinHostPort(c.SMTP.Host, c.SMTP.Port)
	ip := net.ParseIP(c.SMTP.Host)
	switch local := c.SMTP.Host == "localhost" || ip != nil && ip.IsLoopback(); {
	case c.SMTP.Port == "465":
		s.TLS = mail.Wrapped
	case local:
		s.TLS = mail.Off
	}
	return s
}

// migrate brings the tables to their newest version. A house that has something
// to lose is put into a file first.
func (h *House) migrate(ctx context.Context) error {
	empty, err := h.DB.Empty(ctx)
	if err != nil {
		return err
	}
	if !empty {
		n, err := h.DB.Pending(ctx, Steps()...)
		if err != nil {
			return err
		}
		if n > 0 {
			name := filepath.Join(h.Config.Data, "backups", "before-"+h.DB.Now().Format("20060102-150405")+".tar.zst")
			if _, err := h.Backup(ctx, name); err != nil {
				return err
			}
			slog.InfoContext(ctx, "backup before new tables", "file", name)
		}
	}
	return h.DB.Migrate(ctx, Steps()...)
}

// Backup writes the whole house into a file that must not exist yet.
func (h *House) Backup(ctx context.Context, name string) (n backup.Count, err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("app: backup: %w", err)
		}
	}()
	if _, err := os.Stat(name); err == nil {
		return n, fmt.Errorf("%s is there already", name)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return n, err
	}
	f, err := os.OpenFile(name+".part", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return n, err
	}
	n, err = backup.Write(ctx, h.parts(), f)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return n, errors.Join(err, os.Remove(name+".part"))
	}
	if err := h.copyErased(ctx, filepath.Dir(name)); err != nil {
		return n, err
	}
	return n, os.Rename(name+".part", name)
}

func (h *House) parts() backup.House {
	return backup.House{DB: h.DB, Files: h.Files, Steps: Steps()}
}

// Restore makes a house of a backup in the place that the configuration names,
// which must be empty. Who was erased since the backup was made is erased again, as
// the lists beside the backup and in that place tell.
func Restore(ctx context.Context, c config.Config, name string) (backup.Manifest, backup.Count, error) {
	var m backup.Manifest
	var n backup.Count
	f, err := os.Open(name)
	if err != nil {
		return m, n, fmt.Errorf("app: restore: %w", err)
	}
	defer f.Close()
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return m, n, fmt.Errorf("app: restore: %w", err)
	}
	h := &House{Config: c}
	if h.DB, err = store.Open(ctx, c.DB); err != nil {
		return m, n, err
	}
	if h.Files, err = files(c); err == nil {
		m, n, err = backup.Restore(ctx, h.parts(), f)
	}
	if err = errors.Join(err, h.Close()); err != nil {
		return m, n, err
	}
	return m, n, forgetAgain(ctx, c, filepath.Dir(name))
}

// knows says whom the register knows behind an address.
func (h *House) knows(ctx context.Context, tx *store.Tx, email string) (accounts.Person, error) {
	a, err := h.Members.BehindIn(ctx, tx, email)
	return accounts.Person{Name: members.Called(a.PersonName), Lang: a.Lang}, err
}

// former says whether the register knows an address from the past only.
func (h *House) former(ctx context.Context, tx *store.Tx, email string) (bool, error) {
	return h.Members.FormerIn(ctx, tx, email)
}

// postLink writes the letter with a link to sign in.
func (h *House) postLink(ctx context.Context, tx *store.Tx, l accounts.Link) error {
	lang := l.Account.Lang
	if lang == "" {
		lang = h.Config.Lang
	}
	p, key := h.Words.In(lang), "house.mail.link"
	if l.Invited {
		key = "house.mail.invite"
	}
	_, err := h.Mail.Post(ctx, tx, mail.Letter{
		To: l.Account.Email, ToName: l.Account.Name, Lang: p.Lang, Kind: mail.Link, About: "account/" + string(l.Account.ID),
		Subject: p.T(key+".subject", "house", h.Config.Name),
		Text:    p.T(key+".text", "name", l.Account.Name, "house", h.Config.Name, "link", h.Config.URL+linkPath(l)),
	})
	return err
}

// linkPath is the page of a link; it says where the person was going.
func linkPath(l accounts.Link) string {
	at := "/sign-in/" + l.Token
	if next := page.Local(l.Next); next != "/" {
		at += "?" + url.Values{"next": {next}}.Encode()
	}
	return at
}
