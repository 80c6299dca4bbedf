package bodiesweb

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// presenceWords say how many must be there.
func presenceWords(f page.Frame, p tally.Presence) string {
	switch {
	case p.Share.IsZero():
		return f.T("bodies.quorum.least", "n", int(p.Least))
	case p.Least == 0:
		return f.T("bodies.quorum.share", "share", meetings.ShareWords(f.Printer, p.Share))
	}
	return f.T("bodies.quorum.both", "share", meetings.ShareWords(f.Printer, p.Share), "n", int(p.Least))
}

// majorityWords say how many must be for it.
func majorityWords(f page.Frame, m tally.Majority) string {
	s := meetings.ShareWords(f.Printer, m.Share) + " " + f.T("bodies.majority.of."+string(m.Of))
	if m.OnTie != "" && m.OnTie != tally.Falls {
		s += ", " + f.T("bodies.majority.tie."+string(m.OnTie))
	}
	return s
}

// A bodyIn is a body as its form has it. Shares are choices: "> 1/2", ">= 2/3".
type bodyIn struct {
	Kind        string     `form:"kind"`
	Name        string     `form:"name"`
	Prefix      string     `form:"prefix"`
	Of          string     `form:"of"`
	Places      int        `form:"places"`
	Months      int        `form:"months"`
	Falls       string     `form:"falls"`
	Ended       civil.Date `form:"ended"`
	Cite        string     `form:"cite"`
	Quorum      string     `form:"quorum"`
	QuorumLeast int        `form:"quorum_least"`
	Second      string     `form:"second"`
	SecondLeast int        `form:"second_least"`
	Wait        int        `form:"wait"`
	Stays       bool       `form:"stays"`
	Every       int        `form:"every"`
	Majority    string     `form:"majority"`
	Base        string     `form:"base"`
	Tie         string     `form:"tie"`
	Special     string     `form:"special"`
	SpecialBase string     `form:"special_base"`
	Notice      int        `form:"notice"`
	Proxies     int        `form:"proxies"`
	Demand      string     `form:"demand"`
	Protest     string     `form:"protest"`
	Note        string     `form:"note"`
	Revision    int        `form:"revision"`
}

// shareText is a share as a choice; none is empty.
func shareText(s tally.Share) string {
	if s.IsZero() {
		return ""
	}
	return s.String()
}

func bodyInOf(b bodies.Body) bodyIn {
	r := b.Rule
	in := bodyIn{
		Kind: string(b.Kind), Name: b.Name, Prefix: b.Prefix, Of: b.Of, Places: b.Places, Months: b.Months, Falls: b.Falls, Ended: b.Ended, Cite: r.Cite,
		Quorum: shareText(r.Quorum.First.Share), QuorumLeast: int(r.Quorum.First.Least), Wait: r.Wait, Stays: r.Stays, Every: r.Every,
		Majority: shareText(r.Majority.Share), Base: string(r.Majority.Of), Tie: string(r.Majority.OnTie), Special: shareText(r.Special.Share), SpecialBase: string(r.Special.Of),
		Notice: r.Notice, Proxies: r.Proxies, Demand: shareText(r.Demand), Protest: shareText(r.Protest), Note: b.Note, Revision: b.Revision,
	}
	if r.Quorum.Second != nil {
		in.Second, in.SecondLeast = shareText(r.Quorum.Second.Share), int(r.Quorum.Second.Least)
	}
	return in
}

// share reads a choice, or what was typed as one.
func share(field, s string, wrong *fault.Fields) tally.Share {
	if strings.TrimSpace(s) == "" {
		return tally.Share{}
	}
	m, err := tally.ParseMajority(s + " all")
	if err != nil {
		wrong.Add(field, "bodies.rule.share")
	}
	return m.Share
}

func (in bodyIn) body(id bodies.BodyID) (bodies.Body, error) {
	var wrong fault.Fields
	b := bodies.Body{
		ID: id, Kind: bodies.Kind(in.Kind), Name: in.Name, Prefix: in.Prefix, Of: in.Of, Places: in.Places, Months: in.Months, Falls: in.Falls, Ended: in.Ended, Note: in.Note, Revision: in.Revision,
		Rule: bodies.Rule{Cite: in.Cite, Wait: in.Wait, Stays: in.Stays, Every: in.Every, Notice: in.Notice, Proxies: in.Proxies},
	}
	b.Rule.Quorum.First = tally.Presence{Share: share("quorum", in.Quorum, &wrong), Least: int64(max(in.QuorumLeast, 0))}
	if in.Second != "" || in.SecondLeast > 0 {
		b.Rule.Quorum.Second = &tally.Presence{Share: share("second", in.Second, &wrong), Least: int64(max(in.SecondLeast, 0))}
	}
	b.Rule.Majority = tally.Majority{Share: share("majority", in.Majority, &wrong), Of: base(in.Base), OnTie: tally.OnTie(in.Tie)}
	if in.Special != "" {
		b.Rule.Special = tally.Majority{Share: share("special", in.Special, &wrong), Of: base(in.SpecialBase), OnTie: tally.Falls}
	}
	b.Rule.Demand, b.Rule.Protest = share("demand", in.Demand, &wrong), share("protest", in.Protest, &wrong)
	return b, wrong.Err()
}

