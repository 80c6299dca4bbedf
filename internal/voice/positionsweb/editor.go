package positionsweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/positions"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

// A proposalForm is all that the editor sends.
type proposalForm struct {
	Title          string           `form:"title"`
	Wanted         positions.Wanted `form:"wanted"`
	Text           string           `form:"text"`
	Reasons        string           `form:"reasons"`
	Budget         string           `form:"budget"`
	People         string           `form:"people"`
	Note           string           `form:"note"`
	ForOrgs        int              `form:"for_orgs"`
	ForPersons     int              `form:"for_persons"`
	AgainstOrgs    int              `form:"against_orgs"`
	AgainstPersons int              `form:"against_persons"`
	NeutralOrgs    int              `form:"neutral_orgs"`
	NeutralPersons int              `form:"neutral_persons"`
	ObjectionWho   []string         `form:"objection_who"`
	ObjectionText  []string         `form:"objection_text"`
	EvidenceLabel  []string         `form:"evidence_label"`
	EvidenceLink   []string         `form:"evidence_link"`
	EvidenceOf     []string         `form:"evidence_version"`
	Comments       []string         `form:"comments"`
	Revision       int              `form:"revision"`
	State          positions.State  `form:"state"` // which button was pressed
	Use            string           `form:"use"`   // the comment whose wording is taken
}

// into is the proposal with what was typed.
func (in proposalForm) into(p positions.Proposal) positions.Proposal {
	p.Title, p.Wanted, p.Text, p.Reasons, p.Budget, p.People, p.Note = strings.TrimSpace(in.Title), in.Wanted, strings.TrimSpace(in.Text), strings.TrimSpace(in.Reasons), strings.TrimSpace(in.Budget), strings.TrimSpace(in.People), strings.TrimSpace(in.Note)
	p.For = positions.Crowd{Orgs: in.ForOrgs, Persons: in.ForPersons}
	p.Against = positions.Crowd{Orgs: in.AgainstOrgs, Persons: in.AgainstPersons}
	p.Neutral = positions.Crowd{Orgs: in.NeutralOrgs, Persons: in.NeutralPersons}
	p.Objections, p.Evidence = nil, nil
	for i, text := range in.ObjectionText {
		if who := nth(in.ObjectionWho, i); who != "" || !fault.Empty(text) {
			p.Objections = append(p.Objections, positions.Objection{Who: who, Text: strings.TrimSpace(text)})
		}
	}
	for i, label := range in.EvidenceLabel {
		if link := nth(in.EvidenceLink, i); link != "" || !fault.Empty(label) {
			p.Evidence = append(p.Evidence, positions.Evidence{Label: strings.TrimSpace(label), Link: link, Version: nth(in.EvidenceOf, i)})
		}
	}
	p.FromComments = append([]string{}, in.Comments...)
	if p.State = in.State; p.State != positions.Ready {
		p.State = positions.Draft
	}
	if p.Revision = in.Revision; p.ID == "" {
		p.Revision = 0
	}
	return p
}

func nth(list []string, i int) string {
	if i < len(list) {
		return strings.TrimSpace(list[i])
	}
	return ""
}

type editorView struct {
	voiceweb.CaseHead
	Proposal     positions.Proposal
	Heading      string
	TextLang     string // of the provision, if it is not the page's
	State        string
	Tone         page.Tone
	Icon         string
	Action, Live string
	DraftLines   []string
	Redline      [][]page.Piece
	Sentence     sentenceView
	Fixed        string // why it cannot be changed; empty if it can
	Taken        string // whose wording has just been taken
	Theirs       *theirs
	Comments     []commentRow
	Tally        string
	Withdraw     string
	History      string
	Others       []page.Crumb // proposals on the same provision
	Changed      string
}

// theirs is what somebody else saved in the meantime.
type theirs struct {
	Who, When string
	Parts     []changePart // from ours to theirs
}

type commentRow struct {
	ID, Who, Kind, Stance string
	Tone                  page.Tone
	Icon                  string
	Text, Wording         []string
	Source                bool
}

// editor shows a proposal and saves it: /cases/2026-014/proposals/01….
func (s *Site) editor(w http.ResponseWriter, r *http.Request) error {
	head, _, err := s.head(r)
	if err != nil {
		return err
	}
	if err := head.Actor.Must(voice.Work); err != nil {
		return err
	}
	p, err := s.proposal(r, head.Frame)
	if err != nil {
		return err
	}
	return s.edited(w, r, head, p, proposalAt(p, ""))
}

// proposal is the one in the path, if it is of the case in the path.
func (s *Site) proposal(r *http.Request, f page.Frame) (positions.Proposal, error) {
	p, err := s.desk.Proposal(r.Context(), f.Actor, voice.ProposalID(r.PathValue("pid")))
	if err == nil && p.Case != caseID(r) {
		err = fault.New(fault.Missing, "positions.proposal.missing")
	}
	return p, err
}

