package consultweb

import (
	"crypto/rand"
	"net/http"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/consult"
)

// An answerView is the page on which a member answers.
type answerView struct {
	page.Frame
	Base             string // address of the page, without a slash at the end
	Showing          string // names this showing of the page
	Note, Head, Lead string
	Until, Left      string
	Asks             []askView
	Given, All       int
	Public           bool
	Status           string
	Takes            bool
	Office           bool // it is the office that types
	Stage            consult.Stage
}

// An askView is one provision asked about.
type askView struct {
	N                    int
	Key                  string // eId
	Cite, Title, Explain string
	Law                  []string
	Stance               voice.Stance
	Text, Wording        string
	Rev                  int
	Mark                 mark
	Open                 bool
	Clash                *clashView
}

func (a askView) name(what string) string { return what + strconv.Itoa(a.N) }

// hintOf names the hint to a field; the office is shown none.
func (v answerView) hintOf(a askView) string {
	if v.Office {
		return ""
	}
	return a.name("h")
}

// A mark is a stance as it is shown.
type mark struct {
	Tone       page.Tone
	Icon, Word string
}

// A clashView is the other of two texts that were saved at the same time: on the
// member's page their own, which lost; on the office's the one that stands.
type clashView struct {
	Who, Note             string
	Label                 string
	Stance, Text, Wording string
	Use                   string // names the version for the button; empty for no button
}

var stanceIcons = map[voice.Stance]string{voice.Support: "taken", voice.Object: "object", voice.Rewrite: "rewrite", voice.Ask: "ask"}

func markOf(p *i18n.Printer, s voice.Stance) mark {
	if s == "" {
		return mark{"none", "silence", p.T("consult.stance.none")}
	}
	return mark{"ok", stanceIcons[s], p.T("consult.stance." + string(s))}
}

// untilOf writes the last day in words: do torka, 24. novembra 2026.
func untilOf(p *i18n.Printer, d civil.Date) string {
	return p.T("consult.until."+strconv.Itoa(int(d.Weekday())), "date", p.Long(d))
}

// answerView fills the page.
func (s *Site) answerView(r *http.Request, a consult.Answer, base string, clashes []consult.Clash) answerView {
	f := s.site.Frame(r, "", "")
	f.Bare, f.Size, f.Path = true, "read", base
	c, v := a.Consultation, a.Invitation
	f.Title = f.T("consult.answer.window", "title", c.Title)
	view := answerView{
		Frame: f, Base: base, Showing: rand.Text(), Note: f.T("consult.answer.for", "member", v.MemberName), Head: c.Title, Lead: c.Lead,
		Until: f.T("consult.answer.until", "until", untilOf(f.Printer, c.Closes)), Left: f.T("consult.answer.left", "n", max(0, c.Closes.Sub(a.Today))),
		Given: a.Given(), All: len(c.Asked), Public: v.Public, Takes: a.Takes, Stage: v.Stage,
	}
	if v.Stage == consult.Answered {
		view.Until = f.T("consult.answer.change", "until", untilOf(f.Printer, c.Closes))
	}
	opened := !a.Takes || len(clashes) > 0
	for i, one := range c.Asked {
		said := a.Comments[one.Provision]
		ask := askView{
			N: i + 1, Key: one.Provision, Cite: one.Cite, Title: one.Title, Explain: one.Explain, Law: strings.Split(one.Text, "\n"),
			Stance: said.Stance, Text: said.Text, Wording: said.Wording, Rev: said.Rev, Mark: markOf(f.Printer, said.Stance),
		}
		for _, clash := range clashes {
			if clash.Provision == one.Provision {
				ask.Clash, ask.Open = clashOf(f, said, clash), true
			}
		}
		// The next one to answer is open.
		if !opened && said.Stance == "" {
			ask.Open, opened = true, true
		}
		view.Asks = append(view.Asks, ask)
	}
	return view
}

func clashOf(f page.Frame, stands consult.Comment, c consult.Clash) *clashView {
	v := &clashView{
		Who: f.T("consult.clash.other"), Note: f.T("consult.clash.text"), Label: f.T("consult.clash.mine"),
		Stance: markOf(f.Printer, c.Mine.Stance).Word, Text: c.Mine.Text, Wording: c.Mine.Wording, Use: c.Provision + ":" + strconv.Itoa(c.Rev),
	}
	if stands.Via == consult.ByOffice {
		v.Who = f.T("consult.clash.office", "name", stands.TypedIs)
	}
	return v
}

