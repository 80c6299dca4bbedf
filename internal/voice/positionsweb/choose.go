package positionsweb

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/positions"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

// newProposal begins a proposal: first the provision is chosen, then its editor is
// shown, empty.
func (s *Site) newProposal(w http.ResponseWriter, r *http.Request) error {
	head, _, err := s.head(r)
	if err != nil {
		return err
	}
	if err := head.Actor.Must(voice.Work); err != nil {
		return err
	}
	texts, err := s.cases.Texts(r.Context(), head.Actor, head.ID)
	if err != nil {
		return err
	}
	at := law.Address{Version: law.VersionID(r.FormValue("version")), Provision: r.FormValue("provision")}
	if at.Version == "" {
		at.Version = newestDraft(texts)
	}
	if at.Provision == "" || at.Version == "" {
		return s.choose(w, r, head, texts, at.Version)
	}
	wanted := positions.Rewrite
	if w := positions.Wanted(r.FormValue("wanted")); slices.Contains(positions.Wants(), w) {
		wanted = w
	}
	p, err := s.desk.Blank(r.Context(), head.Actor, head.ID, at, wanted)
	if err != nil {
		return err
	}
	return s.edited(w, r, head, p, "/cases/"+string(head.ID)+"/proposals/new?"+url.Values{"version": {string(at.Version)}, "provision": {at.Provision}}.Encode())
}

// newestDraft is the draft that the case is about now, or else the act in force.
func newestDraft(texts []cases.Text) (id law.VersionID) {
	for _, t := range texts {
		if t.Role == cases.Draft || id == "" && t.Role == cases.InForce {
			id = t.Version
		}
	}
	return id
}

type chooseView struct {
	voiceweb.CaseHead
	Versions []page.Tab
	Heard    []page.Row // provisions that members were asked about
	Articles []chosenArticle
	Lang     string
}

// A chosenArticle is an article or an annex, and its parts.
type chosenArticle struct {
	page.Crumb
	Parts []page.Crumb
}

// proposable are the kinds of provisions that a proposal can be about.
var proposable = []string{"article", "paragraph", "point", "indent", "annex"}

// choose shows the provisions of a draft to choose from.
func (s *Site) choose(w http.ResponseWriter, r *http.Request, head voiceweb.CaseHead, texts []cases.Text, version law.VersionID) error {
	v := chooseView{CaseHead: head}
	v.Frame.Title = head.T("positions.choose")
	base := "/cases/" + string(head.ID) + "/proposals/new?"
	for _, t := range texts {
		v.Versions = append(v.Versions, page.Tab{Label: t.Label, Link: base + url.Values{"version": {string(t.Version)}}.Encode(), On: t.Version == version})
	}
	heard, err := s.desk.Heard(r.Context(), head.Actor, head.ID)
	if err != nil {
		return err
	}
	for _, h := range heard {
		v.Heard = append(v.Heard, page.Row{
			When: h.Cite, Title: h.Title, Link: base + url.Values{"version": {string(h.At.Version)}, "provision": {h.At.Provision}}.Encode(), Meta: tallied(head.Frame, h.Tally),
		})
	}
	if version != "" {
		of, err := s.corpus.Version(r.Context(), head.Actor, version)
		if err != nil {
			return err
		}
		if of.Lang != head.Frame.Lang {
			v.Lang = of.Lang
		}
		list, err := s.corpus.Provisions(r.Context(), head.Actor, version)
		if err != nil {
			return err
		}
		last := ""
		for _, p := range list {
			if !slices.Contains(proposable, p.Kind) || p.Deleted {
				continue
			}
			label := strings.TrimSpace(p.Cite + " " + p.Heading)
			if p.Cite == last {
				label += head.T("positions.choose.body") // the only paragraph of an article
			}
			last = p.Cite
			one := page.Crumb{Label: label, Link: base + url.Values{"version": {string(version)}, "provision": {p.ID}}.Encode()}
			if n := len(v.Articles); n > 0 && p.Kind != "article" && p.Kind != "annex" {
				v.Articles[n-1].Parts = append(v.Articles[n-1].Parts, one)
			} else {
				v.Articles = append(v.Articles, chosenArticle{Crumb: one})
			}
		}
	}
	return page.Render(w, r, choosePage(v))
}
