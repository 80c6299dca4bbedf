package positionsweb

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

type frozenView struct {
	page.Frame
	Crumbs                []page.Crumb
	Number, Version       string // "Stališče 2026-07", "različica 3"
	Heading, Lead         string
	Lang                  string // of what people wrote, empty if it is the page's
	Frozen, Hash, Address string
	Newer                 string // link to the newest version, if this is not it
	Next, NextText        string
	Changes, ChangesText  string
	Deliver, PDF          string
	Mandate               []page.Fact
	Proposals             []proposalShow
	Papers                []paperRow
	Imprint               string
}

type paperRow struct {
	Name  string
	Links []page.Crumb
}

// asked reads the position and the version in the path.
func asked(r *http.Request) (id voice.PositionID, version int, err error) {
	version, err = strconv.Atoi(r.PathValue("version"))
	if err != nil || version < 1 {
		return "", 0, fault.New(fault.Missing, "positions.missing")
	}
	return voice.PositionID(r.PathValue("position")), version, nil
}

// frozen shows a frozen version: GET /s/2026-07/3.
func (s *Site) frozen(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, Section, "")
	id, version, err := asked(r)
	if err != nil {
		return err
	}
	p, snap, err := s.desk.Snapshot(r.Context(), f.Actor, id, version)
	if err != nil {
		return err
	}
	v := s.frozenView(f, p, snap)
	if v.Papers, err = s.papers(r, v.Frame, p); err != nil {
		return err
	}
	return page.Render(w, r, frozenPage(v))
}

func (s *Site) frozenView(f page.Frame, p positions.Position, snap positions.Snapshot) frozenView {
	n := strconv.Itoa(p.Version)
	v := frozenView{
		Frame: f, Number: f.T("positions.number", "id", string(p.ID)), Version: f.T("positions.version.n", "n", n),
		Heading: snap.Title, Lead: snap.Lead, Frozen: f.T("positions.frozen.at", "at", f.Moment(s.site.Local(p.FrozenAt))),
		Hash: shortHash(p.Hash), Address: host(f) + positions.Path(p.ID, p.Version),
		Imprint: f.T("positions.imprint", "name", snap.Sender.Name, "address", snap.Sender.Address, "signer", snap.Sender.Signer, "office", snap.Sender.Office, "licence", snap.Licence),
	}
	v.Title = v.Number
	v.Foot = strings.Join([]string{
		v.Number + ", " + v.Version, v.Address, strings.ReplaceAll(v.Hash, " ", ""),
		f.T("positions.as_on", "day", f.Date(civil.Of(s.site.Local(p.FrozenAt), f.House.Zone))), snap.Licence,
	}, " · ")
	v.Crumbs = []page.Crumb{{Label: f.T("positions.case", "number", cases.Number(p.Case))}, {Label: f.T("positions.position")}}
	if f.Actor.Can(voice.See) {
		v.Crumbs[0].Link = "/cases/" + string(p.Case)
	}
	if p.Stage == positions.Superseded {
		v.Newer = "/cases/" + string(p.Case) + "/position"
	}
	if f.Actor.Can(voice.Work) {
		v.Deliver = "/cases/" + string(p.Case) + "/delivered/new"
		if p.Stage == positions.Frozen {
			v.Next, v.NextText = at(p.Case, "/next"), f.T("positions.next.open", "n", strconv.Itoa(p.Version+1))
		}
	}
	if p.Version > 1 {
		v.Changes, v.ChangesText = positions.Path(p.ID, p.Version)+"/changes", f.T("positions.changes.to", "n", strconv.Itoa(p.Version-1))
	}
	v.PDF = positions.Path(p.ID, p.Version) + "/" + string(positions.Table) + "." + f.Lang + ".pdf"
	v.Mandate = mandateFacts(f, snap.Mandate, snap.Asked)
	if !snap.Behind.None() {
		v.Mandate = append(v.Mandate, page.Fact{Label: f.T("positions.behind"), Value: snap.Behind.Say(f.Printer)})
	}
	for _, one := range snap.Proposals {
		v.Proposals = append(v.Proposals, show(v.Frame, one))
		if one.Lang != f.Lang {
			v.Lang = one.Lang
		}
	}
	return v
}

func mandateFacts(f page.Frame, m positions.Mandate, a positions.Asked) []page.Fact {
	list := []page.Fact{{Label: f.T("positions.mandate.decided"), Value: m.Decided(f.Printer)}, {Label: f.T("positions.mandate.by"), Value: m.Rule}}
	if m.Number != "" {
		one := page.Fact{Label: f.T("positions.mandate.number"), Value: m.Number}
		if f.Actor.Known() {
			one.Link = "/decisions/" + m.Decision
		}
		list = append(list, one)
	}
	if !a.From.IsZero() {
		list = append(list, page.Fact{Label: f.T("positions.asked"), Value: a.Say(f.Printer)})
	}
	if m.Note != "" {
		list = append(list, page.Fact{Label: f.T("positions.note"), Value: m.Note})
	}
	return list
}

