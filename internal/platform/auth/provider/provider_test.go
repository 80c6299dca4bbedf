package provider

import (
	"cmp"
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/fault"
)

// An issuer is a provider that a test has made: it signs what the test wants.
type issuer struct {
	*httptest.Server
	key    *rsa.PrivateKey
	signer *rsa.PrivateKey // key, unless the test forges
	kid    string          // of the key
	head   string          // of tokens; empty for RS256 with kid
	claims map[string]any
	asked  url.Values // with what the last sign-in was begun
}

var b64 = base64.RawURLEncoding

func issue(t *testing.T) *issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	s := &issuer{key: key, signer: key, kid: "1"}
	mux := http.NewServeMux()
	answer := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(v)
	}
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, r *http.Request) {
		answer(w, map[string]any{
			"issuer": s.URL, "authorization_endpoint": s.URL + "/authorize", "token_endpoint": s.URL + "/token", "jwks_uri": s.URL + "/keys",
			"id_token_signing_alg_values_supported": []string{"RS256"},
		})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, r *http.Request) {
		answer(w, map[string]any{"keys": []any{map[string]any{
			"kty": "RSA", "alg": "RS256", "use": "sig", "kid": s.kid, "n": b64.EncodeToString(s.key.N.Bytes()), "e": b64.EncodeToString(big.NewInt(int64(s.key.E)).Bytes()),
		}}})
	})
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) {
		sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
		if r.FormValue("code") != "koda" || b64.EncodeToString(sum[:]) != s.asked.Get("code_challenge") {
			http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
			return
		}
		answer(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": s.token(t)})
	})
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

// token signs the claims of the test over those that are usual.
func (s *issuer) token(t *testing.T) string {
	said := map[string]any{
		"iss": s.URL, "aud": "asociacija", "sub": "1", "exp": time.Now().Add(time.Hour).Unix(), "iat": time.Now().Unix(),
		"nonce": s.asked.Get("nonce"), "email": "taja@benko.example", "email_verified": true,
	}
	for name, v := range s.claims {
		said[name] = v
	}
	raw, err := json.Marshal(said)
	if err != nil {
		t.Error(err)
	}
	head := cmp.Or(s.head, `{"alg":"RS256","kid":"`+s.kid+`"}`)
	text := b64.EncodeToString([]byte(head)) + "." + b64.EncodeToString(raw)
	switch {
	case strings.Contains(head, "none"):
		return text + "."
	case strings.Contains(head, "HS256"): // signed with what everybody knows
		mac := hmac.New(sha256.New, s.key.N.Bytes())
		mac.Write([]byte(text))
		return text + "." + b64.EncodeToString(mac.Sum(nil))
	}
	sum := sha256.Sum256([]byte(text))
	sig, err := rsa.SignPKCS1v15(rand.Reader, s.signer, crypto.SHA256, sum[:])
	if err != nil {
		t.Error(err)
	}
	return text + "." + b64.EncodeToString(sig)
}

// signIn goes to the issuer and back.
func (s *issuer) signIn(t *testing.T, p *Provider) (string, error) {
	t.Helper()
	address, way, err := p.Begin(t.Context(), "/my")
	if err != nil {
		return "", err
	}
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	s.asked = u.Query()
	if way, err = ReadWay(way.Write()); err != nil || way.Next != "/my" {
		t.Fatal(way, err)
	}
	return p.Finish(t.Context(), way, url.Values{"state": {s.asked.Get("state")}, "code": {"koda"}})
}

func (s *issuer) account() Account {
	return Account{Issuer: s.URL, ID: "asociacija", Secret: "skrivnost", Name: "Ponudnik", Inside: true}
}

