package outcomesweb

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
	"github.com/asociacija/asociacija/internal/voice/positions"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

type ledgerView struct {
	voiceweb.CaseHead
	Kicker, Note, Lead string // of the ledger
	Counts             []countCell
	Rows               []ledgerRow
	Total, TotalText   string
	Four               []page.Figure
	Years              yearsFigure
	CSV, JSON          string
	Texts              []page.Option // that may be judged
	Text               string
	TextIs             string
	Editions           []page.Tab
	Silence            string // link
	Accept             string
	AcceptDo           string
	Close              string
	Ending             string
	None               bool // there is no frozen position
	May                bool
}

type countCell struct {
	mark
	Number string
}

type ledgerRow struct {
	ID, Number, Title, Link, Cite string
	Verdict                       mark
	Quote                         []run
	Lang                          string
	Proof                         string // where the quote stands, and what is to be said of it
	By, On                        string
	Earlier                       []string
}

// ledger is what became of each proposal.
func (s *Site) ledger(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.file(r)
	if err != nil {
		return err
	}
	v := ledgerView{CaseHead: voiceweb.Head(f, file, "uptake"), May: f.Actor.Can(voice.Work)}
	l, err := s.readLedger(r, f, file)
	if fault.Is(err, fault.Missing) && r.FormValue("position") == "" {
		v.None = true
		return page.Render(w, r, ledgerPage(v))
	}
	if err != nil {
		return err
	}
	v.fill(f, l)
	if err := s.fillTexts(r, f, file, l, &v); err != nil {
		return err
	}
	m, err := s.outcomes.CaseMemory(r.Context(), f.Actor, file.ID, f.Today)
	if err != nil {
		return err
	}
	v.Four = caseFour(f, file, l.Memory, m)
	if v.Years, err = s.years(r, f); err != nil {
		return err
	}
	return page.Render(w, r, ledgerPage(v))
}

// readLedger reads the ledger that the address asks for.
func (s *Site) readLedger(r *http.Request, f page.Frame, file cases.File) (outcomes.Ledger, error) {
	edition, err := strconv.Atoi(r.FormValue("edition"))
	if err != nil {
		edition = 0
	}
	return s.outcomes.Ledger(r.Context(), f.Actor, file.ID, voice.PositionID(r.FormValue("position")), edition)
}

func (v *ledgerView) fill(f page.Frame, l outcomes.Ledger) {
	v.Kicker, v.Note = f.T("outcomes.ledger"), positionLabel(f, l.Position, l.Edition)
	v.Lead = f.T("outcomes.ledger.lead", "n", l.Up(), "all", l.Proposals(), "taken", l.Taken, "partly", l.Partly)
	if l.Silence > 0 {
		v.Lead += " " + f.T("outcomes.ledger.silence", "n", l.Silence)
	}
	if l.Open > 0 {
		v.Lead += " " + f.T("outcomes.ledger.open", "n", l.Open)
	}
	for _, one := range []struct {
		v voice.Verdict
		n int
	}{{voice.Taken, l.Taken}, {voice.Partly, l.Partly}, {voice.Not, l.Not}, {voice.Silence, l.Silence}} {
		v.Counts = append(v.Counts, countCell{verdict(f, one.v), f.Number(one.n)})
	}
	for _, line := range l.Lines {
		v.Rows = append(v.Rows, ledgerRowOf(f, line))
	}
	v.Total = f.T("outcomes.ledger.total", "n", l.Proposals())
	v.TotalText = f.T("outcomes.ledger.total.text", "up", l.Up(), "not", l.Not, "silence", l.Silence, "open", l.Open)
	query := "?position=" + string(l.Position) + "&edition=" + strconv.Itoa(l.Edition)
	v.CSV, v.JSON = "/cases/"+string(v.ID)+"/uptake.csv"+query, "/cases/"+string(v.ID)+"/uptake.json"+query
}

func ledgerRowOf(f page.Frame, line outcomes.Line) ledgerRow {
	row := ledgerRow{
		ID: string(line.Proposal), Number: f.Number(line.Number), Title: line.Title, Cite: line.Cite, Verdict: verdict(f, line.Verdict), Lang: line.Lang,
		Proof: proof(line.Judgement), By: line.ByIs,
	}
	if line.Text != "" {
		row.Quote = excerpt(line.Text, line.Marks)
	}
	if line.Verdict != "" {
		row.On = f.Date(line.On)
	}
	for _, j := range line.Earlier {
		text := j.TextIs
		if text == "" {
			text = f.T("outcomes.text.none")
		}
		row.Earlier = append(row.Earlier, f.T("outcomes.earlier", "verdict", verdict(f, j.Verdict).Word, "text", text, "who", j.ByIs, "day", f.Date(j.On)))
	}
	return row
}

