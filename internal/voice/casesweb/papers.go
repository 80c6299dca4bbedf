package casesweb

import (
	"net/http"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

type draftsView struct {
	voiceweb.CaseHead
	Rows    []page.Row
	Compare []page.Crumb
	May     bool
}

// drafts lists the texts of a case, and how each differs from the one before.
func (s *Site) drafts(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.file(r)
	if err != nil {
		return err
	}
	texts, err := s.cases.Texts(r.Context(), f.Actor, file.ID)
	if err != nil {
		return err
	}
	v := draftsView{CaseHead: voiceweb.Head(f, file, "drafts"), May: f.Actor.Can(voice.Work)}
	var list []corpus.Version
	for _, t := range texts {
		one, err := s.out.Corpus.Version(r.Context(), f.Actor, t.Version)
		if err != nil {
			return err
		}
		list = append(list, one)
	}
	for i := len(texts) - 1; i >= 0; i-- {
		t, version := texts[i], list[i]
		row := page.Row{
			When: f.Date(t.On), Title: label(f, t), Link: "/acts/" + string(version.Act) + "/" + string(version.ID), Lang: version.Lang,
			Meta: f.T("cases.drafts.articles", "n", version.Articles), Text: version.Source,
		}
		if t.Label != "" {
			row.Meta = f.T("cases.role."+string(t.Role)) + " · " + row.Meta
		}
		switch {
		case i > 0 && comparable(list[i-1], version):
			row.Do, row.DoLink = f.T("cases.drafts.compare", "with", label(f, texts[i-1])), compare(list[i-1].ID, version)
		case i == 0 && version.Stage != corpus.Amending:
			// The first whole text stands beside the law that it would replace.
			if inForce, err := s.out.Corpus.At(r.Context(), f.Actor, version.Act, f.Today); err == nil && inForce.ID != version.ID {
				row.Do, row.DoLink = f.T("cases.drafts.with_law"), compare(inForce.ID, version)
			}
		}
		v.Rows = append(v.Rows, row)
	}
	return page.Render(w, r, draftsPage(v))
}

// comparable says whether two texts are of one sort: an amending act is read
// beside another, but not beside the text that it changes.
func comparable(a, b corpus.Version) bool {
	return (a.Stage == corpus.Amending) == (b.Stage == corpus.Amending)
}

func compare(a law.VersionID, b corpus.Version) string {
	return "/acts/" + string(b.Act) + "/compare?a=" + string(a) + "&b=" + string(b.ID)
}

func label(f page.Frame, t cases.Text) string {
	if t.Label != "" {
		return t.Label
	}
	return voiceweb.Capital(f.T("cases.role." + string(t.Role)))
}

type contactsView struct {
	voiceweb.CaseHead
	List []contactRow
	May  bool
}

type contactRow struct {
	Title, Lead string
	Facts       []page.Fact
}

// contacts lists the talks with officials.
func (s *Site) contacts(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.file(r)
	if err != nil {
		return err
	}
	list, err := s.cases.Contacts(r.Context(), f.Actor, file.ID)
	if err != nil {
		return err
	}
	v := contactsView{CaseHead: voiceweb.Head(f, file, "contacts"), May: f.Actor.Can(voice.Work)}
	for _, c := range list {
		row := contactRow{Title: c.Official, Lead: f.Date(c.On) + " · " + f.T("cases.channel."+c.Channel)}
		if c.Office != "" {
			row.Title += ", " + c.Office
		}
		for _, fact := range []struct{ name, value string }{
			{"organisation", c.Organisation}, {"ours", c.Ours}, {"place", c.Place}, {"field", c.Field}, {"aim", c.Aim}, {"attachments", c.Attachments}, {"noted", c.WhoIs},
		} {
			if fact.value != "" {
				row.Facts = append(row.Facts, page.Fact{Label: f.T("cases.contact.label." + fact.name), Value: fact.value})
			}
		}
		v.List = append(v.List, row)
	}
	return page.Render(w, r, contactsPage(v))
}

type evidenceView struct {
	voiceweb.CaseHead
	List []evidenceRow
	May  bool
}

type evidenceRow struct{ Title, Link, Citation, Note, By, Drop string }

// evidence lists what the case rests on.
func (s *Site) evidence(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.file(r)
	if err != nil {
		return err
	}
	list, err := s.cases.EvidenceOf(r.Context(), f.Actor, file.ID)
	if err != nil {
		return err
	}
	v := evidenceView{CaseHead: voiceweb.Head(f, file, "evidence"), May: f.Actor.Can(voice.Work)}
	for _, e := range list {
		v.List = append(v.List, evidenceRow{e.Title, e.Link, e.Citation, e.Note, e.WhoIs, "/cases/" + string(file.ID) + "/evidence/" + e.ID + "/drop"})
	}
	return page.Render(w, r, evidencePage(v))
}

type historyView struct {
	voiceweb.CaseHead
	Events []moment
	Lines  []bookLine
	Next   string
	May    bool
	First  bool
}

type bookLine struct{ At, Who, Text string }

// history is the chronicle of the case, and what was done in the house about it.
func (s *Site) history(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.file(r)
	if err != nil {
		return err
	}
	before := r.FormValue("before")
	v := historyView{CaseHead: voiceweb.Head(f, file, "history"), May: f.Actor.Can(voice.Work), First: before == ""}
	v.Events = lately(f, file, len(file.Events))
	if f.Actor.Can(voice.SeeAnswers) {
		lines, err := s.cases.History(r.Context(), f.Actor, file.ID, before)
		if err != nil {
			return err
		}
		for _, l := range lines {
			v.Lines = append(v.Lines, bookLine{f.Moment(s.site.Local(l.At)), l.Name, sentence(f, l.Deed, l.Detail)})
		}
		if len(lines) == 50 {
			v.Next = "?before=" + lines[len(lines)-1].ID
		}
	}
	return page.Render(w, r, historyPage(v))
}

// sentence tells a deed of the book. Each desk has its sentences under book.DEED;
// a deed without one is named as it is.
func sentence(f page.Frame, deed string, detail map[string]string) string {
	key := "book." + deed
	if !f.Has(key) {
		return deed
	}
	args := []any{"rest", rest(detail)}
	for name, value := range detail {
		switch name {
		case "day", "until":
			value = dayText(f, value)
		case "event":
			if value != "" {
				value = voiceweb.EventName(f.Printer, procedure.Event(value))
			}
		case "state":
			value = f.T("voice.state." + value)
		case "class", "before":
			value = f.T("cases.breach." + value)
		}
		args = append(args, name, value)
	}
	for _, name := range []string{"title", "day", "event", "note", "state", "version", "role", "official", "organisation", "other", "until", "to", "due", "class", "before", "reason", "name"} {
		if _, given := detail[name]; !given {
			args = append(args, name, "")
		}
	}
	return strings.TrimSpace(f.T(key, args...))
}

// rest names what a change was about.
func rest(detail map[string]string) string {
	var parts []string
	for _, name := range []string{"title", "short", "kind", "proposer", "body", "eva", "epa", "sop", "code", "act", "owner", "claimed", "lead"} {
		if value, ok := detail[name]; ok {
			parts = append(parts, value)
		}
	}
	return strings.Join(parts, "; ")
}

// dayText writes a day that stands in the book.
func dayText(f page.Frame, s string) string {
	if d, err := civil.Parse(s); err == nil && !d.IsZero() {
		return f.Date(d)
	}
	return s
}
