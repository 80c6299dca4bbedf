package accounts

import (
	"bytes"
	"cmp"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// The test values of RFC 6238, appendix B, cut to six digits.
func TestCodeOf(t *testing.T) {
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		if got := codeOf([]byte("12345678901234567890"), stepAt(time.Unix(at, 0))); got != want {
			t.Errorf("at %d the code is %s, want %s", at, got, want)
		}
	}
}

func (h *house) code(secret string) string { return CodeAt(secret, h.now) }

// enrol gives Ana an app, and goes on to its next code.
func (h *house) enrol(t *testing.T) (secret string, codes []string) {
	t.Helper()
	secret, address, err := h.BeginApp(t.Context(), h.first.Token)
	if err != nil || !strings.Contains(address, "secret="+secret) {
		t.Fatal(address, err)
	}
	if codes, err = h.ConfirmApp(t.Context(), h.first.Token, h.code(secret)); err != nil || len(codes) != 10 {
		t.Fatal(codes, err)
	}
	h.now = h.now.Add(time.Minute)
	return secret, codes
}

// Who has an app is nobody until a code has come; a code is taken once.
func TestDesk_Prove(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		secret, codes := h.enrol(t)
		in := must[SignedIn](t)(h.SignIn(t.Context(), "ana@example.org", password, ""))
		if _, err := h.Session(t.Context(), in.Token); !fault.Is(err, fault.Denied) || !h.Half(t.Context(), in.Token) {
			t.Fatalf("half a session is somebody: %v", err)
		}
		if _, err := h.beginPasskey(t, in.Token); !fault.Is(err, fault.Denied) {
			t.Errorf("half a session adds a key: %v", err)
		}
		if err := h.Prove(t.Context(), in.Token, "000000"); !faultIn(err, "code") {
			t.Errorf("a wrong code: %v", err)
		}
		code := h.code(secret)
		if err := h.Prove(t.Context(), in.Token, code[:3]+" "+code[3:]); err != nil {
			t.Fatal(err)
		}
		if who, err := h.Session(t.Context(), in.Token); err != nil || who.Name != "Ana" {
			t.Errorf("a whole session is %v, %v", who, err)
		}
		again := must[SignedIn](t)(h.SignIn(t.Context(), "ana@example.org", password, ""))
		if err := h.Prove(t.Context(), again.Token, code); !faultIn(err, "code") {
			t.Errorf("the same code again: %v", err)
		}
		if err := h.Prove(t.Context(), again.Token, strings.ToUpper(codes[0])); err != nil {
			t.Errorf("a recovery code: %v", err)
		}
		third := must[SignedIn](t)(h.SignIn(t.Context(), "ana@example.org", password, ""))
		if err := h.Prove(t.Context(), third.Token, codes[0]); !faultIn(err, "code") {
			t.Errorf("a recovery code again: %v", err)
		}
	})
}

// beginPasskey is BeginPasskey for those who want its error only.
func (h *house) beginPasskey(t *testing.T, token string) (any, error) {
	options, _, err := h.BeginPasskey(t.Context(), token)
	return options, err
}

func faultIn(err error, field string) bool { f := fault.Of(err); return f != nil && f.Field == field }

// Codes cannot be tried out.
func TestDesk_Prove_tries(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		secret, _ := h.enrol(t)
		in := must[SignedIn](t)(h.SignIn(t.Context(), "ana@example.org", password, ""))
		for range mostTries {
			if err := h.Prove(t.Context(), in.Token, "123"); !faultIn(err, "code") {
				t.Fatal(err)
			}
		}
		if err := h.Prove(t.Context(), in.Token, h.code(secret)); !fault.Is(err, fault.Busy) {
			t.Errorf("after %d tries: %v", mostTries, err)
		}
	})
}