// proof says what is to be said of the passage, and where it stands.
func proof(j outcomes.Judgement) string {
	said := j.Note
	at := j.TextIs
	if j.PassageIs != "" {
		if at != "" {
			at += ", "
		}
		at += j.PassageIs
	}
	switch {
	case said != "" && at != "":
		return strings.TrimSuffix(said, ".") + "; " + at
	case said != "":
		return said
	}
	return capital(at)
}

// fillTexts offers the texts that may be judged, and what can be done at once.
func (s *Site) fillTexts(r *http.Request, f page.Frame, file cases.File, l outcomes.Ledger, v *ledgerView) error {
	if !f.Actor.Can(voice.See) {
		return nil
	}
	texts, err := s.cases.Texts(r.Context(), f.Actor, file.ID)
	if err != nil {
		return err
	}
	versions, err := s.frozen(r, f, file)
	if err != nil {
		return err
	}
	for _, p := range versions {
		v.Editions = append(v.Editions, page.Tab{
			Label: positionLabel(f, p.ID, p.Version), On: p.ID == l.Position && p.Version == l.Edition,
			Link: path(file, "uptake?position="+string(p.ID)+"&edition="+strconv.Itoa(p.Version)),
		})
	}
	v.Text = chosenText(texts, r.FormValue("text"))
	newest := positions.Position{ID: l.Position, Version: l.Edition}.Label() == file.PositionNow
	for i := range v.Rows {
		if v.May && newest {
			v.Rows[i].Link = path(file, "uptake", v.Rows[i].ID+"?text="+v.Text)
		}
	}
	if !v.May {
		return nil
	}
	for _, t := range texts {
		if t.Role != cases.InForce {
			v.Texts = append(v.Texts, page.Option{Value: string(t.Version), Label: textLabel(f, t), On: string(t.Version) == v.Text})
		}
		if string(t.Version) == v.Text {
			v.TextIs = textLabel(f, t)
		}
	}
	if !newest {
		return nil
	}
	if l.Open > 0 {
		v.Silence = path(file, "uptake/silence")
	}
	if v.Text != "" && l.Proposals() > 0 {
		v.Accept = path(file, "uptake/accept?text="+v.Text)
	}
	if !file.State.Over() && l.Judged() > 0 {
		v.Close, v.Ending = path(file, "close"), f.T("voice.state."+string(l.Ending()))
	}
	return nil
}

// chosenText is the text asked for, else the newest that is not the act in force.
func chosenText(texts []cases.Text, asked string) string {
	newest := ""
	for _, t := range texts {
		if string(t.Version) == asked {
			return asked
		}
		if t.Role != cases.InForce {
			newest = string(t.Version)
		}
	}
	return newest
}

func textLabel(f page.Frame, t cases.Text) string {
	s := t.Label
	if s == "" {
		s = f.T("outcomes.role." + string(t.Role))
	}
	if !t.On.IsZero() {
		s += ", " + f.Date(t.On)
	}
	return s
}

// caseFour are the numbers of a case, each with its rule.
func caseFour(f page.Frame, file cases.File, l, m outcomes.Memory) []page.Figure {
	var list []page.Figure
	if found := file.Finding; found.Days > 0 {
		text := f.T("outcomes.four.days.least", "n", found.Days, "least", found.Least, "basis", found.Basis)
		if found.Most > 0 {
			text = f.T("outcomes.four.days", "n", found.Days, "least", found.Least, "most", found.Most, "basis", found.Basis)
		}
		if found.Class == procedure.NotCounted {
			text = f.T("outcomes.four.days.free", "n", found.Days)
		}
		list = append(list, page.Figure{Number: f.Number(found.Days), Of: f.T("outcomes.days", "n", found.Days), Text: text})
	}
	if file.Members > 0 {
		list = append(list, page.Figure{Number: f.Number(file.Members), Text: f.T("outcomes.four.members", "n", file.Members)})
	}
	if l.Up() > 0 {
		list = append(list, page.Figure{Number: f.Number(l.WithFigure), Of: f.T("outcomes.of", "n", l.Up()), Text: f.T("outcomes.four.figure", "n", l.WithFigure)})
	}
	if m.Deliveries > 0 {
		list = append(list, page.Figure{Number: f.Number(m.Waited), Of: f.T("outcomes.days", "n", m.Waited), Text: f.T("outcomes.four.silence", "n", m.Unanswered)})
	}
	return list
}

