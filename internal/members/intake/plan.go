package intake

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/twins"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// known is what the register has that rows may be about.
type known struct {
	email  map[string]members.Brief
	name   map[string][]members.Brief // by folded name
	alike  map[string][]members.Brief // by what names are recognised by
	number map[string]members.ID      // by registry and number
	entry  map[members.ID]members.Member
	more   members.More
	vocabulary
}

// A vocabulary is what the house itself has named.
type vocabulary struct {
	details    []members.Detail
	categories []members.Category
}

// plan says what to do with each row.
func (k known) plan(s sheet, mp Mapping, choices map[int]Choice, today civil.Date) Plan {
	p := Plan{Counts: map[Verdict]int{}}
	seen := map[string]int{} // what a row is about, and its line
	sum := sha256.New()
	for _, r := range s.Rows {
		row := k.row(r, s.Head, mp, choices[r.Line], today)
		if row.Verdict != IsWrong {
			row.twice(seen)
		}
		p.Counts[row.Verdict]++
		p.Rows = append(p.Rows, row)
		fmt.Fprintln(sum, row.Line, row.Verdict, row.Old.ID, row.Old.Revision, row.New, row.Agent, row.Register, row.Tags)
	}
	p.Seen = hex.EncodeToString(sum.Sum(nil)[:12])
	return p
}

// twice makes a row wrong that is about the same member as an earlier one.
func (row *Row) twice(seen map[string]int) {
	name := "name " + folded(row.New.Name) + " |" + folded(row.New.Place)
	_, row.Namesake = seen[name]
	keys := []string{name}
	if row.Choice == AsNew {
		keys = nil
	}
	if row.New.Email != "" {
		keys = append(keys, "email "+row.New.Email)
	}
	if row.Old.ID != "" {
		keys = append(keys, "id "+string(row.Old.ID))
	}
	for _, r := range row.Register {
		keys = append(keys, "number "+numberKey(r))
	}
	for _, key := range keys {
		if line, is := seen[key]; is {
			row.Namesake = row.Namesake && key == name
			row.wrong(fault.New(fault.Invalid, "members.import.twice", "line", line))
			return
		}
	}
	for _, key := range keys {
		seen[key] = row.Line
	}
}

func (row *Row) wrong(why *fault.Fault) {
	row.Verdict, row.Why, row.Agent, row.Changes, row.Register, row.Tags, row.Like = IsWrong, why, nil, nil, nil, nil, nil
}

func (k known) row(r sheetRow, head []string, mp Mapping, choice Choice, today civil.Date) Row {
	row := Row{Line: r.Line, Choice: choice}
	rec, err := r.read(mp.Columns, today, k.vocabulary)
	if at := slices.Index(mp.Columns, "name"); at >= 0 && at < len(head) {
		rec.Name = ordered(rec.Name, head[at], cmp.Or(rec.Kind, mp.Otherwise))
	}
	row.New, row.Register, row.Tags = rec.Member, rec.register, rec.tags
	if err == nil {
		err = k.find(&row, rec)
	}
	if err == nil {
		err = row.fill(rec, mp, k.vocabulary)
	}
	if err == nil {
		err = row.authorise(rec.Agent, k.more.Agents[row.Old.ID])
	}
	if err == nil {
		err = k.register(&row)
	}
	if err != nil {
		row.wrong(fault.Of(err))
		return row
	}
	row.Tags = slices.DeleteFunc(row.Tags, func(name string) bool {
		return slices.ContainsFunc(k.more.Tags[row.Old.ID], func(t members.Tag) bool { return folded(t.Name) == folded(name) })
	})
	switch {
	case row.Old.ID == "" && len(row.Like) > 0 && choice != AsNew:
		row.Verdict = IsLike
	case row.Old.ID == "":
		row.Verdict = WillAdd
	case len(row.Changes) > 0 || row.Agent != nil || len(row.Register) > 0 || len(row.Tags) > 0:
		row.Verdict = WillChange
	default:
		row.Verdict = IsSame
	}
	return row
}