// Where the house asks it, the office has to have a second factor, and members not.
func TestDesk_Required(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.Required = true
		if !h.Half(t.Context(), h.first.Token) {
			t.Fatal("an administrator without a second factor is let in")
		}
		secret, _, err := h.BeginApp(t.Context(), h.first.Token)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.ConfirmApp(t.Context(), h.first.Token, h.code(secret)); err != nil {
			t.Fatal(err)
		}
		ana := must[auth.Actor](t)(h.Session(t.Context(), h.first.Token))
		m := must[Account](t)(h.Invite(t.Context(), ana, Account{Name: "Taja", Email: "taja@example.org", Roles: auth.Member}))
		in := must[SignedIn](t)(h.UseLink(t.Context(), h.last().Token, ""))
		if h.Half(t.Context(), in.Token) || in.Account.ID != m.ID {
			t.Error("a member is asked for a second factor")
		}
		if err := h.Forget(t.Context(), in.Account.Actor(), ana.User); !fault.Is(err, fault.Denied) {
			t.Errorf("a member takes out the second factor of an administrator: %v", err)
		}
		if err := h.Forget(t.Context(), ana, ana.User); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Session(t.Context(), h.first.Token); !fault.Is(err, fault.Denied) {
			t.Errorf("the session goes on without: %v", err)
		}
	})
}

// A clock that is half a minute off is forgiven, one that is a minute off is not; and a
// code that was taken is not taken again within its time, nor is one from before it.
func TestDesk_Prove_drift(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		secret, _ := h.enrol(t)
		try := func(off time.Duration) error {
			in := must[SignedIn](t)(h.SignIn(t.Context(), "ana@example.org", password, ""))
			return h.Prove(t.Context(), in.Token, CodeAt(secret, h.now.Add(off)))
		}
		for _, off := range []time.Duration{-time.Minute, time.Minute, -time.Hour} {
			if err := try(off); !faultIn(err, "code") {
				t.Errorf("a code of %v is taken: %v", off, err)
			}
		}
		if err := try(-30 * time.Second); err != nil {
			t.Errorf("the code before: %v", err)
		}
		if err := try(30 * time.Second); err != nil {
			t.Errorf("the code after: %v", err)
		}
		if err := try(0); !faultIn(err, "code") {
			t.Errorf("a code from before the one that was taken: %v", err)
		}
	})
}

// Until the day comes the office is reminded and let in; from then on nobody of it has
// a session without a second factor, however it began, be it before the day. Members
// are not asked.
func TestDesk_RequiredFrom(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.Required, h.RequiredFrom = true, h.now.AddDate(0, 0, 14)
		ana := must[auth.Actor](t)(h.Session(t.Context(), h.first.Token))
		if ana.Second != "2026-12-06" {
			t.Errorf("is reminded of %q", ana.Second)
		}
		must[Account](t)(h.Invite(t.Context(), ana, Account{Name: "Bor", Email: "bor@example.org", Roles: auth.Office}))
		before := must[SignedIn](t)(h.UseLink(t.Context(), h.last().Token, ""))
		must[Account](t)(h.Invite(t.Context(), ana, Account{Name: "Taja", Email: "taja@example.org", Roles: auth.Member}))
		member := must[SignedIn](t)(h.UseLink(t.Context(), h.last().Token, ""))
		if who, err := h.Session(t.Context(), member.Token); err != nil || who.Second != "" {
			t.Errorf("a member is reminded: %+v, %v", who, err)
		}
		h.now = h.RequiredFrom
		if err := h.AskLink(t.Context(), "bor@example.org", "", ""); err != nil {
			t.Fatal(err)
		}
		for how, in := range map[string]SignedIn{
			"before": before, "first": h.first, "link": must[SignedIn](t)(h.UseLink(t.Context(), h.last().Token, "")),
			"provider": must[SignedIn](t)(h.ByProvider(t.Context(), "bor@example.org", "")), "password": must[SignedIn](t)(h.SignIn(t.Context(), "ana@example.org", password, "")),
		} {
			if who, err := h.Session(t.Context(), in.Token); !fault.Is(err, fault.Denied) || !h.Half(t.Context(), in.Token) {
				t.Errorf("%s: in without a second factor as %+v, %v", how, who, err)
			}
			if _, err := h.NeedsOld(t.Context(), in.Token); !fault.Is(err, fault.Denied) {
				t.Errorf("%s: half a session may change the password: %v", how, err)
			}
		}
		if _, err := h.Session(t.Context(), member.Token); err != nil {
			t.Errorf("a member is kept out: %v", err)
		}
	})
}