// ledgerCSV is the ledger for a spreadsheet.
func (s *Site) ledgerCSV(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.file(r)
	if err != nil {
		return err
	}
	l, err := s.readLedger(r, f, file)
	if err != nil {
		return err
	}
	rows := [][]string{{
		f.T("outcomes.csv.number"), f.T("outcomes.csv.proposal"), f.T("outcomes.csv.provision"), f.T("outcomes.csv.verdict"), f.T("outcomes.csv.text"), f.T("outcomes.csv.text_on"),
		f.T("outcomes.csv.passage_at"), f.T("outcomes.csv.passage"), f.T("outcomes.csv.note"), f.T("outcomes.csv.figure"), f.T("outcomes.csv.by"), f.T("outcomes.csv.on"), f.T("outcomes.csv.id"),
	}}
	for _, line := range l.Lines {
		rows = append(rows, []string{
			strconv.Itoa(line.Number), line.Title, line.Cite, verdict(f, line.Verdict).Word, line.TextIs, line.TextOn.String(), line.PassageIs, line.Text, line.Note,
			f.T("outcomes.bool." + strconv.FormatBool(line.Evidence)), line.ByIs, line.On.String(), string(line.Proposal),
		})
	}
	return page.Table(w, "uptake-"+string(file.ID)+".csv", rows)
}

// ledgerJSON is the ledger as the API gives it.
func (s *Site) ledgerJSON(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.file(r)
	if err != nil {
		return err
	}
	l, err := s.readLedger(r, f, file)
	if err != nil {
		return err
	}
	return giveJSON(w, ledgerWireOf(file.ID, l))
}

func giveJSON(w http.ResponseWriter, v any) error {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "private, no-cache")
	return json.NewEncoder(w).Encode(v)
}

// silence states that nothing came back on what nobody has judged.
func (s *Site) silence(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.worker(r)
	if err != nil {
		return err
	}
	l, err := s.outcomes.Ledger(r.Context(), f.Actor, file.ID, "", 0)
	if err != nil {
		return err
	}
	var in struct {
		Proposals []string `form:"proposals"`
		Text      string   `form:"text"`
		Note      string   `form:"note"`
	}
	if r.Method == http.MethodPost {
		err := page.Decode(r, &in)
		if err == nil && len(in.Proposals) == 0 {
			err = fault.In("proposals", "outcomes.silence.none")
		}
		if err == nil {
			_, err = s.outcomes.JudgeSilence(r.Context(), f.Actor, file.ID, law.VersionID(in.Text), in.Note, proposalIDs(in.Proposals)...)
		}
		if err == nil {
			return page.Go(w, r, path(file, "uptake"), "said.outcomes.silence")
		}
		if !f.Blame(err) {
			return err
		}
	}
	v := s.form(f, file, "uptake", "silence")
	if v.Fields, err = s.silenceFields(r, f, file, l, in.Note); err != nil {
		return err
	}
	return page.RenderStatus(w, r, v.Again(), formPage(v))
}

func proposalIDs(list []string) []voice.ProposalID {
	out := make([]voice.ProposalID, len(list))
	for i, s := range list {
		out[i] = voice.ProposalID(s)
	}
	return out
}

func (s *Site) silenceFields(r *http.Request, f page.Frame, file cases.File, l outcomes.Ledger, note string) ([]page.Field, error) {
	texts, err := s.cases.Texts(r.Context(), f.Actor, file.ID)
	if err != nil {
		return nil, err
	}
	looked := []page.Option{{Label: f.T("outcomes.text.none")}}
	for _, t := range texts {
		if t.Role != cases.InForce {
			looked = append(looked, page.Option{Value: string(t.Version), Label: textLabel(f, t)})
		}
	}
	var open []page.Option
	for _, line := range l.Lines {
		if line.Verdict == "" {
			open = append(open, page.Option{Value: string(line.Proposal), Label: f.Number(line.Number) + ". " + line.Title, Hint: line.Cite, On: r.Method == http.MethodGet})
		}
	}
	return []page.Field{
		{Name: "proposals", Label: f.T("outcomes.field.proposals"), Type: "checks", Options: open},
		{Name: "text", Label: f.T("outcomes.field.text"), Hint: f.T("outcomes.field.text.hint"), Type: "select", Options: looked, Value: r.PostFormValue("text")},
		{Name: "note", Label: f.T("outcomes.field.why"), Hint: f.T("outcomes.field.silence.hint"), Type: "textarea", Value: note},
	}, nil
}
