// Package provider lets people sign in with an account they have elsewhere, by
// OpenID Connect: the code flow with PKCE, a state and a nonce.
//
// What holds:
//
//   - What is believed is one thing only: that whoever comes reads mail at an
//     address, which the provider says that it has verified. Who that is, and what
//     they may do, the house says.
//   - The secrets of a sign-in under way are with the browser that began it.
//   - The provider is asked at public addresses only, unless the house was told that
//     it stands inside.
package provider

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"syscall"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/asociacija/asociacija/internal/platform/fault"
)

// An Account tells a provider which house we are.
type Account struct {
	Issuer string // "https://accounts.example.org"; empty for no provider
	ID     string
	Secret string
	Name   string // of the provider, as people know it
	Inside bool   // it may stand at an address that the world does not reach
}

// A Provider (ponudnik prijave) vouches for people who have an account there.
type Provider struct {
	Name string

	account Account
	back    string // where it sends people back to
	client  *http.Client

	mu    sync.Mutex
	known *oidc.Provider // once it has been asked what it is
}

// New is the provider of the account, or nil if there is none. It is asked nothing
// before somebody signs in.
func New(a Account, back string) *Provider {
	if a.Issuer == "" {
		return nil
	}
	dial := &net.Dialer{Timeout: 5 * time.Second}
	if !a.Inside {
		dial.Control = outside
	}
	return &Provider{Name: a.Name, account: a, back: back, client: &http.Client{
		Timeout:   10 * time.Second,
		Transport: &http.Transport{DialContext: dial.DialContext, TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: 10 * time.Second, Proxy: http.ProxyFromEnvironment},
	}}
}

// outside refuses addresses that the world does not reach: what answers there was
// not meant for us to ask.
func outside(_, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if ip := at.Addr().Unmap(); !ip.IsGlobalUnicast() || ip.IsPrivate() || shared.Contains(ip) {
		return fmt.Errorf("provider: %s is an inside address", ip)
	}
	return nil
}

// shared are addresses that a carrier gives its subscribers (RFC 6598).
var shared = netip.MustParsePrefix("100.64.0.0/10")

// A Way is a sign-in under way. It is kept by the browser that began it, in a cookie
// that no script reads.
type Way struct {
	State    string `json:"state"`
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"`
	Next     string `json:"next"` // where the person was going
}

// Write is the way as a cookie holds it.
func (w Way) Write() string {
	whole, err := json.Marshal(w)
	if err != nil {
		panic(err) // four strings
	}
	return url.QueryEscape(string(whole))
}

// ReadWay reads what Write wrote.
func ReadWay(s string) (w Way, err error) {
	plain, err := url.QueryUnescape(s)
	if err == nil {
		err = json.Unmarshal([]byte(plain), &w)
	}
	if err != nil || w.State == "" || w.Nonce == "" || w.Verifier == "" {
		return w, lost()
	}
	return w, nil
}

func lost() error { return fault.New(fault.Invalid, "auth.provider.lost") }

// Begin gives the address at which the person signs in with the provider. A
// provider that does not answer is a Busy fault.
func (p *Provider) Begin(ctx context.Context, next string) (address string, way Way, err error) {
	known, err := p.ask(ctx)
	if err != nil {
		return "", way, err
	}
	way = Way{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), Next: next}
	return p.flow(known).AuthCodeURL(way.State, oidc.Nonce(way.Nonce), oauth2.S256ChallengeOption(way.Verifier)), way, nil
}

// Finish reads with what the provider has sent the person back, and gives the
// address that it vouches for. An address that it has not verified is a Denied
// fault.
func (p *Provider) Finish(ctx context.Context, way Way, back url.Values) (email string, err error) {
	if subtle.ConstantTimeCompare([]byte(back.Get("state")), []byte(way.State)) != 1 {
		return "", lost()
	}
	if back.Get("error") != "" || back.Get("code") == "" {
		return "", fault.New(fault.Denied, "auth.provider.refused")
	}
	known, err := p.ask(ctx)
	if err != nil {
		return "", err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	token, err := p.flow(known).Exchange(ctx, back.Get("code"), oauth2.VerifierOption(way.Verifier))
	if err != nil {
		return "", p.failed("exchange", err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := known.Verifier(&oidc.Config{ClientID: p.account.ID}).Verify(ctx, raw)
	if err != nil {
		return "", p.failed("verify", err)
	}
	if subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(way.Nonce)) != 1 {
		return "", lost()
	}
	var said claims
	if err := id.Claims(&said); err != nil {
		return "", p.failed("claims", err)
	}
	if said.Email == "" || !bool(said.Verified) {
		return "", fault.New(fault.Denied, "auth.provider.unverified")
	}
	return said.Email, nil
}

// claims are what we read of an ID token.
type claims struct {
	Email    string `json:"email"`
	Verified truth  `json:"email_verified"`
}

// A truth is a JSON boolean, or the text that some providers send for one.
type truth bool

// UnmarshalJSON reads true, "true", and all else as false.
func (t *truth) UnmarshalJSON(b []byte) error {
	*t = string(b) == "true" || string(b) == `"true"`
	return nil
}

func (p *Provider) flow(known *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{ClientID: p.account.ID, ClientSecret: p.account.Secret, Endpoint: known.Endpoint(), RedirectURL: p.back, Scopes: []string{oidc.ScopeOpenID, "email"}}
}

// ask learns once what the provider is; one that does not answer is asked again the
// next time.
func (p *Provider) ask(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known == nil {
		known, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.client), p.account.Issuer)
		if err != nil {
			return nil, p.failed("ask", err)
		}
		p.known = known
	}
	return p.known, nil
}

// failed is a Busy fault that holds why, for the log and not for the person.
func (p *Provider) failed(deed string, err error) error {
	f := fault.New(fault.Busy, "auth.provider.away", "provider", p.Name)
	return errors.Join(f, fmt.Errorf("provider: %s: %w", deed, err))
}
