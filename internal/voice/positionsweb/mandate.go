package positionsweb

import (
	"net/http"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

type mandateForm struct {
	Body      positions.Body `form:"body"`
	Person    string         `form:"person"`
	On        civil.Date     `form:"on"`
	Meeting   string         `form:"meeting"`
	Rule      string         `form:"rule"`
	For       int            `form:"for"`
	Against   int            `form:"against"`
	Abstained int            `form:"abstained"`
	Note      string         `form:"note"`
	Decision  string         `form:"decision"` // from the register; the fields above are then what it says
	Revision  int            `form:"revision"`
}

// mandate writes down who decided.
func (s *Site) mandate(w http.ResponseWriter, r *http.Request) error {
	head, _, err := s.head(r)
	if err != nil {
		return err
	}
	if err := head.Actor.Must(voice.Work); err != nil {
		return err
	}
	p, err := s.desk.Current(r.Context(), head.Actor, head.ID)
	if err != nil {
		return err
	}
	m := p.Mandate
	offers, err := s.offers(r, head.Frame, string(head.ID))
	if err != nil {
		return err
	}
	in := mandateForm{m.Body, m.Person, m.On, m.Meeting, m.Rule, m.For, m.Against, m.Abstained, m.Note, m.Decision, p.Revision}
	if r.Method == http.MethodPost {
		in = mandateForm{}
		if err = page.Decode(r, &in); err == nil {
			m = positions.Mandate{Body: in.Body, Person: in.Person, On: in.On, Meeting: in.Meeting, Rule: in.Rule, For: in.For, Against: in.Against, Abstained: in.Abstained, Note: in.Note}
			m = mandateOf(m, in.Decision, offers)
			_, err = s.desk.SetMandate(r.Context(), head.Actor, p.ID, in.Revision, m)
		}
		if err == nil {
			return page.Go(w, r, at(head.ID, ""), "said.positions.mandate")
		}
		if !head.Blame(err) {
			return err
		}
	}
	v := formView{
		CaseHead: head, Heading: head.T("positions.mandate"), Text: head.T("positions.mandate.text"), Action: at(head.ID, "/mandate"),
		Do: head.T("positions.mandate.save"), Fields: append(offered(head.Frame, in.Decision, offers), mandateFields(head.Frame, in)...), Revision: strconv.Itoa(in.Revision),
	}
	return page.RenderStatus(w, r, v.Again(), formPage(v))
}

// decides says which body of a position a body of the association is.
var decides = map[bodies.Kind]positions.Body{bodies.Assembly: positions.Assembly, bodies.Board: positions.Board, bodies.President: positions.President}

// offers are the decisions that stand as mandates for the case.
func (s *Site) offers(r *http.Request, f page.Frame, number string) (list []bodies.Decision, err error) {
	if s.bodies == nil {
		return nil, nil
	}
	all, err := s.bodies.DecisionsFor(r.Context(), f.Actor, number)
	for _, d := range all {
		if decides[d.BodyKind] != "" {
			list = append(list, d)
		}
	}
	return list, err
}

// offered is the choice among them, if there are any.
func offered(f page.Frame, on string, list []bodies.Decision) []page.Field {
	if len(list) == 0 {
		return nil
	}
	one := page.Field{Name: "decision", Type: "radio", Label: f.T("positions.mandate.decision"), Hint: f.T("positions.mandate.decision.hint")}
	for _, d := range list {
		one.Options = append(one.Options, page.Option{Value: string(d.ID), Label: d.Number + " " + d.Title, Hint: d.BodyIs + ", " + f.Date(d.On), On: string(d.ID) == on})
	}
	one.Options = append(one.Options, page.Option{Label: f.T("positions.mandate.decision.none"), On: on == ""})
	return []page.Field{one}
}

// mandateOf is the mandate as the decision has it, where one was chosen; what it
// does not say stays as typed.
func mandateOf(m positions.Mandate, id string, list []bodies.Decision) positions.Mandate {
	for _, d := range list {
		if string(d.ID) != id || id == "" {
			continue
		}
		m.Body, m.On, m.Decision, m.Number = decides[d.BodyKind], d.On, id, d.Number
		if d.Count.Cast() > 0 {
			m.For, m.Against, m.Abstained = d.Count.For, d.Count.Against, d.Count.Abstained
		}
		if d.MeetingN != "" {
			m.Meeting = d.MeetingN
		}
		if d.Cite != "" {
			m.Rule = d.Cite
		}
	}
	return m
}

func mandateFields(f page.Frame, in mandateForm) []page.Field {
	body := page.Field{Name: "body", Label: f.T("positions.mandate.decided"), Type: "radio"}
	for _, b := range positions.Bodies() {
		body.Options = append(body.Options, page.Option{Value: string(b), Label: f.T("positions.body." + string(b)), On: b == in.Body})
	}
	n := func(k int) string {
		if k == 0 && in.Body == "" {
			return ""
		}
		return strconv.Itoa(k)
	}
	return []page.Field{
		body,
		{Name: "on", Label: f.T("positions.mandate.on"), Type: "date", Value: day(f, in.On)},
		{Name: "meeting", Label: f.T("positions.mandate.meeting"), Hint: f.T("positions.mandate.meeting.hint"), W: "m", Value: in.Meeting},
		{Name: "for", Label: f.T("positions.mandate.for"), Hint: f.T("positions.mandate.for.hint"), W: "s", Value: n(in.For)},
		{Name: "against", Label: f.T("positions.mandate.against"), W: "s", Value: n(in.Against)},
		{Name: "abstained", Label: f.T("positions.mandate.abstained"), W: "s", Value: n(in.Abstained)},
		{Name: "person", Label: f.T("positions.mandate.who"), Hint: f.T("positions.mandate.who.hint"), W: "m", Value: in.Person},
		{Name: "rule", Label: f.T("positions.mandate.by"), Hint: f.T("positions.mandate.by.hint"), Type: "textarea", Value: in.Rule},
		{Name: "note", Label: f.T("positions.note"), Type: "textarea", Value: in.Note},
	}
}
