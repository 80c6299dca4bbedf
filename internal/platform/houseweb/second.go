package houseweb

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"rsc.io/qr"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type secondView struct {
	page.Frame
	Second accounts.Second
	Next   string
}

// second asks for the second factor of somebody who has proved the first.
func (s *Site) second(w http.ResponseWriter, r *http.Request) error {
	next := inside(page.Local(r.FormValue("next")))
	if !s.accounts.Half(r.Context(), token(r)) {
		return page.Go(w, r, next, "")
	}
	v, err := s.secondView(r, "house.second")
	if err != nil {
		return err
	}
	if v.Next = next; r.Method == http.MethodPost {
		err := s.accounts.Prove(r.Context(), token(r), r.FormValue("code"))
		if err == nil {
			return page.Go(w, r, next, "")
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), secondPage(v))
}

func (s *Site) secondView(r *http.Request, title string) (secondView, error) {
	f := s.site.Frame(r, "", "")
	f.Title, f.Size = f.T(title), "read"
	second, err := s.accounts.Second(r.Context(), token(r))
	return secondView{Frame: f, Second: second}, err
}

// Sure returns a Denied fault unless whoever asks has proved themself just now; a
// form that was opened in time may be sent a little later.
func (s *Site) Sure(r *http.Request) error {
	span := accounts.SureSpan
	if r.Method != http.MethodGet {
		span *= 2
	}
	return s.accounts.Sure(r.Context(), token(r), span)
}

// sure asks somebody who has signed in to prove themself anew.
func (s *Site) sure(w http.ResponseWriter, r *http.Request) error {
	who, err := signedIn(r)
	if err != nil {
		return err
	}
	v, err := s.secondView(r, "house.sure")
	if err != nil {
		return err
	}
	if v.Next = page.Local(r.FormValue("next")); r.Method == http.MethodPost {
		if v.Second.App {
			err = s.accounts.Prove(r.Context(), token(r), r.FormValue("code"))
		} else {
			err = s.accounts.ProvePassword(r.Context(), token(r), r.FormValue("password"))
		}
		if err == nil {
			return page.Go(w, r, v.Next, "")
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), surePage(v, who.Email))
}

type appView struct {
	page.Frame
	Secret string // in groups of four, once
	Code   *qr.Code
	Next   string
}

// app explains an app that shows codes; the button makes its secret.
func (s *Site) app(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	f.Title, f.Size = f.T("house.app"), "read"
	v := appView{Frame: f, Next: page.Local(r.FormValue("next"))}
	if _, err := s.accounts.Second(r.Context(), token(r)); err != nil {
		return err
	}
	if r.Method == http.MethodGet && !s.accounts.Half(r.Context(), token(r)) {
		if err := s.Sure(r); err != nil {
			return err
		}
	}
	if r.Method == http.MethodPost {
		secret, address, err := s.accounts.BeginApp(r.Context(), token(r))
		if err != nil {
			return err
		}
		if v.Code, err = qr.Encode(address, qr.M); err != nil {
			return fmt.Errorf("houseweb: picture: %w", err)
		}
		v.Secret = grouped(secret)
		w.Header().Set("Cache-Control", "no-store")
	}
	return page.Render(w, r, appPage(v))
}