// edited is the editor of a proposal that is there, or is not there yet.
func (s *Site) edited(w http.ResponseWriter, r *http.Request, head voiceweb.CaseHead, p positions.Proposal, action string) error {
	said, err := s.desk.Said(r.Context(), head.Actor, head.ID, law.Address{Version: p.Version, Provision: p.Provision})
	if err != nil {
		return err
	}
	v := editorView{CaseHead: head, Action: action}
	if r.Method == http.MethodGet && p.ID == "" {
		// Another page has chosen answers to make a proposal of.
		p.FromComments = r.Form["comments"]
		if use := comment(said, r.FormValue("use")); use != nil {
			p.Text, v.Taken = use.Wording, who(v, *use)
		}
	}
	if r.Method == http.MethodPost {
		var in proposalForm
		if err := page.Decode(r, &in); err != nil {
			v.Blame(err)
		}
		mine := in.into(p)
		switch use := comment(said, in.Use); {
		case use != nil:
			mine.Text, v.Taken = use.Wording, who(v, *use)
			if !slices.Contains(mine.FromComments, use.ID) {
				mine.FromComments = append(mine.FromComments, use.ID)
			}
		case !v.Wrong.Any():
			saved, err := s.save(r, head, mine)
			if err == nil {
				return page.Go(w, r, proposalAt(saved, ""), "said.positions.saved")
			}
			if !v.Blame(err) {
				return err
			}
			if saved.ID != "" && saved.Revision > mine.Revision && mine.ID != "" {
				v.Theirs = theirsOf(s, v, mine, saved)
				mine.Revision = saved.Revision
			}
		}
		p = mine
	}
	if err := s.fill(r, &v, p, said); err != nil {
		return err
	}
	return page.RenderStatus(w, r, v.Again(), editorPage(v))
}

func (s *Site) save(r *http.Request, head voiceweb.CaseHead, p positions.Proposal) (positions.Proposal, error) {
	if p.ID == "" {
		return s.desk.Create(r.Context(), head.Actor, p)
	}
	return s.desk.Save(r.Context(), head.Actor, p)
}

func comment(said positions.Said, id string) *positions.Comment {
	for _, c := range said.Comments {
		if id != "" && c.ID == id && c.Wording != "" {
			return &c
		}
	}
	return nil
}

func who(v editorView, c positions.Comment) string {
	if c.Who == "" {
		return v.T("positions.objection.unnamed")
	}
	return c.Who
}

// theirsOf says what they saved, with what differs from what is in the form.
func theirsOf(s *Site, v editorView, mine, saved positions.Proposal) *theirs {
	t := &theirs{Who: saved.ChangedBy, When: v.Moment(s.site.Local(saved.Changed))}
	for _, part := range []struct{ key, mine, theirs string }{
		{"positions.title", mine.Title, saved.Title}, {"positions.text", mine.Text, saved.Text}, {"positions.reasons", mine.Reasons, saved.Reasons},
		{"positions.budget", mine.Budget, saved.Budget}, {"positions.people", mine.People, saved.People}, {"positions.note", mine.Note, saved.Note},
	} {
		if part.mine != part.theirs {
			t.Parts = append(t.Parts, changePart{v.T(part.key), redlined(positions.Redline(part.mine, part.theirs))})
		}
	}
	return t
}

// fill makes the view of a proposal as it stands in the form.
func (s *Site) fill(r *http.Request, v *editorView, p positions.Proposal, said positions.Said) error {
	v.Proposal, v.Heading = p, v.T("positions.new.on", "cite", p.Cite)
	v.State, v.Tone, v.Icon = v.T("positions.state.new"), "none", "plus"
	if p.ID != "" {
		v.Heading = v.T("positions.proposal.on", "n", strconv.Itoa(p.Number), "cite", p.Cite)
		v.State, v.Tone, v.Icon = v.T("positions.state."+string(p.State)), "warn", "rewrite"
		if p.State == positions.Ready {
			v.Tone, v.Icon = "ok", "taken"
		}
		if !p.Changed.IsZero() {
			v.Changed = v.T("positions.changed.by", "who", p.ChangedBy, "at", v.Moment(s.site.Local(p.Changed)), "n", strconv.Itoa(p.Revision))
		}
		v.Withdraw, v.History = proposalAt(p, "/withdraw"), proposalAt(p, "/history")
	}
	v.Frame.Title = v.Heading
	if p.Lang != v.Lang {
		v.TextLang = p.Lang
	}
	v.DraftLines, v.Redline = lines(p.Draft), redlined(p.Redline())
	p, err := s.desk.Instructed(r.Context(), v.Actor, p)
	if err != nil {
		return err
	}
	v.Sentence = sentenceOf(v.Frame, p)
	q := url.Values{"version": {string(p.Version)}, "provision": {p.Provision}, "wanted": {string(p.Wanted)}}
	if p.ID != "" {
		q = url.Values{"proposal": {string(p.ID)}}
	}
	v.Live = "/cases/" + string(v.ID) + "/proposals/redline?" + q.Encode()
	v.comments(said)
	return s.neighbours(r, v)
}

