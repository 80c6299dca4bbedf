// Package page is what all pages share: the layout and its parts as typed
// components, forms, errors turned into answers, the headers that keep a browser
// from harm.
//
// A page is a handler that asks its desk, fills a view of plain fields, and
// renders a component with it. Nothing is sent until all of it is made.
package page

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
)

//go:embed assets lang
var files embed.FS

// Words are the catalogues of this package.
func Words() embed.FS { return files }

// A House is what every page says of the association.
type House struct {
	Name    string // "Mreža neodvisne kulture"
	Address string // one line under every page
	URL     string // public address, without a slash at the end
	Lang    string // in which the association writes
	Zone    *time.Location
	Demo    bool
}

// An Entry is a link of the main menu; it is shown to those who have the roles.
type Entry struct {
	Key, Link string
	Roles     auth.Roles
	Public    bool // shown to everybody
	Guests    bool // shown to passers-by only
}

// A Site makes frames and handles errors for all desks.
type Site struct {
	House House
	// Address, if it is set, is the line under every page, in place of the House's.
	Address func(context.Context) string
	Menu    []Entry
	// Sure, if it is set, returns a Denied fault unless whoever asks has proved
	// themself just now. Pages ask it before deeds that cannot be undone.
	Sure  func(*http.Request) error
	words *i18n.Book
	now   func() time.Time
	style string // link to the stylesheet
	code  string // link to the script
}

// New makes the site of a house.
func New(house House, menu []Entry, words *i18n.Book, now func() time.Time) *Site {
	s := &Site{House: house, Menu: menu, words: words, now: now}
	s.style, s.code = asset("asociacija.css"), asset("asociacija.js")
	return s
}

// asset is the link to a file, with a hash, so that it can be kept for ever.
func asset(name string) string {
	whole, err := files.ReadFile("assets/" + name)
	if err != nil {
		panic(err) // the file is embedded
	}
	sum := sha256.Sum256(whole)
	return "/assets/" + hex.EncodeToString(sum[:4]) + "/" + name
}

// Assets serves the stylesheet, the script and the icon: GET /assets/HASH/NAME.
func Assets() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, name, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/assets/"), "/")
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		http.ServeFileFS(w, r, files, "assets/"+name)
	})
}

// Printer writes in the language of the request: the cookie's, the account's, the
// browser's.
func (s *Site) Printer(r *http.Request) *i18n.Printer {
	if c, err := r.Cookie("lang"); err == nil {
		return s.words.In(c.Value)
	}
	if a := auth.From(r.Context()); a.Lang != "" {
		return s.words.In(a.Lang)
	}
	return s.words.In(i18n.Choose(r.Header.Get("Accept-Language")))
}

// In is the printer of a language, for letters and papers.
func (s *Site) In(lang string) *i18n.Printer { return s.words.In(lang) }

// Today is the day in the house's time zone.
func (s *Site) Today() civil.Date { return civil.Of(s.now(), s.House.Zone) }

// Local is the instant in the house's time zone.
func (s *Site) Local(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return t.In(s.House.Zone)
}

// A Frame is what surrounds a page. Handlers embed it in their views.
type Frame struct {
	*i18n.Printer
	House   House
	Actor   auth.Actor
	Title   string // of the browser's window and of the print-out
	Section string // key of the menu entry that is current
	Size    string // "", "wide" or "read"
	Path    string // with query, of this page
	Foot    string // what the print-out says at its foot
	Said    string // what has just been done, from the page before
	Theme   string // "", "light" or "dark"
	Bare    bool   // no menu: the page of a personal link
	Feed    string // link of an Atom feed of this page
	Wrong   Wrong
	Today   civil.Date
	menu    []Entry
	style   string
	code    string
}

// Frame makes the frame of a page.
func (s *Site) Frame(r *http.Request, section, title string) Frame {
	f := Frame{
		Printer: s.Printer(r), House: s.House, Actor: auth.From(r.Context()), Title: title, Section: section,
		Path: r.URL.RequestURI(), Today: s.Today(), menu: s.Menu, style: s.style, code: s.code,
	}
	if s.Address != nil {
		f.House.Address = s.Address(r.Context())
	}
	if key := r.URL.Query().Get("said"); strings.HasPrefix(key, "said.") && f.Has(key) {
		f.Said = f.T(key)
	}
	if c, err := r.Cookie("theme"); err == nil && (c.Value == "light" || c.Value == "dark") {
		f.Theme = c.Value
	}
	return f
}

