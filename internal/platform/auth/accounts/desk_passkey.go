package accounts

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Passkey (ključ za prijavo) is a key on a device of somebody's, which signs in
// without a password. It counts as a second factor.
type Passkey struct {
	ID   string
	Name string // "telefon"
	Made time.Time
	Used time.Time

	account    auth.UserID
	credential webauthn.Credential
}

// ceremonySpan is how long a device may take.
const ceremonySpan = 5 * time.Minute

// mostPasskeys is how many an account may have.
const mostPasskeys = 20

// An owner is an account as devices know it.
type owner struct {
	Account
	keys []Passkey
}

// WebAuthnID is the name of the account for good, which says nothing of the person.
func (o owner) WebAuthnID() []byte { return []byte(o.ID) }

// WebAuthnName is what a device shows beside the key.
func (o owner) WebAuthnName() string { return o.Email }

// WebAuthnDisplayName is the person's name.
func (o owner) WebAuthnDisplayName() string { return o.Name }

// WebAuthnCredentials are the keys of the account.
func (o owner) WebAuthnCredentials() []webauthn.Credential {
	var list []webauthn.Credential
	for _, k := range o.keys {
		list = append(list, k.credential)
	}
	return list
}

// party is the house as devices know it: its name and its address.
func (d *Desk) party() (*webauthn.WebAuthn, error) {
	u, err := url.Parse(d.URL)
	if err != nil {
		return nil, fmt.Errorf("accounts: passkeys: %w", err)
	}
	w, err := webauthn.New(&webauthn.Config{
		RPID: u.Hostname(), RPDisplayName: d.Name, RPOrigins: []string{d.URL}, AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(), UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil, fmt.Errorf("accounts: passkeys: %w", err)
	}
	return w, nil
}

// BeginPasskey asks a device for a new key: options are what the browser is handed,
// ceremony is a secret that comes back with the answer.
func (d *Desk) BeginPasskey(ctx context.Context, token string) (options any, ceremony string, err error) {
	s, err := d.planting(ctx, token)
	if err != nil {
		return nil, "", err
	}
	w, err := d.party()
	if err != nil {
		return nil, "", err
	}
	ceremony, hash := newToken()
	err = d.db.Write(ctx, func(tx *store.Tx) error {
		keys, err := listPasskeys(ctx, tx, s.account.ID)
		if err != nil {
			return err
		}
		if len(keys) >= mostPasskeys {
			return fault.New(fault.Conflict, "accounts.passkey.many", "most", mostPasskeys)
		}
		o := owner{s.account, keys}
		made, data, err := w.BeginRegistration(o, webauthn.WithExclusions(webauthn.Credentials(o.WebAuthnCredentials()).CredentialDescriptors()))
		if err != nil {
			return fmt.Errorf("accounts: begin passkey: %w", err)
		}
		options = made
		return putCeremony(ctx, tx, hash, s.account.ID, data, tx.Now.Add(ceremonySpan))
	})
	return options, ceremony, err
}

// AddPasskey keeps the key that a device has made. The session is whole from then on.
func (d *Desk) AddPasskey(ctx context.Context, token, ceremony, name string, answer []byte) error {
	s, err := d.enrolling(ctx, token)
	if err != nil {
		return err
	}
	w, err := d.party()
	if err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		data, err := takeCeremony(ctx, tx, tokenHash(ceremony), s.account.ID)
		if err != nil {
			return err
		}
		parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
		if err != nil {
			return fault.New(fault.Invalid, "accounts.passkey.wrong")
		}
		made, err := w.CreateCredential(owner{Account: s.account}, data, parsed)
		if err != nil {
			return fault.New(fault.Invalid, "accounts.passkey.wrong")
		}
		p := Passkey{ID: keyID(made.ID), Name: keyName(name), Made: tx.Now, account: s.account.ID, credential: *made}
		if err := putPasskey(ctx, tx, p); err != nil {
			return err
		}
		if err := provedNow(ctx, tx, s.id, true); err != nil {
			return err
		}
		return audit.Note(ctx, tx, s.account.Actor(), "accounts.passkey.add", subject(s.account.ID))
	})
}

func keyID(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

// keyName is the name as it is kept; a key without one is called by its day.
func keyName(name string) string {
	if name = clean(name); len(name) > 100 {
		name = string([]rune(name)[:min(len([]rune(name)), 100)])
	}
	if name == "" {
		return "–"
	}
	return name
}

// NamePasskey gives one of one's own keys another name.
func (d *Desk) NamePasskey(ctx context.Context, token, id, name string) error {
	s, err := d.session(ctx, token)
	if err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if err := namePasskey(ctx, tx, s.account.ID, id, keyName(name)); err != nil {
			return err
		}
		return audit.Note(ctx, tx, s.account.Actor(), "accounts.passkey.name", subject(s.account.ID))
	})
}

// DropPasskey takes one of one's own keys out; who has just proved themself may.
func (d *Desk) DropPasskey(ctx context.Context, token, id string) error {
	s, err := d.sure(ctx, token, SureSpan)
	if err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if err := namePasskey(ctx, tx, s.account.ID, id, ""); err != nil {
			return err
		}
		return audit.Note(ctx, tx, s.account.Actor(), "accounts.passkey.drop", subject(s.account.ID))
	})
}

// AskPasskey asks whatever device is at hand for a key of this house.
func (d *Desk) AskPasskey(ctx context.Context) (options any, ceremony string, err error) {
	w, err := d.party()
	if err != nil {
		return nil, "", err
	}
	made, data, err := w.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, "", fmt.Errorf("accounts: ask passkey: %w", err)
	}
	ceremony, hash := newToken()
	return made, ceremony, d.db.Write(ctx, func(tx *store.Tx) error {
		return putCeremony(ctx, tx, hash, "", data, tx.Now.Add(ceremonySpan))
	})
}

// ByPasskey begins a session for the account of a key. The fault is Denied,
// whatever was wrong.
func (d *Desk) ByPasskey(ctx context.Context, ceremony string, answer []byte, from string) (SignedIn, error) {
	w, err := d.party()
	if err != nil {
		return SignedIn{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return SignedIn{}, refusedKey()
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (SignedIn, error) {
		data, err := takeCeremony(ctx, tx, tokenHash(ceremony), "")
		if err != nil {
			return SignedIn{}, err
		}
		var who owner
		_, used, err := w.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
			if who.Account, err = getAccount(ctx, tx, auth.UserID(handle)); err == nil {
				who.keys, err = listPasskeys(ctx, tx, who.ID)
			}
			return who, err
		}, data, parsed)
		// A counter that runs backwards is a copy of the key.
		if err != nil || who.Disabled || used.Authenticator.CloneWarning {
			return SignedIn{}, refusedKey()
		}
		for _, k := range who.keys {
			if k.ID == keyID(used.ID) {
				k.credential, k.Used = *used, tx.Now
				if err := putPasskey(ctx, tx, k); err != nil {
					return SignedIn{}, err
				}
			}
		}
		if err := audit.Note(ctx, tx, who.Actor(), "accounts.sign_in", subject(who.ID)); err != nil {
			return SignedIn{}, err
		}
		return open(ctx, tx, who.Account, byPasskey, from)
	})
}

func refusedKey() error { return fault.New(fault.Denied, "auth.passkey.wrong") }