// A letter with a link says where the person was going, for an account and for a member
// who has none yet.
func TestDesk_AskLink_next(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.Knows = func(_ context.Context, _ *store.Tx, email string) (Person, error) {
			return Person{Name: "Taja Benko"}, nil
		}
		for _, email := range []string{"ana@example.org", "taja@benko.example"} {
			for next, want := range map[string]string{"/votes/1": "/votes/1", "/" + strings.Repeat("x", 2_000): ""} {
				if err := h.AskLink(t.Context(), email, next, ""); err != nil || h.last().Next != want {
					t.Errorf("%s is sent to %.20q, %v", email, h.last().Next, err)
				}
			}
		}
	})
}

// Before what cannot be undone one proves oneself anew.
func TestDesk_Sure(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		if err := h.Sure(t.Context(), h.first.Token, SureSpan); err != nil {
			t.Fatal(err)
		}
		h.now = h.now.Add(SureSpan + time.Second)
		if err := h.Sure(t.Context(), h.first.Token, SureSpan); !fault.Is(err, fault.Denied) {
			t.Errorf("sure for ever: %v", err)
		}
		if err := h.ProvePassword(t.Context(), h.first.Token, "napak"); !faultIn(err, "password") {
			t.Errorf("a wrong password: %v", err)
		}
		if err := h.ProvePassword(t.Context(), h.first.Token, password); err != nil {
			t.Fatal(err)
		}
		if err := h.Sure(t.Context(), h.first.Token, SureSpan); err != nil {
			t.Error(err)
		}
	})
}

// A session that was left open plants no factor of its own: whoever adds one has proved
// themself just now.
func TestDesk_plant(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.now = h.now.Add(2*SureSpan + time.Second)
		for what, plant := range map[string]func() error{
			"a passkey": func() error { _, _, err := h.BeginPasskey(t.Context(), h.first.Token); return err },
			"an app":    func() error { _, _, err := h.BeginApp(t.Context(), h.first.Token); return err },
		} {
			if f := fault.Of(plant()); f == nil || f.Key != "auth.sure_first" {
				t.Errorf("%s is planted: %v", what, f)
			}
			if err := h.ProvePassword(t.Context(), h.first.Token, password); err != nil {
				t.Fatal(err)
			}
			if err := plant(); err != nil {
				t.Errorf("%s is not taken: %v", what, err)
			}
			h.now = h.now.Add(2*SureSpan + time.Second)
		}
	})
}

