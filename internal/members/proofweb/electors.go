package proofweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/representation"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/members/proof"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// mostNamed is how many members a page names; the others are in the tables.
const mostNamed = 100

type electorsView struct {
	page.Frame
	Extract  proof.Extract
	Rules    []page.Option
	Key      string
	Name     string
	Facts    []page.Fact
	Sums     []sumRow
	Excluded []excludedRow
	More     int // how many are not named on the page
	CSV      string
	XLSX     string
}

type sumRow struct{ Why, N string }

type excludedRow struct{ No, Name, Kind, Why, Papers string }

// electors counts the electors that an extract gives by a rule, and names who does not
// count: GET /extracts/{id}/electors?rule=&as=csv|xlsx.
func (s *Site) electors(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	rules, err := s.desk.ElectorRules(r.Context(), by)
	if err != nil {
		return err
	}
	rules = slices.DeleteFunc(rules, func(x proof.Rule) bool { return !x.Known() })
	key := r.FormValue("rule")
	if key == "" && len(rules) > 0 {
		key = rules[0].Key
	}
	e, all, err := s.desk.Electors(r.Context(), by, proof.ID(r.PathValue("id")), key)
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	if as := r.FormValue("as"); as != "" {
		return hand(w, f, as, "electors-"+string(e.ID), excludedRows(f, all))
	}
	f.Title = f.T("proof.electors")
	at := link(e.ID) + "/electors?rule=" + url.QueryEscape(key) + "&as="
	v := electorsView{Frame: f, Extract: e, Key: key, Name: all.Rule.Name(f.Lang), CSV: at + "csv", XLSX: at + "xlsx"}
	for _, x := range rules {
		v.Rules = append(v.Rules, page.Option{Value: x.Key, Label: x.Name(f.Lang)})
	}
	v.Facts = []page.Fact{
		{Label: f.T("proof.electors.n"), Value: all.Sum()},
		{Label: f.T("proof.electors.counted"), Value: f.T("proof.proven.of", "proven", f.Number(all.Members), "all", f.Number(e.All()))},
		{Label: f.T("proof.basis"), Value: all.Rule.Basis},
		{Label: f.T("proof.electors.how"), Value: how(f, all.Rule)},
	}
	if all.Short > 0 {
		v.Facts = append(v.Facts, page.Fact{Label: f.T("proof.electors.next"), Value: f.T("proof.electors.short", "n", all.Short)})
	}
	sums := map[representation.Reason]int{}
	for _, x := range all.Excluded {
		sums[x.Why]++
	}
	for _, why := range representation.Reasons() {
		if n := sums[why]; n > 0 {
			v.Sums = append(v.Sums, sumRow{f.T("proof.why." + string(why)), f.Number(n)})
		}
	}
	rows := excludedRows(f, all)[1:]
	for _, row := range rows[:min(len(rows), mostNamed)] {
		v.Excluded = append(v.Excluded, excludedRow{row[0], row[1], row[2], row[3], row[4]})
	}
	v.More = len(rows) - len(v.Excluded)
	return page.Render(w, r, electorsPage(v))
}

// how says by which numbers a rule counts, and whom.
func how(f page.Frame, r proof.Rule) string {
	text := f.T("proof.rule.counts", "fixed", r.Fixed, "per", f.Number(r.Per))
	if r.Per == 0 {
		text = f.T("proof.rule.counts.fixed", "fixed", r.Fixed)
	}
	var kinds, papers []string
	for _, k := range r.Kinds {
		kinds = append(kinds, f.T("proof.kind."+k))
	}
	for _, p := range r.Proofs {
		papers = append(papers, paperName(f, p))
	}
	if len(kinds) > 0 {
		text += "; " + strings.Join(kinds, ", ")
	}
	if len(papers) > 0 {
		text += "; " + f.T("proof.rule.proven", "papers", strings.Join(papers, ", "))
	}
	return text
}

func paperName(f page.Frame, kind string) string {
	if kind == proof.Admission || kind == proof.Interest {
		return f.T("proof.paper." + kind)
	}
	return f.T("members.registry." + kind)
}

