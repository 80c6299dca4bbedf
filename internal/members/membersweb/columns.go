package membersweb

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// columnKeys are what a list or an export may show of a member beside the name, in
// the order in which it is offered; beside them there are the details of the house.
var columnKeys = []string{
	"kind", "category", "place", "region", "field", "fields", "standing", "since", "agent", "email", "phone", "street", "postcode", "lang", "languages",
	"interest_since", "tags", "tax", "business", "associations", "self_employed", "note", "owes", "overdue",
}

// usual are the columns of who has not chosen any, and openly those that members see.
var (
	usual  = []string{"kind", "place", "field", "standing", "since", "agent"}
	openly = []string{"kind", "place", "field", "standing", "since"}
)

// A sheet is the columns that a list shows, and what they need.
type sheet struct {
	page.Frame
	keys       []string
	details    []members.Detail
	categories map[members.CategoryID]string
}

// sheetOf is the sheet of the columns that are asked for, chosen, or usual. A list of
// those who owe says since when.
func (s *Site) sheetOf(ctx context.Context, f page.Frame, owing members.Owing, asked []string) (sheet, error) {
	sh := sheet{Frame: f, keys: openly}
	also := func() sheet {
		if owing != "" && !slices.Contains(sh.keys, "owes") {
			sh.keys = append(slices.Clip(sh.keys), "owes")
		}
		return sh
	}
	if !f.Actor.Can(members.Read) {
		return also(), nil
	}
	var err error
	if sh.details, err = s.desk.Details(ctx, f.Actor); err != nil {
		return sh, err
	}
	list, err := s.desk.Categories(ctx, f.Actor)
	if err != nil {
		return sh, err
	}
	sh.categories = map[members.CategoryID]string{}
	for _, c := range list {
		sh.categories[c.ID] = c.Name
	}
	if len(asked) == 0 {
		if asked, err = s.Views.Chosen(ctx, f.Actor); err != nil {
			return sh, err
		}
	}
	sh.keys = nil
	for _, key := range sh.all() {
		if slices.Contains(asked, key) {
			sh.keys = append(sh.keys, key)
		}
	}
	if len(sh.keys) == 0 {
		sh.keys = usual
	}
	return also(), nil
}

// all are all columns that there are.
func (sh sheet) all() []string {
	list := slices.Clone(columnKeys)
	for _, d := range sh.details {
		if !d.Closed {
			list = append(list, d.Field())
		}
	}
	return list
}

// label is the heading of a column.
func (sh sheet) label(key string) string {
	for _, d := range sh.details {
		if d.Field() == key {
			return d.Label
		}
	}
	if slices.Contains([]string{"tax", "business", "associations", "self_employed"}, key) {
		return sh.T("members.registry." + key)
	}
	return sh.T("members." + key)
}

// cell is what a column says of a member; empty for nothing.
func (sh sheet) cell(key string, m members.Member, more members.More) string {
	switch key {
	case "kind":
		return word(sh.Frame, "kind", m.Kind)
	case "category":
		return sh.categories[m.Category]
	case "place":
		return m.Place
	case "region":
		return named(sh.Frame, "region", m.Region)
	case "field":
		return named(sh.Frame, "field", m.Field)
	case "fields":
		return wordsOf(sh.Frame, "field", m.Fields)
	case "standing":
		return standing(sh.Frame, m)
	case "since":
		if y := m.Term.From.Year(); y > 0 {
			return strconv.Itoa(y)
		}
		return ""
	case "interest_since":
		return typed(sh.Frame, m.Interest.Since)
	case "owes":
		day, is := more.Owed[m.ID]
		switch {
		case !is:
			return ""
		case day.Before(sh.Today):
			return sh.T("members.owes.late", "day", sh.Date(day))
		}
		return sh.T("members.owes.by", "day", sh.Date(day))
	case "overdue":
		return typed(sh.Frame, sh.lateSince(m.ID, more))
	case "lang":
		return langName(m.Lang)
	case "languages":
		return langNames(m.Languages)
	}
	return sh.kept(key, m, more)
}

// kept is what a column says that is as it is kept.
func (sh sheet) kept(key string, m members.Member, more members.More) string {
	switch key {
	case "email":
		return m.Email
	case "phone":
		return m.Phone
	case "street":
		return m.Street
	case "postcode":
		return m.Postcode
	case "note":
		return m.Note
	case "tags":
		return tagText(more.Tags[m.ID])
	case "agent":
		var names []string
		for _, a := range more.Agents[m.ID] {
			names = append(names, a.Name)
		}
		return strings.Join(names, ", ")
	}
	for _, r := range more.Registrations[m.ID] {
		if string(r.In) == key {
			return r.Number
		}
	}
	for _, d := range sh.details {
		if d.Field() == key {
			return shown(sh.Frame, d, more.Details[m.ID][d.ID])
		}
	}
	return ""
}

// lateSince is the first day on which the dues of a member were late; none if they are not.
func (sh sheet) lateSince(id members.ID, more members.More) civil.Date {
	if day, is := more.Owed[id]; is && day.Before(sh.Today) {
		return day.AddDays(1)
	}
	return civil.Date{}
}