// A member whom the register knows gets an account with the first link; anybody
// else gets the same answer, and nothing.
func TestDesk_firstLink(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.Knows = func(_ context.Context, _ *store.Tx, email string) (Person, error) {
			if email == "taja@benko.example" {
				return Person{Name: "Taja Benko", Lang: "sl"}, nil
			}
			return Person{}, nil
		}
		for _, email := range []string{"nobody@example.org", "Taja@Benko.example"} {
			if err := h.AskLink(t.Context(), email, "", ""); err != nil {
				t.Fatal(err)
			}
		}
		if len(h.links) != 1 || h.links[0].Account.Email != "taja@benko.example" {
			t.Fatalf("links went to %v", h.links)
		}
		if a, err := h.Peek(t.Context(), h.last().Token); err != nil || a.Name != "Taja Benko" {
			t.Errorf("peeked at %v, %v", a, err)
		}
		in := must[SignedIn](t)(h.UseLink(t.Context(), h.last().Token, ""))
		if in.Account.Roles != auth.Member || in.Account.Name != "Taja Benko" {
			t.Errorf("signed in as %+v", in.Account)
		}
		if _, err := h.UseLink(t.Context(), h.links[0].Token, ""); !fault.Is(err, fault.Missing) {
			t.Errorf("used twice: %v", err)
		}
		if again := must[SignedIn](t)(h.ByProvider(t.Context(), "taja@benko.example", "")); again.Account.ID != in.Account.ID {
			t.Error("a provider's word made a second account")
		}
		if _, err := h.ByProvider(t.Context(), "nobody@example.org", ""); !fault.Is(err, fault.Denied) {
			t.Errorf("a provider vouches for a stranger: %v", err)
		}
		ana := must[auth.Actor](t)(h.Session(t.Context(), h.first.Token))
		must[Account](t)(h.Disable(t.Context(), ana, in.Account.ID))
		if _, err := h.ByProvider(t.Context(), "taja@benko.example", ""); !fault.Is(err, fault.Denied) {
			t.Errorf("who is kept out comes in by a provider: %v", err)
		}
	})
}

// A device is an authenticator that holds one key.
type device struct {
	key   *ecdsa.PrivateKey
	id    []byte
	user  []byte
	count uint32
	at    string // the page it believes to be on; empty for ours
	other string // the challenge it answers; empty for the one it was given
}

var b64 = base64.RawURLEncoding

// cborBytes writes a byte string of at most 65,535 bytes.
func cborBytes(b []byte) []byte {
	return append(append([]byte{0x59}, binary.BigEndian.AppendUint16(nil, uint16(len(b)))...), b...)
}

func (d *device) authData(flags byte, more []byte) []byte {
	rp := sha256.Sum256([]byte("localhost"))
	out := append(rp[:], flags)
	out = binary.BigEndian.AppendUint32(out, d.count)
	return append(out, more...)
}

func (d *device) clientData(kind, challenge string) []byte {
	raw, _ := json.Marshal(map[string]any{"type": kind, "challenge": cmp.Or(d.other, challenge), "origin": cmp.Or(d.at, "http://localhost"), "crossOrigin": false})
	return raw
}

// options reads the challenge, and for a new key the user.
func options(t *testing.T, given any) (challenge string, user []byte) {
	t.Helper()
	raw, err := json.Marshal(given)
	var in struct {
		PublicKey struct {
			Challenge string `json:"challenge"`
			User      struct {
				ID string `json:"id"`
			} `json:"user"`
		} `json:"publicKey"`
	}
	if err == nil {
		err = json.Unmarshal(raw, &in)
	}
	if err != nil {
		t.Fatal(err)
	}
	user, _ = b64.DecodeString(in.PublicKey.User.ID)
	return in.PublicKey.Challenge, user
}

// make answers as a browser with a new key does.
func (d *device) make(t *testing.T, given any) []byte {
	t.Helper()
	challenge, user := options(t, given)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	d.key, d.user, d.id = key, user, []byte(rand.Text())
	pub, err := key.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	cose := bytes.Join([][]byte{{0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21}, cborBytes(pub[1:33]), {0x22}, cborBytes(pub[33:])}, nil)
	attested := append(make([]byte, 16), binary.BigEndian.AppendUint16(nil, uint16(len(d.id)))...)
	attested = append(append(attested, d.id...), cose...)
	object := append([]byte("\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData"), cborBytes(d.authData(0x45, attested))...)
	answer, _ := json.Marshal(map[string]any{"id": b64.EncodeToString(d.id), "rawId": b64.EncodeToString(d.id), "type": "public-key", "response": map[string]any{
		"clientDataJSON": b64.EncodeToString(d.clientData("webauthn.create", challenge)), "attestationObject": b64.EncodeToString(object),
	}})
	return answer
}