// answer shows the page: GET /a/{token}, GET /mine/{invitation}.
func (s *Site) answer(w http.ResponseWriter, r *http.Request) error {
	way, base := way(r)
	a, err := s.Consult.Answer(r.Context(), way)
	if err != nil {
		return err
	}
	if a.Consultation.State == consult.Prepared {
		return missing()
	}
	v := s.answerView(r, a, base, nil)
	return page.Render(w, r, answerPage(v))
}

func missing() error { return fault.New(fault.Missing, "consult.missing") }

// seen notes that a browser has shown the page: POST …/seen.
func (s *Site) seen(w http.ResponseWriter, r *http.Request) error {
	way, _ := way(r)
	err := s.Consult.Touch(r.Context(), way)
	if err == nil || fault.Is(err, fault.Conflict) {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return err
}

// saving reads the form of answers.
func saving(r *http.Request, asked []consult.Asked) (consult.Saving, error) {
	var in struct {
		Page    string `form:"page"`
		Public  bool   `form:"public"`
		Channel string `form:"channel"`
	}
	if err := page.Decode(r, &in); err != nil {
		return consult.Saving{}, err
	}
	s := consult.Saving{Page: in.Page, Public: in.Public, Channel: consult.Channel(in.Channel)}
	for i, a := range asked {
		n := strconv.Itoa(i + 1)
		if !r.Form.Has("r" + n) {
			continue // not on this form
		}
		rev, err := strconv.Atoi(r.Form.Get("r" + n))
		if err != nil {
			return s, fault.New(fault.Invalid, "form.broken")
		}
		s.Given = append(s.Given, consult.Given{Provision: a.Provision, Rev: rev, Said: consult.Said{
			Stance: voice.Stance(r.Form.Get("s" + n)), Text: plain(r.Form.Get("t" + n)), Wording: plain(r.Form.Get("w" + n)),
		}})
	}
	return s, nil
}

// plain makes what a browser sends plain: one kind of line end, no NUL, UTF-8.
func plain(s string) string {
	return strings.ToValidUTF8(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(s), "\uFFFD")
}

// save keeps what is typed, by a button or by the page's script, which asks for
// plain text: POST …/save.
func (s *Site) save(w http.ResponseWriter, r *http.Request) error {
	return s.take(w, r, func(way consult.Way, in consult.Saving, _ string) (consult.Saved, string, error) {
		saved, err := s.Consult.Save(r.Context(), way, in)
		if provision, rev, ok := strings.Cut(r.Form.Get("use"), ":"); ok && err == nil {
			n, bad := strconv.Atoi(rev)
			if bad != nil {
				return saved, "", fault.New(fault.Invalid, "form.broken")
			}
			saved, err = s.Consult.Use(r.Context(), way, provision, n)
		}
		return saved, "", err
	})
}

// send hands the answer in: POST …/send.
func (s *Site) send(w http.ResponseWriter, r *http.Request) error {
	return s.take(w, r, func(way consult.Way, in consult.Saving, base string) (consult.Saved, string, error) {
		saved, err := s.Consult.Send(r.Context(), way, in)
		return saved, base + "/sent", err
	})
}

func (s *Site) take(w http.ResponseWriter, r *http.Request, deed func(consult.Way, consult.Saving, string) (consult.Saved, string, error)) error {
	way, base := way(r)
	a, err := s.Consult.Answer(r.Context(), way)
	if err != nil {
		return err
	}
	in, err := saving(r, a.Consultation.Asked)
	if err != nil {
		return err
	}
	saved, next, err := deed(way, in, base)
	if r.Header.Get("Accept") == "text/plain" {
		return s.told(w, r, saved, err)
	}
	if err == nil && len(saved.Clashes) == 0 {
		if next != "" {
			return page.Go(w, r, next, "")
		}
		return page.Go(w, r, base, "said.consult.saved")
	}
	// What was typed as the consultation ended stays in its form, to be copied.
	a.Takes = true
	// What could not even be saved is shown as it was typed, on the same showing of
	// the page, so that it does not clash with what that has saved before.
	lost := err != nil && saved.Consultation.ID == ""
	if lost {
		saved = again(a, in)
	}
	v := s.answerView(r, saved.Answer, base, saved.Clashes)
	if lost {
		v.Showing = in.Page
	}
	if err != nil && !v.Blame(err) {
		return err
	}
	for i := range v.Asks {
		v.Asks[i].Open = v.Asks[i].Open || v.Wrong.Of("stance:"+v.Asks[i].Key) != "" || v.Wrong.Of("text:"+v.Asks[i].Key) != ""
	}
	status := http.StatusConflict
	if err != nil {
		status = http.StatusUnprocessableEntity
	}
	return page.RenderStatus(w, r, status, answerPage(v))
}

// again is the answer with what was typed put in its place.
func again(a consult.Answer, in consult.Saving) consult.Saved {
	for _, g := range in.Given {
		c := a.Comments[g.Provision]
		c.Said, c.Rev = g.Said, g.Rev
		a.Comments[g.Provision] = c
	}
	a.Invitation.Public = in.Public
	return consult.Saved{Answer: a}
}

// told is the sentence that the page's script shows after it has saved.
func (s *Site) told(w http.ResponseWriter, r *http.Request, saved consult.Saved, err error) error {
	f := s.site.Frame(r, "", "")
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	text, status := "", http.StatusOK
	switch ft := fault.Of(err); {
	case ft != nil:
		text, status = f.T(ft.Key, ft.Args...), page.Code(ft)
	case err != nil:
		return err
	case len(saved.Clashes) > 0:
		text, status = f.T("consult.saved.clash"), http.StatusConflict
	case saved.Invitation.Stage == consult.Answered:
		text = f.T("consult.saved.sent", "clock", f.Clock(s.site.Local(saved.At)))
	default:
		text = f.T("consult.saved", "clock", f.Clock(s.site.Local(saved.At)))
	}
	w.WriteHeader(status)
	_, err = w.Write([]byte(text))
	return err
}

// sent is the receipt: GET …/sent.
func (s *Site) sent(w http.ResponseWriter, r *http.Request) error {
	way, base := way(r)
	a, err := s.Consult.Answer(r.Context(), way)
	if err != nil {
		return err
	}
	v := s.answerView(r, a, base, nil)
	if v.Stage != consult.Answered {
		return page.Go(w, r, base, "")
	}
	v.Title, v.Status = v.T("consult.sent.title"), a.Invitation.Email
	return page.Render(w, r, sentPage(v))
}

// decline asks whether somebody will not answer, and notes it.
func (s *Site) decline(w http.ResponseWriter, r *http.Request) error {
	way, base := way(r)
	if r.Method == http.MethodPost {
		if err := s.Consult.Decline(r.Context(), way); err != nil {
			return err
		}
		return page.Go(w, r, base, "said.consult.declined")
	}
	a, err := s.Consult.Answer(r.Context(), way)
	if err != nil {
		return err
	}
	f := s.answerView(r, a, base, nil).Frame
	f.Title = f.T("consult.decline.ask")
	return page.Render(w, r, page.Confirm(page.Question{
		Frame: f, Ask: f.Title, Text: f.T("consult.decline.text", "title", a.Consultation.Title, "member", a.Invitation.MemberName),
		Do: f.T("consult.decline.do"), Action: base + "/decline", Back: base, BackLabel: f.T("consult.decline.back"),
	}))
}

type handOverView struct {
	answerView
	Name, Email string
}

// handOver passes the link on to a colleague.
func (s *Site) handOver(w http.ResponseWriter, r *http.Request) error {
	way, base := way(r)
	a, err := s.Consult.Answer(r.Context(), way)
	if err != nil {
		return err
	}
	v := handOverView{answerView: s.answerView(r, a, base, nil)}
	v.Title = v.T("consult.hand_over.title")
	if r.Method == http.MethodPost {
		var in struct {
			Name  string `form:"name"`
			Email string `form:"email"`
		}
		if err := page.Decode(r, &in); err != nil {
			return err
		}
		v.Name, v.Email = in.Name, in.Email
		err := s.Consult.HandOver(r.Context(), way, in.Name, in.Email)
		if err == nil {
			return page.Go(w, r, base, "said.consult.handed_over")
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), handOverPage(v))
}