// excludedRows are those who do not count, as a table under its heading.
func excludedRows(f page.Frame, all proof.Election) [][]string {
	rows := [][]string{{f.T("proof.no"), f.T("members.name"), f.T("members.kind"), f.T("proof.electors.why"), f.T("proof.electors.known")}}
	for _, x := range all.Excluded {
		rows = append(rows, []string{strconv.Itoa(x.No), x.Name, f.T("members.kind." + string(x.Kind)), f.T("proof.why." + string(x.Why)), x.Proofs(f.Printer)})
	}
	return rows
}

type rulesView struct {
	page.Frame
	Tabs   []page.Tab
	Office bool
	Rows   []ruleRow
	In     ruleIn
	Kinds  []page.Option
	Papers []page.Option
}

type ruleRow struct{ Name, How, Basis, Drop string }

type ruleIn struct {
	Name   string   `form:"name"`
	Fixed  int      `form:"fixed"`
	Per    int      `form:"per"`
	Basis  string   `form:"basis"`
	Kinds  []string `form:"kinds"`
	Proofs []string `form:"proofs"`
}

// rules are those by which electors are counted: those of the country, and those of
// the office, which adds them here.
func (s *Site) rules(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	f := s.site.Frame(r, "nav.members", "")
	f.Title = f.T("proof.rules")
	v := rulesView{Frame: f, Tabs: membersweb.Tabs(f, by, "extracts"), Office: by.Can(proof.Issue), In: ruleIn{Fixed: 1, Per: 100}}
	if r.Method == http.MethodPost {
		v.In = ruleIn{}
		err := page.Decode(r, &v.In)
		if err == nil {
			in := v.In
			_, err = s.desk.AddRule(r.Context(), by, in.Name, representation.Electors{Fixed: in.Fixed, Per: in.Per, Basis: in.Basis, Kinds: in.Kinds, Proofs: in.Proofs})
		}
		if err == nil {
			return page.Go(w, r, "/extracts/rules", "said.proof.rule")
		}
		if !v.Blame(err) {
			return err
		}
	}
	list, err := s.desk.ElectorRules(r.Context(), by)
	if err != nil {
		return err
	}
	for _, x := range list {
		row := ruleRow{Name: x.Name(f.Lang), How: how(f, x), Basis: x.Basis}
		if !x.Known() {
			row.How += "; " + f.T("proof.rule.workers")
		}
		if x.Own && v.Office {
			row.Drop = "/extracts/rules/drop?rule=" + url.QueryEscape(x.Key)
		}
		v.Rows = append(v.Rows, row)
	}
	for _, k := range members.Kinds() {
		v.Kinds = append(v.Kinds, page.Option{Value: string(k), Label: f.T("proof.kind." + string(k)), On: slices.Contains(v.In.Kinds, string(k))})
	}
	for _, p := range proof.PaperKinds() {
		v.Papers = append(v.Papers, page.Option{Value: p, Label: paperName(f, p), On: slices.Contains(v.In.Proofs, p)})
	}
	return page.RenderStatus(w, r, v.Again(), rulesPage(v))
}

// dropRule takes a rule of the office out.
func (s *Site) dropRule(w http.ResponseWriter, r *http.Request) error {
	by, key := auth.From(r.Context()), r.FormValue("rule")
	if r.Method == http.MethodPost {
		if err := s.desk.DropRule(r.Context(), by, key); err != nil {
			return err
		}
		return page.Go(w, r, "/extracts/rules", "said.proof.rule.dropped")
	}
	if err := by.Must(proof.Issue); err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	f.Title = f.T("proof.rule.drop.ask")
	return page.Render(w, r, page.Confirm(page.Question{
		Frame: f, Crumbs: crumbs(f, page.Crumb{Label: f.T("proof.rules"), Link: "/extracts/rules"}), Ask: f.Title, Text: f.T("proof.rule.drop.text"), Do: f.T("proof.rule.drop"),
		Action: "/extracts/rules/drop?rule=" + url.QueryEscape(key), Back: "/extracts/rules", BackLabel: f.T("proof.rules"), Danger: true,
	}))
}