// sign answers as a browser with the key does.
func (d *device) sign(t *testing.T, given any) []byte {
	t.Helper()
	challenge, _ := options(t, given)
	d.count++
	data, client := d.authData(0x05, nil), d.clientData("webauthn.get", challenge)
	hash := sha256.Sum256(client)
	digest := sha256.Sum256(append(bytes.Clone(data), hash[:]...))
	sig, err := ecdsa.SignASN1(rand.Reader, d.key, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	answer, _ := json.Marshal(map[string]any{"id": b64.EncodeToString(d.id), "rawId": b64.EncodeToString(d.id), "type": "public-key", "response": map[string]any{
		"clientDataJSON": b64.EncodeToString(client), "authenticatorData": b64.EncodeToString(data), "signature": b64.EncodeToString(sig), "userHandle": b64.EncodeToString(d.user),
	}})
	return answer
}

// A key is added, signs in as both factors, and is of no use once it is taken out.
func TestDesk_passkey(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.Required = true
		var d device
		given, ceremony, err := h.BeginPasskey(t.Context(), h.first.Token)
		if err != nil {
			t.Fatal(err)
		}
		answer := d.make(t, given)
		if err := h.AddPasskey(t.Context(), h.first.Token, ceremony, "telefon", answer); err != nil {
			t.Fatal(err)
		}
		if err := h.AddPasskey(t.Context(), h.first.Token, ceremony, "telefon", answer); !fault.Is(err, fault.Missing) {
			t.Errorf("a challenge is good for two answers: %v", err)
		}
		if h.Half(t.Context(), h.first.Token) {
			t.Error("who has added a key is still asked for one")
		}
		asked, ceremony, err := h.AskPasskey(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		in := must[SignedIn](t)(h.ByPasskey(t.Context(), ceremony, d.sign(t, asked), "192.0.2.1"))
		if in.Account.Name != "Ana" || h.Half(t.Context(), in.Token) {
			t.Errorf("signed in as %+v", in.Account)
		}
		h.forgeries(t, &d)
		s := must[Second](t)(h.Second(t.Context(), in.Token))
		if len(s.Passkeys) != 1 || s.Passkeys[0].Name != "telefon" || s.Passkeys[0].Used.IsZero() {
			t.Fatalf("keys are %+v", s.Passkeys)
		}
		if err := h.NamePasskey(t.Context(), in.Token, s.Passkeys[0].ID, "stari telefon"); err != nil {
			t.Error(err)
		}
		if err := h.DropPasskey(t.Context(), in.Token, s.Passkeys[0].ID); err != nil {
			t.Fatal(err)
		}
		asked, ceremony, _ = h.AskPasskey(t.Context())
		if _, err := h.ByPasskey(t.Context(), ceremony, d.sign(t, asked), ""); !fault.Is(err, fault.Denied) {
			t.Errorf("a key that was taken out signs in: %v", err)
		}
	})
}

// forgeries are answers that must not be taken.
func (h *house) forgeries(t *testing.T, d *device) {
	t.Helper()
	for name, forge := range map[string]func(*device){
		"another key":            func(d *device) { d.key, _ = ecdsa.GenerateKey(elliptic.P256(), rand.Reader) },
		"a copied key":           func(d *device) { d.count = 0 },
		"another user":           func(d *device) { d.user = []byte("somebody") },
		"another page":           func(d *device) { d.at = "http://localhost.evil.example" },
		"a page that we are not": func(d *device) { d.at = "https://localhost" },
		"another challenge":      func(d *device) { d.other = b64.EncodeToString(bytes.Repeat([]byte{7}, 32)) },
	} {
		copied := *d
		forge(&copied)
		asked, ceremony, err := h.AskPasskey(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.ByPasskey(t.Context(), ceremony, copied.sign(t, asked), ""); !fault.Is(err, fault.Denied) {
			t.Errorf("%s signs in: %v", name, err)
		}
	}
	if _, err := h.ByPasskey(t.Context(), "", []byte("{}"), ""); !fault.Is(err, fault.Denied) {
		t.Errorf("nothing signs in: %v", err)
	}
}