// A sentenceView is a proposal in normative form, and how far to trust it.
type sentenceView struct {
	Lines []string
	Note  string
}

// sentenceOf tells nothing as long as there is no text.
func sentenceOf(f page.Frame, p positions.Proposal) (v sentenceView) {
	if p.Text == "" && p.Wanted != positions.Delete && p.Wanted != positions.Keep {
		return v
	}
	n := p.Normative()
	v.Lines = append(append(v.Lines, n.Lead), n.Quote...)
	if n.Then != "" {
		v.Lines = append(v.Lines, n.Then)
	}
	v.Note = f.T("positions.sentence.note")
	if n.Proven {
		v.Note = f.T("positions.sentence.proven")
	}
	return v
}

// neighbours tells whether the proposal may be changed, and which others are on
// the same provision.
func (s *Site) neighbours(r *http.Request, v *editorView) error {
	p := v.Proposal
	others, err := s.desk.OnProvision(r.Context(), v.Actor, law.Address{Version: p.Version, Provision: p.Provision})
	if err != nil {
		return err
	}
	now, ok, err := s.current(r.Context(), v.Frame, v.ID)
	if err != nil {
		return err
	}
	switch {
	case p.ID != "" && p.State == positions.Withdrawn || p.ID != "" && p.Number == 0:
		v.Fixed = v.T("positions.withdrawn")
	case ok && now.Stage == positions.Approved, ok && p.Position == now.ID && now.Stage.Done():
		v.Fixed = v.T("positions.fixed")
	}
	for _, o := range others {
		if o.ID == p.ID || o.Case != p.Case {
			continue
		}
		link := page.Crumb{Label: v.T("positions.proposal.n", "n", strconv.Itoa(o.Number)) + ": " + o.Title, Link: proposalAt(o, "")}
		if p.ID != "" && v.Fixed == "" {
			link.Link = proposalAt(p, "/merge?with="+string(o.ID))
		}
		v.Others = append(v.Others, link)
	}
	if v.Fixed != "" {
		v.Withdraw = ""
	}
	return nil
}

var stanceLooks = map[voice.Stance]struct {
	tone page.Tone
	icon string
}{voice.Support: {"ok", "taken"}, voice.Object: {"error", "object"}, voice.Rewrite: {"warn", "rewrite"}, voice.Ask: {"none", "ask"}}

func (v *editorView) comments(said positions.Said) {
	v.Tally = tallied(v.Frame, said.Tally)
	for _, c := range said.Comments {
		if c.Text == "" && c.Wording == "" {
			continue
		}
		look := stanceLooks[c.Stance]
		row := commentRow{
			ID: c.ID, Who: who(*v, c), Kind: v.T("positions.kind.person"), Stance: v.T("positions.stance." + string(c.Stance)), Tone: look.tone, Icon: look.icon,
			Text: lines(c.Text), Wording: lines(c.Wording), Source: slices.Contains(v.Proposal.FromComments, c.ID),
		}
		if c.Org {
			row.Kind = v.T("positions.kind.org")
		}
		v.Comments = append(v.Comments, row)
	}
}

// tallied says how many took each stance.
func tallied(f page.Frame, tally map[voice.Stance]positions.Crowd) string {
	var parts []string
	for _, stance := range voice.Stances() {
		if c := tally[stance]; !c.None() {
			parts = append(parts, f.T("positions.stance."+string(stance))+": "+c.Say(f.Printer))
		}
	}
	return strings.Join(parts, " · ")
}

// kept are the sources that are no comment on the page, so that they are not lost.
func (v editorView) kept() (ids []string) {
	for _, id := range v.Proposal.FromComments {
		if !slices.ContainsFunc(v.Comments, func(c commentRow) bool { return c.ID == id }) {
			ids = append(ids, id)
		}
	}
	return ids
}

// redline answers with the redline of what is being typed, and with what an
// amending act would say.
func (s *Site) redline(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	if err := f.Actor.Must(voice.Work); err != nil {
		return err
	}
	p := positions.Proposal{Case: caseID(r), Wanted: positions.Wanted(r.URL.Query().Get("wanted"))}
	var err error
	if id := r.URL.Query().Get("proposal"); id != "" {
		p, err = s.desk.Proposal(r.Context(), f.Actor, voice.ProposalID(id))
	} else {
		at := law.Address{Version: law.VersionID(r.URL.Query().Get("version")), Provision: r.URL.Query().Get("provision")}
		p, err = s.desk.Blank(r.Context(), f.Actor, p.Case, at, p.Wanted)
	}
	if err != nil {
		return err
	}
	var in struct {
		Text string `form:"text"`
	}
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	p.Text = strings.TrimSpace(in.Text)
	if p, err = s.desk.Instructed(r.Context(), f.Actor, p); err != nil {
		return err
	}
	return page.Render(w, r, liveText(f, redlined(p.Redline()), sentenceOf(f, p)))
}
