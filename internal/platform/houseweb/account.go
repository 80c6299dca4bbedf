package houseweb

import (
	"net/http"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type accountView struct {
	page.Frame
	Name, Email, Roles string
	Lang               string
	Digest             bool
	AskOld             bool
	Sessions           []sessionRow
	Second             accounts.Second
	Keys               []keyRow
	Sure               bool // has proved themself just now
}

type sessionRow struct {
	ID, How, Where, Seen string
	This                 bool
}

// accountView reads what one's own page shows.
func (s *Site) accountView(r *http.Request) (accountView, error) {
	who, err := signedIn(r)
	if err != nil {
		return accountView{}, err
	}
	a, err := s.accounts.Account(r.Context(), who, who.User)
	if err != nil {
		return accountView{}, err
	}
	f := s.site.Frame(r, "", "")
	f.Title, f.Size = f.T("house.account"), "read"
	v := accountView{Frame: f, Name: a.Name, Email: a.Email, Roles: rolesOf(f, a.Roles), Lang: a.Lang, Digest: a.Digest}
	if v.AskOld, err = s.accounts.NeedsOld(r.Context(), token(r)); err != nil {
		return v, err
	}
	if v.Second, err = s.accounts.Second(r.Context(), token(r)); err != nil {
		return v, err
	}
	v.Keys, v.Sure = s.keyRows(f, v.Second.Passkeys), s.Sure(r) == nil
	open, err := s.accounts.Sessions(r.Context(), token(r))
	for _, o := range open {
		v.Sessions = append(v.Sessions, sessionRow{ID: o.ID, How: f.T("house.how." + o.How), Where: o.Origin, Seen: f.Moment(s.site.Local(o.Seen)), This: o.This})
	}
	return v, err
}

// account is what somebody decides about their own account.
func (s *Site) account(w http.ResponseWriter, r *http.Request) error {
	v, err := s.accountView(r)
	if err != nil {
		return err
	}
	if r.Method == http.MethodPost {
		var in struct {
			Name   string `form:"name"`
			Lang   string `form:"lang"`
			Digest bool   `form:"digest"`
		}
		if err := page.Decode(r, &in); err != nil {
			return err
		}
		v.Name, v.Lang, v.Digest = in.Name, in.Lang, in.Digest
		_, err := s.accounts.Settle(r.Context(), v.Actor, in.Name, in.Lang, in.Digest)
		if err == nil {
			return page.Go(w, r, "/account", "said.house.saved")
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), accountPage(v))
}

func (s *Site) password(w http.ResponseWriter, r *http.Request) error {
	v, err := s.accountView(r)
	if err != nil {
		return err
	}
	if err = s.accounts.ChangePassword(r.Context(), token(r), r.FormValue("old"), r.FormValue("password")); err == nil {
		return page.Go(w, r, "/account", "said.house.password")
	}
	if !v.Blame(err) {
		return err
	}
	return page.RenderStatus(w, r, v.Again(), accountPage(v))
}

func (s *Site) endSession(w http.ResponseWriter, r *http.Request) error {
	if _, err := signedIn(r); err != nil {
		return err
	}
	if err := s.accounts.End(r.Context(), token(r), r.FormValue("id")); err != nil {
		return err
	}
	return page.Go(w, r, "/account", "said.house.session")
}

func (s *Site) outEverywhere(w http.ResponseWriter, r *http.Request) error {
	if _, err := signedIn(r); err != nil {
		return err
	}
	if err := s.accounts.SignOutEverywhere(r.Context(), token(r)); err != nil {
		return err
	}
	forget(w)
	return page.Go(w, r, "/sign-in", "")
}

type peopleView struct {
	page.Frame
	People []personRow
	Next   string
}

type personRow struct {
	Name, Email, Roles, Link string
	Disabled                 bool
}

// people lists the accounts, for administrators.
func (s *Site) people(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.house", "")
	f.Title = f.T("house.people")
	list, err := s.accounts.List(r.Context(), f.Actor, accounts.Query{After: auth.UserID(r.FormValue("after")), Limit: 50})
	if err != nil {
		return err
	}
	v := peopleView{Frame: f}
	for _, a := range list {
		v.People = append(v.People, personRow{a.Name, a.Email, rolesOf(f, a.Roles), "/house/people/" + string(a.ID), a.Disabled})
	}
	if len(list) == 50 {
		v.Next = query("/house/people", "after", string(list[len(list)-1].ID))
	}
	return page.Render(w, r, peoplePage(v))
}

type personView struct {
	page.Frame
	Action      string
	New         bool
	Name, Email string
	Lang        string
	Roles       auth.Roles
	Digest      bool
	Disabled    bool
}

// person makes an account, or changes one.
func (s *Site) person(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.house", "")
	if err := f.Actor.Must(accounts.Keep); err != nil {
		return err
	}
	if err := s.Sure(r); err != nil {
		return err
	}
	v := personView{Frame: f, Action: r.URL.Path, New: r.PathValue("id") == "", Digest: true}
	a := accounts.Account{ID: auth.UserID(r.PathValue("id")), Digest: true}
	if !v.New {
		var err error
		if a, err = s.accounts.Account(r.Context(), f.Actor, a.ID); err != nil {
			return err
		}
	}
	if r.Method == http.MethodPost {
		err := s.savePerson(r, &a)
		if err == nil {
			return page.Go(w, r, "/house/people", "said.house.person")
		}
		if !v.Blame(err) {
			return err
		}
	}
	v.Name, v.Email, v.Lang, v.Roles, v.Digest, v.Disabled = a.Name, a.Email, a.Lang, a.Roles, a.Digest, a.Disabled
	if v.Title = a.Name; v.New {
		v.Title = f.T("house.people.new")
	}
	return page.RenderStatus(w, r, v.Again(), personPage(v))
}

func (s *Site) savePerson(r *http.Request, a *accounts.Account) error {
	var in struct {
		Name   string   `form:"name"`
		Email  string   `form:"email"`
		Lang   string   `form:"lang"`
		Roles  []string `form:"roles"`
		Digest bool     `form:"digest"`
	}
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	a.Name, a.Email, a.Lang, a.Digest, a.Roles = in.Name, in.Email, in.Lang, in.Digest, 0
	for _, word := range in.Roles {
		role, err := auth.ParseRoles(word)
		if err != nil {
			return err
		}
		a.Roles |= role
	}
	var err error
	if a.ID == "" {
		_, err = s.accounts.Invite(r.Context(), auth.From(r.Context()), *a)
	} else {
		_, err = s.accounts.Save(r.Context(), auth.From(r.Context()), *a)
	}
	return err
}

func userID(r *http.Request) auth.UserID { return auth.UserID(r.PathValue("id")) }

// keepOut keeps somebody out from now on, or lets them in again.
func (s *Site) keepOut(w http.ResponseWriter, r *http.Request) error {
	by, id := auth.From(r.Context()), userID(r)
	deed := s.accounts.Disable
	if r.FormValue("in") != "" {
		deed = s.accounts.Enable
	}
	if _, err := deed(r.Context(), by, id); err != nil {
		return err
	}
	return page.Go(w, r, "/house/people", "said.house.person")
}

// rolesOf names roles in the language of the page.
func rolesOf(f page.Frame, roles auth.Roles) string {
	var list []string
	for _, one := range []auth.Roles{auth.Administrator, auth.Office, auth.Board, auth.Member} {
		if roles&one != 0 {
			list = append(list, f.T("house.role."+one.String()))
		}
	}
	return f.List(list)
}