// base is of what a majority is; those present where nothing is said.
func base(s string) tally.Base {
	if b := tally.Base(s); b == tally.Cast || b == tally.All {
		return b
	}
	return tally.Present
}

// bodyForm adds a body, or changes one and its rule.
func (s *Site) bodyForm(w http.ResponseWriter, r *http.Request) error {
	f, err := s.work(r, "bodies.new")
	if err != nil {
		return err
	}
	kind := bodies.Kind(r.URL.Query().Get("kind"))
	if kind == "" {
		kind = bodies.Board
	}
	fresh := bodies.Body{Kind: kind, Rule: bodies.Law(kind)}
	if kind == bodies.Assembly || kind == bodies.Board && r.URL.Query().Has("kind") { // whom each association has one of
		fresh.Name, fresh.Prefix = f.T("bodies.kinds."+string(kind)), f.T("bodies.prefix."+string(kind))
	}
	in := bodyInOf(fresh)
	v := formView{Action: "/bodies/new", Back: "/bodies", Do: f.T("bodies.save"), Lead: f.T("bodies.new.lead")}
	id := bodies.BodyID(r.PathValue("id"))
	if id != "" {
		b, _, err := s.Bodies.Body(r.Context(), f.Actor, id)
		if err != nil {
			return err
		}
		in, f.Title = bodyInOf(b), b.Name
		v.Action, v.Back, v.Lead = bodyLink(id, "/edit"), bodyLink(id), ""
	}
	if r.Method == http.MethodPost {
		old := in
		in = bodyIn{}
		if err = page.Decode(r, &in); err == nil {
			if id != "" {
				in.Kind = old.Kind
			}
			err = s.saveBody(r, f, &v, &in, id)
		}
	}
	v.Frame, v.Crumbs = f, crumbs(f, "bodies", page.Crumb{Label: f.Title})
	v.Hidden = []page.Option{{Label: "revision", Value: strconv.Itoa(in.Revision)}}
	v.Fields = append(bodyFields(f, in, id == ""), ruleFields(f, in)...)
	return v.answer(w, r, err, v.Back, saidSaved)
}

func (s *Site) saveBody(r *http.Request, f page.Frame, v *formView, in *bodyIn, id bodies.BodyID) error {
	b, err := in.body(id)
	if err != nil {
		return err
	}
	if id == "" {
		b, err = s.Bodies.AddBody(r.Context(), f.Actor, b)
		v.Back = bodyLink(b.ID)
		if err != nil {
			v.Back = "/bodies"
		}
		return err
	}
	now, err := s.Bodies.SaveBody(r.Context(), f.Actor, b)
	if fault.Is(err, fault.Conflict) {
		in.Revision = now.Revision
	}
	return err
}

func bodyFields(f page.Frame, in bodyIn, isNew bool) []page.Field {
	var list []page.Field
	if isNew {
		list = append(list, page.Field{Name: "kind", Label: f.T("bodies.kind"), Type: "radio", Options: options(f, "kind", bodies.Kinds(), bodies.Kind(in.Kind), "")})
	}
	return append(list,
		page.Field{Name: "name", Label: f.T("bodies.name"), Hint: f.T("bodies.name.hint"), Value: in.Name, W: "m"},
		page.Field{Name: "prefix", Label: f.T("bodies.prefix"), Hint: f.T("bodies.prefix.hint"), Value: in.Prefix, W: "s"},
		page.Field{Name: "of", Label: f.T("bodies.of"), Hint: f.T("bodies.of.hint"), Value: in.Of, W: "m"},
		page.Field{Name: "places", Label: f.T("bodies.places"), Hint: f.T("bodies.places.hint"), Value: count(in.Places), W: "s"},
		page.Field{Name: "months", Label: f.T("bodies.months"), Hint: f.T("bodies.months.hint"), Value: count(in.Months), W: "s"},
		page.Field{Name: "falls", Label: f.T("bodies.falls"), Hint: f.T("bodies.falls.hint"), Value: in.Falls, W: "m"},
		page.Field{Name: "ended", Label: f.T("bodies.ended.on"), Hint: f.T("bodies.ended.hint"), Type: "date", Value: typed(f, in.Ended)},
		page.Field{Name: "note", Label: f.T("bodies.note.of"), Type: "textarea", Value: in.Note},
	)
}