// A verified address is believed, and nothing else.
func TestProvider(t *testing.T) {
	s := issue(t)
	p := New(s.account(), "https://mnk.example/sign-in/provider/back")
	if email, err := s.signIn(t, p); err != nil || email != "taja@benko.example" {
		t.Fatal(email, err)
	}
	if s.asked.Get("code_challenge_method") != "S256" || s.asked.Get("redirect_uri") != "https://mnk.example/sign-in/provider/back" || s.asked.Get("scope") != "openid email" {
		t.Errorf("asked for %v", s.asked)
	}
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		claims map[string]any
		signer *rsa.PrivateKey
		want   fault.Kind
	}{
		"verified as text":     {map[string]any{"email_verified": "true"}, s.key, ""},
		"not verified":         {map[string]any{"email_verified": false}, s.key, fault.Denied},
		"no address":           {map[string]any{"email": ""}, s.key, fault.Denied},
		"for another house":    {map[string]any{"aud": "drugi"}, s.key, fault.Busy},
		"of another issuer":    {map[string]any{"iss": "https://evil.example"}, s.key, fault.Busy},
		"for us and another":   {map[string]any{"aud": []string{"drugi", "asociacija"}}, s.key, ""},
		"for nobody":           {map[string]any{"aud": []string{}}, s.key, fault.Busy},
		"of no sign-in":        {map[string]any{"nonce": nil}, s.key, fault.Invalid},
		"verified by a number": {map[string]any{"email_verified": 1}, s.key, fault.Denied},
		"not said":             {map[string]any{"email_verified": nil}, s.key, fault.Denied},
		"not yet":              {map[string]any{"nbf": time.Now().Add(time.Hour).Unix()}, s.key, fault.Busy},
		"too old":              {map[string]any{"exp": 1}, s.key, fault.Busy},
		"of another sign-in":   {map[string]any{"nonce": "x"}, s.key, fault.Invalid},
		"signed by a stranger": {nil, stranger, fault.Busy},
	} {
		s.claims, s.signer = tt.claims, tt.signer
		_, err := s.signIn(t, p)
		if got := fault.Of(err); (got == nil) != (tt.want == "") || got != nil && got.Kind != tt.want {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}

// A provider that has changed its key is believed by the new one, and no longer by the
// old one; a token that says by itself how it is to be believed is not.
func TestProvider_keys(t *testing.T) {
	s := issue(t)
	p := New(s.account(), "https://mnk.example/back")
	if _, err := s.signIn(t, p); err != nil {
		t.Fatal(err)
	}
	old := s.key
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	s.key, s.signer, s.kid = key, key, "2"
	if email, err := s.signIn(t, p); err != nil || email != "taja@benko.example" {
		t.Errorf("after the key was changed: %s, %v", email, err)
	}
	s.signer = old
	if _, err := s.signIn(t, p); !fault.Is(err, fault.Busy) {
		t.Errorf("the old key under the new name: %v", err)
	}
	s.head = `{"alg":"RS256","kid":"1"}`
	if _, err := s.signIn(t, p); !fault.Is(err, fault.Busy) {
		t.Errorf("the old key under its own name: %v", err)
	}
	for _, s.head = range []string{`{"alg":"none"}`, `{"alg":"HS256","kid":"2"}`} {
		if _, err := s.signIn(t, p); !fault.Is(err, fault.Busy) {
			t.Errorf("believed by %s: %v", s.head, err)
		}
	}
}

// Who comes back without having gone, or with another's state, gets no further.
func TestProvider_Finish_state(t *testing.T) {
	s := issue(t)
	p := New(s.account(), "https://mnk.example/back")
	_, way, err := p.Begin(t.Context(), "/")
	if err != nil {
		t.Fatal(err)
	}
	for name, back := range map[string]url.Values{"no state": {"code": {"koda"}}, "another state": {"code": {"koda"}, "state": {"x"}}} {
		if _, err := p.Finish(t.Context(), way, back); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := p.Finish(t.Context(), way, url.Values{"state": {way.State}, "error": {"access_denied"}}); !fault.Is(err, fault.Denied) {
		t.Errorf("refused by the person: %v", err)
	}
	if _, err := p.Finish(t.Context(), way, url.Values{"state": {way.State}, "code": {"druga"}}); !fault.Is(err, fault.Busy) {
		t.Errorf("a code of another: %v", err)
	}
	if _, err := ReadWay("%7B%7D"); !fault.Is(err, fault.Invalid) {
		t.Errorf("an empty way: %v", err)
	}
}

// A provider inside is asked only if the house was told that it stands there.
func TestProvider_inside(t *testing.T) {
	s := issue(t)
	a := s.account()
	a.Inside = false
	if _, _, err := New(a, "").Begin(t.Context(), ""); !fault.Is(err, fault.Busy) || !strings.Contains(err.Error(), "inside address") {
		t.Errorf("asked all the same: %v", err)
	}
	for address, ok := range map[string]bool{
		"192.0.2.1:443": true, "[2001:db8::1]:443": true, "127.0.0.1:80": false, "10.1.2.3:443": false, "169.254.169.254:80": false, "[::1]:443": false,
		"[fd00::1]:443": false, "[::ffff:192.168.0.1]:443": false, "0.0.0.0:80": false, "100.64.1.1:80": false,
	} {
		if err := outside("tcp", address, nil); (err == nil) != ok {
			t.Errorf("%s: %v", address, err)
		}
	}
	if New(Account{}, "") != nil {
		t.Error("there is a provider without an issuer")
	}
}