// Entries are the entries of the menu that the actor sees.
func (f Frame) Entries() []Entry {
	var list []Entry
	for _, e := range f.menu {
		if e.Public || e.Guests && !f.Actor.Known() || f.Actor.Roles&e.Roles != 0 {
			list = append(list, e)
		}
	}
	return list
}

// Own is the language of what the association has written itself, or empty where
// it is the page's own: an attribute is needed only where they differ.
func (f Frame) Own() string {
	if f.House.Lang == f.Lang {
		return ""
	}
	return f.House.Lang
}

// In is the attribute lang, or none if the language is empty.
func In(lang string) templ.Attributes {
	if lang == "" {
		return nil
	}
	return templ.Attributes{"lang": lang}
}

// With is the page's own path with one parameter of the query changed; an empty
// value takes it out.
func (f Frame) With(name, value string) templ.SafeURL {
	u, err := url.Parse(f.Path)
	if err != nil {
		return "/"
	}
	q := u.Query()
	q.Del("said")
	if q.Set(name, value); value == "" {
		q.Del(name)
	}
	u.RawQuery = q.Encode()
	return templ.SafeURL(u.RequestURI())
}

// Render answers with the component.
func Render(w http.ResponseWriter, r *http.Request, c templ.Component) error {
	return RenderStatus(w, r, http.StatusOK, c)
}

// RenderStatus answers with the component and a status of its own.
func RenderStatus(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	var b bytes.Buffer
	if err := c.Render(r.Context(), &b); err != nil {
		return fmt.Errorf("page: render: %w", err)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
	}
	w.WriteHeader(status)
	_, err := b.WriteTo(w)
	return err
}

// Go answers a POST: see the page at the path, which says what was done.
func Go(w http.ResponseWriter, r *http.Request, path, said string) error {
	if said != "" {
		u, err := url.Parse(path)
		if err != nil {
			return fmt.Errorf("page: go: %w", err)
		}
		q := u.Query()
		q.Set("said", said)
		u.RawQuery = q.Encode()
		path = u.String()
	}
	http.Redirect(w, r, path, http.StatusSeeOther)
	return nil
}

// A Handler answers a request, or returns why it could not.
type Handler func(http.ResponseWriter, *http.Request) error

var statuses = map[fault.Kind]int{
	fault.Invalid:  http.StatusUnprocessableEntity,
	fault.Denied:   http.StatusForbidden,
	fault.Missing:  http.StatusNotFound,
	fault.Conflict: http.StatusConflict,
	fault.TooBig:   http.StatusRequestEntityTooLarge,
	fault.Busy:     http.StatusServiceUnavailable,
}

// Code is the status code of a fault.
func Code(f *fault.Fault) int { return statuses[f.Kind] }

// Handle makes a handler of the standard library. It is the one place where an
// error becomes an answer.
func (s *Site) Handle(h Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := h(w, r); err != nil {
			s.Fail(w, r, err)
		}
	})
}

// Fail answers with a page that says what went wrong.
func (s *Site) Fail(w http.ResponseWriter, r *http.Request, err error) {
	f := fault.Of(err)
	if f != nil && f.Key == "auth.sign_in_first" && r.Method == http.MethodGet {
		http.Redirect(w, r, "/sign-in?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	if f != nil && f.Key == "auth.sure_first" {
		http.Redirect(w, r, "/sure?next="+url.QueryEscape(cameFrom(r)), http.StatusSeeOther)
		return
	}
	frame := s.Frame(r, "", "")
	v := failView{Frame: frame, Status: http.StatusInternalServerError}
	if f != nil {
		v.Status, v.Lead = Code(f), frame.T(f.Key, f.Args...)
		v.Title = frame.T("fail." + string(f.Kind))
	} else {
		slog.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", quiet(r.URL.Path), "err", err)
		v.Title, v.Lead = frame.T("fail.ours"), frame.T("fail.ours.lead")
	}
	if err := RenderStatus(w, r, v.Status, failPage(v)); err != nil {
		slog.ErrorContext(r.Context(), "error page failed", "err", err)
	}
}

// cameFrom is the page that asked: for a form, the one it stands on.
func cameFrom(r *http.Request) string {
	if r.Method == http.MethodGet {
		return r.URL.RequestURI()
	}
	u, err := url.Parse(r.Referer())
	if err != nil || u.Host != r.Host {
		return "/"
	}
	return Local(u.RequestURI())
}

// NotFound is the answer where no page stands.
func (s *Site) NotFound(http.ResponseWriter, *http.Request) error {
	return fault.New(fault.Missing, "page.missing")
}

type failView struct {
	Frame
	Status int
	Lead   string
}