func numberKey(r members.Registration) string { return string(r.In) + " " + folded(r.Number) }

// find looks for the member that a row is about: whom somebody chose, by e-mail, by
// number, or by name and place. A place that one of the two does not say is no
// difference. Who is only like them is offered.
func (k known) find(row *Row, rec record) error {
	m := rec.Member
	var same []members.Brief
	for _, c := range k.name[folded(m.Name)] {
		if m.Place == "" || c.Place == "" || folded(m.Place) == folded(c.Place) {
			same = append(same, c)
		}
	}
	sure := map[members.ID]string{}
	if old, ok := k.email[m.Email]; ok && m.Email != "" {
		sure[old.ID] = old.Name
	}
	for _, r := range rec.register {
		if id, ok := k.number[numberKey(r)]; ok {
			sure[id] = k.entry[id].Name
		}
	}
	like := k.alike[twins.Alike(m.Name)]
	row.Like = slices.DeleteFunc(slices.Clone(like), func(b members.Brief) bool { return !isLike(m, b) })
	row.Like = row.Like[:min(len(row.Like), 3)]
	chosen := members.ID(row.Choice)
	switch {
	case slices.ContainsFunc(row.Like, func(b members.Brief) bool { return b.ID == chosen }):
		row.Old = k.entry[chosen]
	case len(sure) > 1:
		return fault.New(fault.Invalid, "members.import.numbers")
	case len(sure) == 1:
		for id, name := range sure {
			if len(same) > 0 && !slices.ContainsFunc(same, func(c members.Brief) bool { return c.ID == id }) {
				return fault.New(fault.Invalid, "members.import.two", "email", name, "name", same[0].Name)
			}
			row.Old = k.entry[id]
		}
	case len(same) > 1 && row.Choice != AsNew:
		return fault.New(fault.Invalid, "members.import.many", "n", len(same))
	case len(same) == 1:
		row.ByName = true
		if row.Choice != AsNew {
			row.Old = k.entry[same[0].ID]
		}
	}
	if row.Old.ID != "" && row.Old.ID != chosen || row.ByName {
		row.Like = nil
	}
	return nil
}

// isLike reports whether a row may be about the member whose name is recognised by
// the same: where both say the place, it is the same, or the names are nearly.
func isLike(m members.Member, b members.Brief) bool {
	if m.Kind != "" && m.Kind != b.Kind {
		return false
	}
	return m.Place == "" || b.Place == "" || folded(m.Place) == folded(b.Place) || textkit.Similarity(m.Name, b.Name) > 0.8
}

// fill makes New of the old entry and what the row says. An empty cell changes
// nothing. Standing, term and category of a member who is there already are not
// for an import to change.
func (row *Row) fill(rec record, mp Mapping, voc vocabulary) error {
	if row.Old.ID == "" {
		m := rec.Member
		if m.Kind == "" {
			m.Kind = mp.Otherwise
		}
		switch {
		case m.Standing == "":
			m.Standing = members.Active
		case m.Standing == members.Applied:
			m.Since, m.Term = m.Term.From, civil.Span{}
		case m.Standing != members.Active:
			return fault.New(fault.Invalid, "members.import.left")
		}
		row.New = m.Tidy()
		if err := voc.fits(row.New); err != nil {
			return err
		}
		return row.New.Check()
	}
	if rec.Kind != "" && rec.Kind != row.Old.Kind {
		return fault.New(fault.Invalid, "members.import.kind.other", "name", row.Old.Name)
	}
	row.New = row.change(rec, voc)
	return row.New.Check()
}