func grouped(s string) string {
	var b strings.Builder
	for i, c := range s {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// squares draws the picture as one path of unit squares.
func squares(c *qr.Code) string {
	var b strings.Builder
	for y := range c.Size {
		for x := range c.Size {
			if c.Black(x, y) {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x+4, y+4)
			}
		}
	}
	return b.String()
}

func box(c *qr.Code) string {
	n := strconv.Itoa(c.Size + 8)
	return "0 0 " + n + " " + n
}

type codesView struct {
	page.Frame
	Codes []string
	Next  string
}

func (s *Site) codesPage(w http.ResponseWriter, r *http.Request, codes []string) error {
	f := s.site.Frame(r, "", "")
	f.Title, f.Size = f.T("house.codes"), "read"
	w.Header().Set("Cache-Control", "no-store")
	next := page.Local(r.FormValue("next"))
	if next == "/" {
		next = "/account"
	}
	return page.Render(w, r, codesPage(codesView{f, codes, next}))
}

// confirmApp takes the first code, and shows the recovery codes.
func (s *Site) confirmApp(w http.ResponseWriter, r *http.Request) error {
	codes, err := s.accounts.ConfirmApp(r.Context(), token(r), r.FormValue("code"))
	if err == nil {
		return s.codesPage(w, r, codes)
	}
	f := s.site.Frame(r, "", "")
	f.Title, f.Size = f.T("house.app"), "read"
	v := appView{Frame: f, Next: page.Local(r.FormValue("next"))}
	if !v.Blame(err) {
		return err
	}
	return page.RenderStatus(w, r, v.Again(), appPage(v))
}

// newCodes shows new recovery codes.
func (s *Site) newCodes(w http.ResponseWriter, r *http.Request) error {
	codes, err := s.accounts.NewCodes(r.Context(), token(r))
	if err != nil {
		return err
	}
	return s.codesPage(w, r, codes)
}

// dropApp takes the app out.
func (s *Site) dropApp(w http.ResponseWriter, r *http.Request) error {
	return s.drop(w, r, "house.app.drop", "/account/app/drop", func() error { return s.accounts.DropApp(r.Context(), token(r)) })
}

// dropKey takes a key out.
func (s *Site) dropKey(w http.ResponseWriter, r *http.Request) error {
	return s.drop(w, r, "house.passkey.drop", r.URL.Path, func() error { return s.accounts.DropPasskey(r.Context(), token(r), r.PathValue("id")) })
}

func (s *Site) drop(w http.ResponseWriter, r *http.Request, key, action string, deed func() error) error {
	if _, err := signedIn(r); err != nil {
		return err
	}
	if err := s.Sure(r); err != nil {
		return err
	}
	if r.Method == http.MethodPost {
		if err := deed(); err != nil {
			return err
		}
		return page.Go(w, r, "/account", "said.house.saved")
	}
	f := s.site.Frame(r, "", "")
	f.Title, f.Size = f.T(key), "read"
	return page.Render(w, r, page.Confirm(page.Question{Frame: f, Ask: f.T(key + ".ask"), Text: f.T(key + ".text"), Do: f.T(key), Danger: true, Action: action, Back: "/account", BackLabel: f.T("house.account")}))
}

type keyRow struct{ Name, Made, Used, Base string }

func (s *Site) keyRows(f page.Frame, keys []accounts.Passkey) (list []keyRow) {
	day := func(t time.Time) string { return f.Date(civil.Of(t, s.site.House.Zone)) }
	for _, k := range keys {
		row := keyRow{Name: k.Name, Made: day(k.Made), Used: "–", Base: "/account/passkeys/" + k.ID}
		if !k.Used.IsZero() {
			row.Used = day(k.Used)
		}
		list = append(list, row)
	}
	return list
}

const ceremony = "ceremony"

// mostAnswer is the most that a device answers, in bytes.
const mostAnswer = 64 << 10

// asked hands a challenge to the browser's script, and its secret to the browser.
func (s *Site) asked(w http.ResponseWriter, r *http.Request, options any, secret string, err error) error {
	if err != nil {
		return s.told(w, r, err)
	}
	http.SetCookie(w, &http.Cookie{
		Name: ceremony, Value: secret, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
		Secure: strings.HasPrefix(s.site.House.URL, "https://"), MaxAge: 300,
	})
	return answer(w, http.StatusOK, options)
}

// told answers the script with what is wrong, in words.
func (s *Site) told(w http.ResponseWriter, r *http.Request, err error) error {
	f := fault.Of(err)
	if f == nil {
		return err
	}
	return answer(w, page.Code(f), map[string]string{"said": s.site.Printer(r).T(f.Key, f.Args...)})
}

func answer(w http.ResponseWriter, status int, v any) error {
	whole, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("houseweb: answer: %w", err)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, err = w.Write(whole)
	return err
}

// heard is what the device answered, and the secret of the challenge.
func heard(r *http.Request) (body []byte, secret string, err error) {
	c, err := r.Cookie(ceremony)
	if err != nil {
		return nil, "", fault.New(fault.Missing, "accounts.passkey.late")
	}
	if body, err = io.ReadAll(io.LimitReader(r.Body, mostAnswer)); err != nil {
		return nil, "", fault.New(fault.Invalid, "form.broken")
	}
	return body, c.Value, nil
}

// beginKey asks for a new key.
func (s *Site) beginKey(w http.ResponseWriter, r *http.Request) error {
	options, secret, err := s.accounts.BeginPasskey(r.Context(), token(r))
	return s.asked(w, r, options, secret, err)
}

// addKey keeps the key that the device has made.
func (s *Site) addKey(w http.ResponseWriter, r *http.Request) error {
	body, secret, err := heard(r)
	if err == nil {
		err = s.accounts.AddPasskey(r.Context(), token(r), secret, r.URL.Query().Get("name"), body)
	}
	if err != nil {
		return s.told(w, r, err)
	}
	next := page.Local(r.URL.Query().Get("next"))
	if next == "/" {
		next = "/account?said=said.house.passkey"
	}
	return answer(w, http.StatusOK, map[string]string{"next": next})
}

// nameKey gives a key another name.
func (s *Site) nameKey(w http.ResponseWriter, r *http.Request) error {
	if err := s.accounts.NamePasskey(r.Context(), token(r), r.PathValue("id"), r.FormValue("name")); err != nil {
		return err
	}
	return page.Go(w, r, "/account", "said.house.saved")
}

// askKey asks whatever device is at hand.
func (s *Site) askKey(w http.ResponseWriter, r *http.Request) error {
	options, secret, err := s.accounts.AskPasskey(r.Context())
	return s.asked(w, r, options, secret, err)
}

// byKey signs in with a key.
func (s *Site) byKey(w http.ResponseWriter, r *http.Request) error {
	body, secret, err := heard(r)
	if err != nil {
		return s.told(w, r, err)
	}
	done, err := s.accounts.ByPasskey(r.Context(), secret, body, page.Origin(r))
	if err != nil {
		return s.told(w, r, err)
	}
	s.remember(w, done)
	return answer(w, http.StatusOK, map[string]string{"next": home(done, page.Local(r.URL.Query().Get("next")))})
}

// forgetSecond takes out the second factors of somebody who has lost theirs.
func (s *Site) forgetSecond(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	if err := f.Actor.Must(accounts.Keep); err != nil {
		return err
	}
	if err := s.Sure(r); err != nil {
		return err
	}
	if err := s.accounts.Forget(r.Context(), f.Actor, userID(r)); err != nil {
		return err
	}
	return page.Go(w, r, "/house/people", "said.house.person")
}
