package outcomesweb

import (
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/lawdiff"
	"github.com/asociacija/asociacija/engine/uptake"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
	"github.com/asociacija/asociacija/internal/voice/positions"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

type judgeView struct {
	voiceweb.CaseHead
	Kicker, Heading, Lead, Cite string
	Ours                        []page.Piece // our text as a redline of the draft
	Reasons, Draft              string
	Lang                        string
	Texts                       []page.Option
	Text                        string
	Suggested                   *mark
	Why                         []string
	Passages                    []passageChoice
	Marked                      bool // some passage has marks: the legend is shown
	Articles                    []page.Option
	Verdicts                    []page.Option
	Bodies                      []page.Option
	Body, Note                  string
	Earlier                     []string
	Back, Next                  string
}

type passageChoice struct {
	ID, Cite, Word string
	Runs           []run
	On             bool
}

// judge shows one proposal beside what a text made of it, and takes a person's
// verdict.
func (s *Site) judge(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.worker(r)
	if err != nil {
		return err
	}
	l, err := s.outcomes.Ledger(r.Context(), f.Actor, file.ID, "", 0)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(l.Lines, func(line outcomes.Line) bool { return string(line.Proposal) == r.PathValue("proposal") })
	if i < 0 {
		return fault.New(fault.Missing, "outcomes.proposal.missing")
	}
	texts, err := s.cases.Texts(r.Context(), f.Actor, file.ID)
	if err != nil {
		return err
	}
	text := chosenText(texts, r.FormValue("text"))
	if r.Method == http.MethodPost {
		err := s.judged(r, f, file, l.Lines[i].Proposal)
		if err == nil {
			return page.Go(w, r, nextOpen(file, l, i, text), "said.outcomes.judged")
		}
		if !f.Blame(err) {
			return err
		}
	}
	v := judgeView{CaseHead: voiceweb.Head(f, file, "uptake"), Text: text, Back: path(file, "uptake?text="+text+"#"+string(l.Lines[i].Proposal))}
	if err := s.fillProposal(r, f, &v, l, i); err != nil {
		return err
	}
	if err := s.fillChoices(r, f, file, &v, l.Lines[i], texts); err != nil {
		return err
	}
	return page.RenderStatus(w, r, v.Again(), judgePage(v))
}

func (s *Site) judged(r *http.Request, f page.Frame, file cases.File, id voice.ProposalID) error {
	var in struct {
		Text    string `form:"text"`
		Passage string `form:"passage"`
		Verdict string `form:"verdict"`
		Body    string `form:"body"`
		Note    string `form:"note"`
	}
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	_, err := s.outcomes.Judge(r.Context(), f.Actor, outcomes.Judgement{
		Case: file.ID, Proposal: id, Version: law.VersionID(in.Text), Passage: in.Passage, Verdict: voice.Verdict(in.Verdict), Body: in.Body, Note: in.Note,
	})
	return err
}

// nextOpen is the next proposal that nobody has judged, else the ledger.
func nextOpen(file cases.File, l outcomes.Ledger, i int, text string) string {
	for k := 1; k < len(l.Lines); k++ {
		if line := l.Lines[(i+k)%len(l.Lines)]; line.Verdict == "" {
			return path(file, "uptake", string(line.Proposal)+"?text="+text)
		}
	}
	return path(file, "uptake?text="+text)
}

// fillProposal shows what we asked for, as it was frozen.
func (s *Site) fillProposal(r *http.Request, f page.Frame, v *judgeView, l outcomes.Ledger, i int) error {
	_, snapshot, err := s.positions.Snapshot(r.Context(), f.Actor, l.Position, l.Edition)
	if err != nil {
		return err
	}
	p := snapshot.Proposals[i]
	v.Kicker = f.T("outcomes.judge.kicker", "number", p.Number, "all", len(l.Lines))
	v.Heading, v.Cite, v.Lang, v.Reasons, v.Draft = p.Title, p.Cite, p.Lang, p.Reasons, p.Draft
	v.Lead = f.T("outcomes.wanted."+string(p.Wanted), "cite", p.Cite)
	v.Frame.Title = p.Title + " · " + v.Frame.Title
	if p.Wanted == positions.Keep {
		v.Ours = []page.Piece{{Text: p.Draft}}
		return nil
	}
	for _, e := range p.Redline() {
		v.Ours = append(v.Ours, page.Piece{Kind: pieceKind(e.Op), Text: e.Text})
	}
	return nil
}

func pieceKind(op lawdiff.Op) string {
	switch op {
	case lawdiff.Insert:
		return "ins"
	case lawdiff.Delete:
		return "del"
	}
	return ""
}

// fillChoices offers passages and verdicts, with what stands or is suggested
// chosen already; nothing is saved by that.
func (s *Site) fillChoices(r *http.Request, f page.Frame, file cases.File, v *judgeView, line outcomes.Line, texts []cases.Text) error {
	v.Texts = []page.Option{{Label: f.T("outcomes.text.none"), On: v.Text == ""}}
	for _, t := range texts {
		if t.Role != cases.InForce {
			v.Texts = append(v.Texts, page.Option{Value: string(t.Version), Label: textLabel(f, t), On: string(t.Version) == v.Text})
		}
	}
	stands := line.Judgement
	if stands.Verdict == "" || string(stands.Version) != v.Text {
		stands = outcomes.Judgement{}
		for _, j := range line.Earlier {
			if string(j.Version) == v.Text {
				stands = j
				break
			}
		}
	}
	v.Body, v.Note = file.Body, stands.Note
	if stands.Body != "" {
		v.Body = stands.Body
	}
	chosen, passage := stands.Verdict, stands.Passage
	if v.Text != "" {
		s, err := s.fillSuggestion(r, f, file, v, line)
		if err != nil {
			return err
		}
		if chosen == "" {
			chosen, passage = s.Suggested, s.Passage
		}
	}
	if r.Method == http.MethodPost {
		chosen, passage, v.Note, v.Body = voice.Verdict(r.PostFormValue("verdict")), r.PostFormValue("passage"), r.PostFormValue("note"), r.PostFormValue("body")
	}
	v.choose(f, passage, stands)
	for _, one := range voice.Verdicts() {
		v.Verdicts = append(v.Verdicts, page.Option{Value: string(one), Label: capital(f.T("outcomes.verdict." + string(one))), Hint: f.T("outcomes.verdict." + string(one) + ".hint"), On: one == chosen})
	}
	v.Bodies = []page.Option{{Label: f.T("outcomes.body.none")}}
	for _, a := range s.cases.Country().Authorities {
		v.Bodies = append(v.Bodies, page.Option{Value: a.Key, Label: capital(voiceweb.Label(f.Printer, a.Labels))})
	}
	if line.Verdict != "" {
		row := ledgerRowOf(f, outcomes.Line{Earlier: append([]outcomes.Judgement{line.Judgement}, line.Earlier...)})
		v.Earlier = row.Earlier
	}
	return nil
}

// fillSuggestion shows what the program found in the text.
func (s *Site) fillSuggestion(r *http.Request, f page.Frame, file cases.File, v *judgeView, line outcomes.Line) (outcomes.Suggestion, error) {
	all, err := s.outcomes.Suggest(r.Context(), f.Actor, file.ID, law.VersionID(v.Text))
	if err != nil {
		return outcomes.Suggestion{}, err
	}
	i := slices.IndexFunc(all, func(one outcomes.Suggestion) bool { return one.Proposal == line.Proposal })
	if i < 0 { // a newer version was frozen just now
		return outcomes.Suggestion{}, fault.New(fault.Missing, "outcomes.proposal.missing")
	}
	found := all[i]
	m := mark{Tone: "none", Icon: "ask", Word: f.T("outcomes.suggested.unclear")}
	if !found.Unclear {
		m = verdict(f, found.Suggested)
	}
	v.Suggested = &m
	for _, reason := range found.Reasons {
		v.Why = append(v.Why, say(f, reason))
	}
	if found.Suggested == voice.Not {
		came, err := s.outcomes.Answers(r.Context(), f.Actor, file.ID)
		if err != nil {
			return found, err
		}
		if !slices.ContainsFunc(came, func(a outcomes.Answer) bool { return a.Tenor.Ends() }) {
			v.Why = append(v.Why, f.T("outcomes.suggested.silence"))
		}
	}
	if found.Passage != "" {
		v.Passages = append(v.Passages, passageChoice{ID: found.Passage, Cite: found.PassageIs, Word: f.T("outcomes.passage.suggested"), Runs: runs(found.Text, found.Marks)})
	}
	for _, c := range found.Candidates {
		v.Passages = append(v.Passages, passageChoice{ID: c.ID, Cite: c.Cite, Runs: runs(c.Text, c.Marks)})
	}
	return found, s.fillArticle(r, f, v)
}

// fillArticle offers every provision of an article that the person asks for.
func (s *Site) fillArticle(r *http.Request, f page.Frame, v *judgeView) error {
	articles, err := s.corpus.Articles(r.Context(), f.Actor, law.VersionID(v.Text))
	if err != nil {
		return err
	}
	asked := r.FormValue("article")
	v.Articles = []page.Option{{Label: f.T("outcomes.passage.choose")}}
	known := false
	for _, a := range articles {
		if a.Kind != "article" {
			continue
		}
		known = known || a.ID == asked
		v.Articles = append(v.Articles, page.Option{Value: a.ID, Label: strings.TrimSpace(a.Cite + " " + a.Heading), On: a.ID == asked})
	}
	if !known {
		return nil
	}
	all, err := s.corpus.Provisions(r.Context(), f.Actor, law.VersionID(v.Text))
	if err != nil {
		return err
	}
	for _, p := range all {
		inside := p.ID == asked || strings.HasPrefix(p.ID, asked+"__")
		if inside && !slices.ContainsFunc(v.Passages, func(c passageChoice) bool { return c.ID == p.ID }) {
			v.Passages = append(v.Passages, passageChoice{ID: p.ID, Cite: p.Cite, Runs: []run{{Text: p.Full}}})
		}
	}
	return nil
}

// choose marks the passage that is chosen, and adds the one that stands if it is
// none of those offered.
func (v *judgeView) choose(f page.Frame, passage string, stands outcomes.Judgement) {
	if stands.Passage != "" && !slices.ContainsFunc(v.Passages, func(c passageChoice) bool { return c.ID == stands.Passage }) {
		v.Passages = append(v.Passages, passageChoice{ID: stands.Passage, Cite: stands.PassageIs, Word: f.T("outcomes.passage.stands"), Runs: runs(stands.Text, stands.Marks)})
	}
	if len(v.Passages) > 0 {
		v.Passages = append(v.Passages, passageChoice{Cite: f.T("outcomes.passage.none")})
	}
	for i := range v.Passages {
		v.Passages[i].On = v.Passages[i].ID == passage
		v.Marked = v.Marked || slices.ContainsFunc(v.Passages[i].Runs, func(one run) bool { return one.Whose != "" })
	}
}

// say puts a reason of the program in words.
func say(f page.Frame, reason uptake.Reason) string {
	args := []any{}
	for i, n := range reason.Numbers {
		args = append(args, string(rune('a'+i)), figure(f, n))
	}
	return f.T("outcomes.reason."+reason.Key, args...)
}

// figure writes a number of a text: mostly whole.
func figure(f page.Frame, n float64) string {
	if n == math.Trunc(n) && math.Abs(n) < 1e9 {
		return f.Number(int(n))
	}
	s := strconv.FormatFloat(n, 'f', -1, 64)
	if f.Lang == "en" {
		return s
	}
	return strings.ReplaceAll(s, ".", ",")
}

type acceptView struct {
	voiceweb.CaseHead
	Heading, Lead string
	Rows          []ledgerRow
	Action, Back  string
}

// accept shows the suggestions that are clear, and makes those that a person
// leaves ticked the person's own.
func (s *Site) accept(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.worker(r)
	if err != nil {
		return err
	}
	text := law.VersionID(r.FormValue("text"))
	back := path(file, "uptake?text="+string(text))
	if r.Method == http.MethodPost {
		var in struct {
			Proposals []string `form:"proposals"`
		}
		err := page.Decode(r, &in)
		if err == nil {
			_, err = s.outcomes.Accept(r.Context(), f.Actor, file.ID, text, proposalIDs(in.Proposals)...)
		}
		if err != nil {
			return err
		}
		return page.Go(w, r, back, "said.outcomes.accepted")
	}
	list, err := s.outcomes.Clear(r.Context(), f.Actor, file.ID, text)
	if err != nil {
		return err
	}
	v := acceptView{CaseHead: voiceweb.Head(f, file, "uptake"), Heading: f.T("outcomes.accept"), Lead: f.T("outcomes.accept.lead"), Action: path(file, "uptake/accept?text="+string(text)), Back: back}
	v.Frame.Title = v.Heading + " · " + v.Frame.Title
	for _, one := range list {
		one.Verdict = one.Suggested
		v.Rows = append(v.Rows, ledgerRowOf(f, outcomes.Line{Judgement: one.Judgement}))
	}
	return page.Render(w, r, acceptPage(v))
}