// shares are those that statutes use, and the one that stands.
func shares(f page.Frame, none, on string) []page.Option {
	var list []page.Option
	if none != "" {
		list = append(list, page.Option{Label: none})
	}
	known := []tally.Share{tally.Half, {Num: 1, Den: 2}, {Num: 1, Den: 3}, {Num: 1, Den: 4}, {Num: 1, Den: 5}, {Num: 1, Den: 10}, {Num: 2, Den: 3}, {Num: 3, Den: 4}, {Num: 1, Den: 1}}
	seen := on == ""
	for _, s := range known {
		seen = seen || s.String() == on
		list = append(list, page.Option{Value: s.String(), Label: meetings.ShareWords(f.Printer, s)})
	}
	if !seen {
		list = append(list, page.Option{Value: on, Label: on})
	}
	return list
}

func ruleFields(f page.Frame, in bodyIn) []page.Field {
	bases := func(on string) []page.Option {
		var list []page.Option
		for _, b := range []tally.Base{tally.Present, tally.Cast, tally.All} {
			list = append(list, page.Option{Value: string(b), Label: f.T("bodies.majority.of." + string(b)), On: string(b) == on})
		}
		return list
	}
	ties := []page.Option{{Value: string(tally.Falls), Label: f.T("bodies.tie.falls")}, {Value: string(tally.Chair), Label: f.T("bodies.tie.chair")}, {Value: string(tally.Repeat), Label: f.T("bodies.tie.repeat")}}
	none := f.T("bodies.rule.none")
	return []page.Field{
		{Name: "cite", Label: f.T("bodies.rule.basis"), Hint: f.T("bodies.rule.basis.hint"), Value: in.Cite},
		{Name: "quorum", Label: f.T("bodies.quorum.rule"), Hint: f.T("bodies.quorum.hint"), Type: "select", Value: in.Quorum, Options: shares(f, f.T("bodies.quorum.number"), in.Quorum), W: "m"},
		{Name: "quorum_least", Label: f.T("bodies.least"), Value: count(in.QuorumLeast), W: "s"},
		{Name: "second", Label: f.T("bodies.second.rule"), Hint: f.T("bodies.second.hint"), Type: "select", Value: in.Second, Options: shares(f, none, in.Second), W: "m"},
		{Name: "second_least", Label: f.T("bodies.second.least"), Value: count(in.SecondLeast), W: "s"},
		{Name: "wait", Label: f.T("bodies.wait"), Value: count(in.Wait), W: "s"},
		{Name: "stays", Label: f.T("bodies.stays"), Hint: f.T("bodies.stays.hint"), Type: "checkbox", Value: ticked(in.Stays)},
		{Name: "majority", Label: f.T("bodies.majority.rule"), Type: "select", Value: in.Majority, Options: shares(f, "", in.Majority), W: "m"},
		{Name: "base", Label: f.T("bodies.base"), Type: "select", Value: in.Base, Options: bases(in.Base), W: "m"},
		{Name: "tie", Label: f.T("bodies.tie"), Type: "select", Value: in.Tie, Options: ties, W: "m"},
		{Name: "special", Label: f.T("bodies.special.rule"), Hint: f.T("bodies.special.hint"), Type: "select", Value: in.Special, Options: shares(f, none, in.Special), W: "m"},
		{Name: "special_base", Label: f.T("bodies.special.base"), Type: "select", Value: in.SpecialBase, Options: bases(in.SpecialBase), W: "m"},
		{Name: "notice", Label: f.T("bodies.notice.rule"), Hint: f.T("bodies.notice.hint"), Value: count(in.Notice), W: "s"},
		{Name: "proxies", Label: f.T("bodies.proxies.rule"), Hint: f.T("bodies.proxies.hint"), Value: count(in.Proxies), W: "s"},
		{Name: "every", Label: f.T("bodies.every"), Hint: f.T("bodies.every.hint"), Value: count(in.Every), W: "s"},
		{Name: "demand", Label: f.T("bodies.demand.rule"), Type: "select", Value: in.Demand, Options: shares(f, none, in.Demand), W: "m"},
		{Name: "protest", Label: f.T("bodies.protest.rule"), Hint: f.T("bodies.protest.hint"), Type: "select", Value: in.Protest, Options: shares(f, none, in.Protest), W: "m"},
	}
}
