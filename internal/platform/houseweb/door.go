package houseweb

import (
	"net/http"
	"net/url"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type setupView struct {
	page.Frame
	Action      string
	Name, Email string
}

// setup makes the first administrator: GET and POST /setup/TOKEN.
func (s *Site) setup(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	f.Title, f.Size, f.Bare = f.T("house.setup.title"), "read", true
	v := setupView{Frame: f, Action: r.URL.Path}
	if r.Method == http.MethodPost {
		var in struct {
			Name     string `form:"name"`
			Email    string `form:"email"`
			Password string `form:"password"`
		}
		if err := page.Decode(r, &in); err != nil {
			return err
		}
		v.Name, v.Email = in.Name, in.Email
		done, err := s.accounts.First(r.Context(), r.PathValue("token"), in.Name, in.Email, in.Password, page.Origin(r))
		if err == nil {
			s.remember(w, done)
			return page.Go(w, r, "/today", "said.house.setup")
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), setupPage(v))
}

type signInView struct {
	page.Frame
	Email, Next string
	Asked       bool // a link was asked for
	Demo        bool
	Provider    string // name of who else vouches for people
}

func (s *Site) signInView(r *http.Request) signInView {
	f := s.site.Frame(r, "", "")
	f.Title, f.Size = f.T("house.sign_in.title"), "read"
	v := signInView{Frame: f, Next: page.Local(r.FormValue("next")), Demo: s.site.House.Demo}
	if s.provider != nil {
		v.Provider = s.provider.Name
	}
	return v
}

// signIn asks for a password, or offers a link by mail.
func (s *Site) signIn(w http.ResponseWriter, r *http.Request) error {
	v := s.signInView(r)
	if r.Method == http.MethodGet && s.accounts.Half(r.Context(), token(r)) {
		return page.Go(w, r, query("/sign-in/second", "next", v.Next), "")
	}
	if r.Method == http.MethodPost {
		var in struct {
			Email    string `form:"email"`
			Password string `form:"password"`
		}
		if err := page.Decode(r, &in); err != nil {
			return err
		}
		v.Email = in.Email
		done, err := s.accounts.SignIn(r.Context(), in.Email, in.Password, page.Origin(r))
		if err == nil {
			s.remember(w, done)
			return s.enterAt(w, r, done, v.Next)
		}
		ft := fault.Of(err)
		if ft == nil {
			return err
		}
		v.Blame(fault.In("password", ft.Key, ft.Args...))
	}
	return page.RenderStatus(w, r, v.Again(), signInPage(v))
}

// enterAt goes on from signing in: to where one was going, by way of the second
// factor if one is asked for.
func (s *Site) enterAt(w http.ResponseWriter, r *http.Request, in accounts.SignedIn, next string) error {
	next = home(in, next)
	if s.accounts.Half(r.Context(), in.Token) {
		next = query("/sign-in/second", "next", next)
	}
	return page.Go(w, r, next, "")
}

// home is where somebody who was going nowhere goes: members to their own page.
func home(in accounts.SignedIn, next string) string {
	if next == "/" && in.Account.Roles == auth.Member {
		return "/mine"
	}
	return inside(next)
}

// inside is where one goes after signing in.
func inside(next string) string {
	if next == "/" {
		return "/today"
	}
	return next
}

// askLink sends a link by mail and never tells whether the address is known.
func (s *Site) askLink(w http.ResponseWriter, r *http.Request) error {
	v := s.signInView(r)
	v.Email = r.FormValue("email")
	if err := s.accounts.AskLink(r.Context(), v.Email, v.Next, page.Origin(r)); err != nil && !v.Blame(err) {
		return err
	}
	v.Asked = !v.Wrong.Any()
	return page.RenderStatus(w, r, v.Again(), signInPage(v))
}

type linkView struct {
	page.Frame
	Action, Name string
	Next         string // where the person was going
}

// link shows whose link it is; the button signs in. A mail scanner that follows
// the link changes nothing.
func (s *Site) link(w http.ResponseWriter, r *http.Request) error {
	if r.Method == http.MethodPost {
		done, err := s.accounts.UseLink(r.Context(), r.PathValue("token"), page.Origin(r))
		if err != nil {
			return err
		}
		s.remember(w, done)
		return s.enterAt(w, r, done, page.Local(r.FormValue("next")))
	}
	who, err := s.accounts.Peek(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "", "")
	f.Title, f.Size, f.Bare = f.T("house.sign_in.title"), "read", true
	return page.Render(w, r, linkPage(linkView{Frame: f, Action: r.URL.Path, Name: who.Name, Next: page.Local(r.FormValue("next"))}))
}

func (s *Site) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := s.accounts.SignOut(r.Context(), token(r)); err != nil {
		return err
	}
	forget(w)
	return page.Go(w, r, "/", "")
}

type doorView struct {
	page.Frame
	Doors []door
}

type door struct{ ID, Name, Role, Text string }

// door offers the people of the demo house, one button each.
func (s *Site) door(w http.ResponseWriter, r *http.Request) error {
	if !s.site.House.Demo {
		return fault.New(fault.Missing, "page.missing")
	}
	f := s.site.Frame(r, "", "")
	f.Title, f.Bare, f.Size = f.T("house.demo.title"), true, "read"
	v := doorView{Frame: f}
	roles := []string{"coordinator", "president", "organisation", "freelancer"}
	for i, id := range s.demo {
		a, err := s.accounts.Account(r.Context(), auth.House, id)
		if err != nil {
			return err
		}
		d := door{ID: string(id), Name: a.Name}
		if i < len(roles) {
			d.Role, d.Text = f.T("house.demo."+roles[i]), f.T("house.demo."+roles[i]+".text")
		}
		v.Doors = append(v.Doors, d)
	}
	return page.Render(w, r, doorPage(v))
}

func (s *Site) enter(w http.ResponseWriter, r *http.Request) error {
	done, err := s.accounts.Demo(r.Context(), auth.UserID(r.FormValue("as")))
	if err != nil {
		return err
	}
	s.remember(w, done)
	next := "/today"
	if done.Account.Roles == auth.Member {
		next = "/mine"
	}
	if to := r.FormValue("next"); to != "" {
		next = page.Local(to)
	}
	return page.Go(w, r, next, "")
}

// query writes a path with a query.
func query(path string, args ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(args); i += 2 {
		if args[i+1] != "" {
			q.Set(args[i], args[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}