// named is the word of a list, empty for none.
func named[T ~string](f page.Frame, of string, key T) string {
	if key == "" {
		return ""
	}
	return word(f, of, key)
}

// queryOf reads which members a page is about.
func queryOf(v url.Values) members.Query {
	return members.Query{After: members.ID(v.Get("after")), From: v.Get("from"), Filter: members.Filter{
		Kind: members.Kind(v.Get("kind")), Standing: members.Standing(v.Get("standing")), Field: members.Field(v.Get("field")), Region: v.Get("region"), Language: v.Get("language"),
		Category: members.CategoryID(v.Get("category")), Tag: members.TagID(v.Get("tag")), Interest: v.Get("interest") != "", Detail: members.DetailID(v.Get("detail")), Value: v.Get("value"), Least: v.Get("least"), Most: v.Get("most"),
		Owing: members.Owing(v.Get("owing")), Silent: v.Get("silent") != "", Unsure: v.Get("unsure") != "", Text: v.Get("q"),
	}}
}

// paramsOf writes what queryOf reads.
func paramsOf(f members.Filter) url.Values {
	v := url.Values{}
	for name, value := range map[string]string{
		"kind": string(f.Kind), "standing": string(f.Standing), "field": string(f.Field), "region": f.Region, "language": f.Language, "category": string(f.Category),
		"tag": string(f.Tag), "detail": string(f.Detail), "value": f.Value, "least": f.Least, "most": f.Most, "owing": string(f.Owing), "q": f.Text,
	} {
		if value != "" {
			v.Set(name, value)
		}
	}
	for name, on := range map[string]bool{"silent": f.Silent, "unsure": f.Unsure, "interest": f.Interest} {
		if on {
			v.Set(name, "1")
		}
	}
	return v
}

// filterWords are what a filter lets through, as a sentence would say it.
func (s *Site) filterWords(ctx context.Context, sh sheet, q members.Filter) (string, error) {
	var list []string
	say := func(label, value string) {
		if value != "" {
			list = append(list, label+": "+value)
		}
	}
	say(sh.T("members.kind"), named(sh.Frame, "kind", q.Kind))
	say(sh.T("members.standing"), named(sh.Frame, "standing", q.Standing))
	say(sh.T("members.field"), named(sh.Frame, "field", q.Field))
	say(sh.T("members.region"), named(sh.Frame, "region", q.Region))
	say(sh.T("members.languages"), langNames(slices.DeleteFunc([]string{q.Language}, func(l string) bool { return l == "" })))
	say(sh.T("members.category"), sh.categories[q.Category])
	if q.Tag != "" {
		tags, err := s.desk.Tags(ctx, sh.Actor)
		if err != nil {
			return "", err
		}
		for _, t := range tags {
			if t.ID == q.Tag {
				say(sh.T("members.tags"), t.Name)
			}
		}
	}
	for _, d := range sh.details {
		if d.ID == q.Detail {
			list = append(list, sh.detailWords(d, q))
		}
	}
	say(sh.T("members.owes"), named(sh.Frame, "owing", q.Owing))
	if q.Interest {
		list = append(list, sh.T("members.interest"))
	}
	if q.Unsure {
		list = append(list, sh.T("members.unsure"))
	}
	if q.Silent {
		list = append(list, sh.T("members.chip.silent"))
	}
	say(sh.T("members.search.word"), q.Text)
	if len(list) == 0 {
		return sh.T("members.any.standing"), nil
	}
	return strings.Join(list, " · "), nil
}

// detailWords are what a filter asks of a detail: "Sedežev: od 10 do 50".
func (sh sheet) detailWords(d members.Detail, q members.Filter) string {
	value := shown(sh.Frame, d, q.Value)
	switch {
	case q.Least != "" && q.Most != "":
		value = sh.T("members.from_to", "least", q.Least, "most", q.Most)
	case q.Least != "":
		value = sh.T("members.from_on", "least", q.Least)
	case q.Most != "":
		value = sh.T("members.up_to", "most", q.Most)
	}
	return strings.TrimSuffix(d.Label+": "+value, ": ")
}

// ids are the members that a page names one by one.
func ids(v url.Values) []members.ID {
	var list []members.ID
	for _, id := range v["m"] {
		if id != "" && len(list) < 1_000 {
			list = append(list, members.ID(id))
		}
	}
	return list
}

// more reads what the columns of a page of the register need.
func (s *Site) more(ctx context.Context, by auth.Actor, list []members.Member) (members.More, error) {
	all := make([]members.ID, len(list))
	for i, m := range list {
		all[i] = m.ID
	}
	switch {
	case len(list) == 0:
	case by.Can(members.Read):
		return s.desk.MoreOf(ctx, by, all...)
	case by.Can(members.SeeDues):
		owed, err := s.desk.Owed(ctx, by, all...)
		return members.More{Owed: owed}, err
	}
	return members.More{}, nil
}
