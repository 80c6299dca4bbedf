package publicweb

import (
	"cmp"
	"context"
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice/consult"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

// mostEntries is the most that a feed holds.
const mostEntries = 50

// An entry is one thing of a feed. Its ID is its permalink.
type entry struct {
	path, title, summary, kind string
	published, updated         time.Time
}

// feedKinds are the feeds, as /feeds lists them.
func feedKinds() []string { return []string{"all", "consultations", "positions", "cases"} }

// feed answers GET /feeds/positions.atom.
func (s *Site) feed(w http.ResponseWriter, r *http.Request) error {
	kind, ok := strings.CutSuffix(r.PathValue("name"), ".atom")
	if !ok || !slices.Contains(feedKinds(), kind) {
		return s.site.NotFound(w, r)
	}
	p := s.site.In(r.URL.Query().Get("lang"))
	var all []entry
	for _, part := range []struct {
		kind string
		read func(context.Context, *i18n.Printer) ([]entry, error)
	}{{"consultations", s.consultationEntries}, {"positions", s.positionEntries}, {"cases", s.caseEntries}} {
		if kind != "all" && kind != part.kind {
			continue
		}
		list, err := part.read(r.Context(), p)
		if err != nil {
			return err
		}
		all = append(all, list...)
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Or(b.updated.Compare(a.updated), cmp.Compare(a.path, b.path)) })
	all = all[:min(len(all), mostEntries)]
	f := s.atom(p, inLang("/feeds/"+kind+".atom", p.Lang), s.site.House.Name+": "+p.T("public.feed."+kind), all)
	return answerXML(w, r, "application/atom+xml; charset=utf-8", f, newest(all))
}

// newest is the day of the newest entry. A feed must have been updated sometime,
// also one without entries.
func newest(all []entry) time.Time {
	if len(all) == 0 {
		return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return all[0].updated
}

func (s *Site) start(d civil.Date) time.Time { return d.Start(s.site.House.Zone) }

func (s *Site) consultationEntries(ctx context.Context, p *i18n.Printer) ([]entry, error) {
	list, err := s.Consult.Public(ctx, mostEntries)
	var all []entry
	for _, c := range list {
		e := entry{path: consultationLink(c.ID), title: c.Title, kind: "consultations", published: s.start(c.Opens), updated: s.start(c.Opens)}
		e.summary = p.T("public.feed.until", "day", p.Date(c.Closes)) + " " + c.Lead
		if c.State == consult.Closed {
			e.summary = p.T("public.feed.closed") + " " + c.Lead
			if c.Closes.Before(s.site.Today()) { // else it was closed early, on a day that is not known
				e.updated = s.start(c.Closes.AddDays(1))
			}
		}
		all = append(all, e)
	}
	return all, err
}

func (s *Site) positionEntries(ctx context.Context, p *i18n.Printer) ([]entry, error) {
	list, err := s.Positions.Public(ctx, time.Time{}, mostEntries)
	var all []entry
	for _, one := range list {
		all = append(all, entry{
			path: positionLink(one), title: one.Title, kind: "positions", published: one.FrozenAt, updated: one.FrozenAt,
			summary: p.T("public.proposals", "n", one.Proposals) + ". " + one.Lead,
		})
	}
	return all, err
}

func (s *Site) caseEntries(ctx context.Context, p *i18n.Printer) ([]entry, error) {
	list, err := s.Cases.Public(ctx, "", s.site.Today(), mostEntries)
	var all []entry
	for _, c := range list {
		e := entry{path: caseLink(c.ID), title: voiceweb.Called(c.Case), summary: c.Lead, kind: "cases", published: s.start(c.Opened), updated: s.start(c.Opened)}
		if !c.Last.On.IsZero() {
			e.summary = p.T("public.feed.last", "event", voiceweb.EventName(p, c.Last.Key), "day", p.Date(c.Last.On)) + " " + c.Lead
			if at := s.start(c.Last.On); at.After(e.updated) {
				e.updated = at
			}
		}
		all = append(all, e)
	}
	return all, err
}

// The elements of RFC 4287 that we write.
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Author  atomPerson  `xml:"author"`
		Links   []atomLink  `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}
	atomPerson struct {
		Name string `xml:"name"`
		URI  string `xml:"uri"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr"`
		Href string `xml:"href,attr"`
	}
	atomCategory struct {
		Term  string `xml:"term,attr"`
		Label string `xml:"label,attr"`
	}
	atomText struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	}
	atomEntry struct {
		ID        string       `xml:"id"`
		Title     string       `xml:"title"`
		Published string       `xml:"published"`
		Updated   string       `xml:"updated"`
		Link      atomLink     `xml:"link"`
		Category  atomCategory `xml:"category"`
		Summary   atomText     `xml:"summary"`
	}
)

func (s *Site) atom(p *i18n.Printer, self, title string, all []entry) atomFeed {
	base := s.site.House.URL
	f := atomFeed{
		Lang: p.Lang, ID: base + self, Title: title, Updated: rfc3339(newest(all)),
		Author: atomPerson{s.site.House.Name, base + "/"},
		Links:  []atomLink{{"self", "application/atom+xml", base + self}, {"alternate", "text/html", base + "/"}},
	}
	for _, e := range all {
		f.Entries = append(f.Entries, atomEntry{
			ID: base + e.path, Title: e.title, Published: rfc3339(e.published), Updated: rfc3339(e.updated),
			Link:     atomLink{"alternate", "text/html", base + e.path},
			Category: atomCategory{e.kind, p.T("public." + e.kind)}, Summary: atomText{"text", strings.TrimSpace(e.summary)},
		})
	}
	return f
}

func rfc3339(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// A feedsView is all that feeds.templ can show.
type feedsView struct {
	page.Frame
	List []feedRow
}

type feedRow struct{ Title, Text, Link string }

// feeds says what can be followed.
func (s *Site) feeds(w http.ResponseWriter, r *http.Request) error {
	v := feedsView{Frame: s.frame(r, "/feeds")}
	v.Title = v.T("public.feeds")
	for _, kind := range feedKinds() {
		v.List = append(v.List, feedRow{v.T("public.feed." + kind), v.T("public.feed." + kind + ".text"), inLang("/feeds/"+kind+".atom", v.Lang)})
	}
	v.List = append(v.List, feedRow{v.T("public.calendar"), v.T("public.calendar.text"), inLang("/calendar.ics", v.Lang)})
	return page.Render(w, r, feedsPage(v))
}