// papers are the links of what can be taken away, in the language of the page.
func (s *Site) papers(r *http.Request, f page.Frame, p positions.Position) (rows []paperRow, err error) {
	list, err := s.desk.Papers(r.Context(), f.Actor, p.ID, p.Version, f.Lang)
	if err != nil {
		return nil, err
	}
	for _, d := range list {
		if len(rows) == 0 || d.Format == positions.Formats()[0] {
			rows = append(rows, paperRow{Name: f.T("positions.paper.name." + string(d.Kind))})
		}
		label := strings.ToUpper(d.Format)
		if d.Size > 0 {
			label += ", " + f.Printer.Size(d.Size)
		}
		last := &rows[len(rows)-1]
		last.Links = append(last.Links, page.Crumb{Label: label, Link: positions.Path(p.ID, p.Version) + "/" + string(d.Kind) + "." + d.Lang + "." + d.Format})
	}
	return rows, nil
}

// paper gives a file: GET /s/2026-07/3/table.sl.docx.
func (s *Site) paper(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	id, version, err := asked(r)
	if err != nil {
		return err
	}
	parts := strings.Split(r.PathValue("file"), ".")
	if len(parts) != 3 {
		return fault.New(fault.Missing, "positions.paper.missing")
	}
	d, err := s.desk.Document(r.Context(), f.Actor, id, version, positions.Kind(parts[0]), parts[1], parts[2])
	if err != nil {
		return err
	}
	h, how := w.Header(), "attachment"
	if d.Format == "html" {
		how = "inline"
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	}
	h.Set("Content-Type", d.MIME)
	h.Set("Content-Disposition", how+`; filename="`+d.Name+`"`)
	h.Set("Content-Length", strconv.FormatInt(d.Size, 10))
	_, err = w.Write(d.Bytes)
	return err
}

type changesView struct {
	page.Frame
	Crumbs        []page.Crumb
	Heading, Lead string
	Rows          []changeRow
	Same          string // how many did not change
}

type changeRow struct {
	Kicker, Title, Lang string
	Tone                page.Tone
	Icon, Word          string
	Parts               []changePart
}

type changePart struct {
	Label string
	Text  [][]page.Piece
}

// changes shows what differs from the version before: GET /s/2026-07/3/changes.
func (s *Site) changes(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, Section, "")
	id, version, err := asked(r)
	if err != nil {
		return err
	}
	_, now, err := s.desk.Snapshot(r.Context(), f.Actor, id, version)
	if err != nil {
		return err
	}
	if version < 2 {
		return fault.New(fault.Missing, "positions.missing")
	}
	_, old, err := s.desk.Snapshot(r.Context(), f.Actor, id, version-1)
	if err != nil {
		return err
	}
	v := changesView{Frame: f, Heading: f.T("positions.changes.title", "old", strconv.Itoa(version-1), "new", strconv.Itoa(version)), Lead: now.Title}
	v.Title = v.Heading
	v.Crumbs = []page.Crumb{{Label: f.T("positions.number", "id", string(id)), Link: positions.Path(id, version)}, {Label: f.T("positions.changes")}}
	same := 0
	for _, d := range positions.Between(old, now) {
		if d.Kind == positions.Same {
			same++
			continue
		}
		v.Rows = append(v.Rows, changeOf(f, d))
	}
	if same > 0 {
		v.Same = f.T("positions.changes.same", "n", same)
	}
	return page.Render(w, r, changesPage(v))
}

func changeOf(f page.Frame, d positions.Difference) changeRow {
	p := d.New
	if d.Kind == positions.Gone {
		p = d.Old
	}
	row := changeRow{Kicker: p.Cite, Title: p.Title, Word: f.T("positions.change." + string(d.Kind)), Icon: "partly", Tone: "warn"}
	switch d.Kind {
	case positions.Added:
		row.Icon, row.Tone = "plus", "ok"
	case positions.Gone:
		row.Icon, row.Tone = "not", "error"
	}
	if p.Lang != f.Lang {
		row.Lang = p.Lang
	}
	for _, part := range []struct{ key, old, new string }{
		{"positions.title", d.Old.Title, d.New.Title}, {"positions.text", d.Old.New(), d.New.New()}, {"positions.reasons", d.Old.Reasons, d.New.Reasons},
		{"positions.budget", d.Old.Budget, d.New.Budget}, {"positions.people", d.Old.People, d.New.People},
	} {
		if part.old != part.new {
			row.Parts = append(row.Parts, changePart{f.T(part.key), redlined(positions.Redline(part.old, part.new))})
		}
	}
	return row
}