// change is the old entry with what the row says otherwise.
func (row *Row) change(rec record, voc vocabulary) members.Member {
	m := row.Old
	put := func(field string, at *string, to string) {
		if to != "" && to != *at {
			row.Changes = append(row.Changes, Change{field, *at, to})
			*at = to
		}
	}
	put("name", &m.Name, rec.Name)
	put("email", &m.Email, rec.Email)
	put("place", &m.Place, rec.Place)
	put("street", &m.Street, rec.Street)
	put("postcode", &m.Postcode, rec.Postcode)
	put("region", &m.Region, rec.Region)
	put("field", (*string)(&m.Field), string(rec.Field))
	put("lang", &m.Lang, rec.Lang)
	put("phone", &m.Phone, rec.Phone)
	put("note", &m.Note, rec.Note)
	if to := (members.Member{Field: m.Field, Fields: rec.Fields}).Tidy().Fields; len(rec.Fields) > 0 && !slices.Equal(to, m.Fields) {
		row.Changes = append(row.Changes, Change{"fields", joined(m.Fields), joined(to)})
		m.Fields = to
	}
	if to := (members.Member{Languages: rec.Languages}).Tidy().Languages; len(to) > 0 && !slices.Equal(to, m.Languages) {
		row.Changes = append(row.Changes, Change{"languages", joined(m.Languages), joined(to)})
		m.Languages = to
	}
	if d := rec.Interest.Since; !d.IsZero() && d != m.Interest.Since {
		row.Changes = append(row.Changes, Change{"interest_since", m.Interest.Since.String(), d.String()})
		m.Interest.Since = d
	}
	was := m.Details
	m.Details = nil
	for _, d := range voc.details {
		if to := rec.Details[d.ID]; to != "" && to != was[d.ID] && d.Of(m.Kind) {
			row.Changes = append(row.Changes, Change{d.Field(), was[d.ID], to})
			if m.Details == nil {
				m.Details = members.Details{}
			}
			m.Details[d.ID] = to
		}
	}
	return m.Tidy()
}

func joined[T ~string](list []T) string {
	var out []string
	for _, s := range list {
		out = append(out, string(s))
	}
	return strings.Join(out, " ")
}

// fits returns a fault if the category, or a detail, is not for members of the kind.
func (voc vocabulary) fits(m members.Member) error {
	for _, c := range voc.categories {
		if c.ID == m.Category && (c.Kind != "" && c.Kind != m.Kind || c.Closed) {
			return fault.New(fault.Invalid, "members.category.kind")
		}
	}
	for _, d := range voc.details {
		if m.Details[d.ID] != "" && !d.Of(m.Kind) {
			return fault.New(fault.Invalid, "members.import.detail", "label", d.Label)
		}
	}
	return nil
}

// authorise adds the agent whom the row names, unless they are in office.
func (row *Row) authorise(a members.Agent, inOffice []members.Agent) error {
	if a.Name == "" && a.Email == "" {
		return nil
	}
	if row.New.Kind == members.Person {
		return fault.New(fault.Invalid, "members.import.agent.person")
	}
	for _, o := range inOffice {
		if a.Email != "" && a.Email == o.Email || a.Email == "" && strings.TrimSpace(folded(a.Name)) == strings.TrimSpace(folded(o.Name)) {
			return nil
		}
	}
	a.Member = row.Old.ID
	a = a.Tidy()
	row.Agent = &a
	return a.Check()
}

// register leaves the registrations that the member does not have yet. Another
// number in a registry where there is one is for a person to judge.
func (k known) register(row *Row) error {
	var fresh []members.Registration
	for _, r := range row.Register {
		at := slices.IndexFunc(k.more.Registrations[row.Old.ID], func(o members.Registration) bool { return o.In == r.In })
		switch {
		case at < 0:
			fresh = append(fresh, r)
		case numberKey(k.more.Registrations[row.Old.ID][at]) != numberKey(r):
			return fault.New(fault.Invalid, "members.import.number.other", "number", k.more.Registrations[row.Old.ID][at].Number)
		}
	}
	row.Register = fresh
	slices.SortFunc(row.Register, func(a, b members.Registration) int { return cmp.Compare(a.In, b.In) })
	return nil
}
