package houseweb

import (
	"net/http"

	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/profile"
)

type profileView struct {
	page.Frame
	Profile profile.Profile
	Langs   []string
}

// profile is what the association says of itself.
func (s *Site) profile(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.house", "")
	if err := f.Actor.Must(profile.Write); err != nil {
		return err
	}
	f.Title, f.Size = f.T("house.profile"), "read"
	v := profileView{Frame: f, Langs: i18n.Spoken()}
	var err error
	if v.Profile, err = s.about.Read(r.Context()); err != nil {
		return err
	}
	if r.Method == http.MethodPost {
		var in struct {
			Address string `form:"address"`
			Place   string `form:"place"`
			Email   string `form:"email"`
			Founded string `form:"founded"`
			Signer  string `form:"signer"`
			Office  string `form:"office"`

			IBAN     string `form:"iban"`
			BIC      string `form:"bic"`
			Bank     string `form:"bank"`
			Tax      string `form:"tax"`
			Purpose  string `form:"purpose"`
			Currency string `form:"currency"`
			Remark   string `form:"remark"`
		}
		if err := page.Decode(r, &in); err != nil {
			return err
		}
		p := profile.Profile{Address: in.Address, Place: in.Place, Email: in.Email, Founded: in.Founded, Signer: in.Signer, Office: in.Office,
			IBAN: in.IBAN, BIC: in.BIC, Bank: in.Bank, Tax: in.Tax, Purpose: in.Purpose, Currency: in.Currency, Remark: in.Remark,
			Motto: map[string]string{}, About: map[string]string{}, Join: map[string]string{}}
		for _, lang := range v.Langs {
			p.Motto[lang], p.About[lang], p.Join[lang] = r.FormValue("motto-"+lang), r.FormValue("about-"+lang), r.FormValue("join-"+lang)
		}
		v.Profile = p
		err := s.about.Save(r.Context(), f.Actor, p)
		if err == nil {
			return page.Go(w, r, "/house/profile", "said.house.saved")
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), profilePage(v))
}
