package members

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
	"unique"

	"github.com/asociacija/asociacija/engine/civil"
)

// A roll is the register in its order (imenik), as far as lists need it, at one
// version. It is held in memory, and a list goes along it: whatever somebody filters
// by costs a look at each entry and no more. A roll does not change; with makes the
// next one.
type roll struct {
	version  int
	listings []*listing // by key and ID

	mu      sync.Mutex
	today   civil.Date // of the counts
	counted map[Filter]int
}

// A mark is a word that many entries have: "k:person", "s:active", "f:dance" of a
// field, "r:" of a region, "l:" of a language, "c:" of a category, "t:" of a tag,
// "d:" of a detail, "m:" of a room, "i" of public interest, "here" and "silent".
type mark = unique.Handle[string]

func marked(what, value string) mark { return unique.Make(what + value) }

// A listing is what the roll has of a member.
type listing struct {
	id          ID
	key         string // SortKey
	words, mail string // folded, each word with a space before it
	marks       []mark
	held        []held
}

// A held is what a member has in a detail: a number or a day as it is kept, anything
// else folded. The mark of a room, with its day, is held too.
type held struct{ in, value mark }

func (e *listing) compare(o *listing) int {
	return cmp.Or(cmp.Compare(e.key, o.key), cmp.Compare(e.id, o.id))
}

// listingOf is the listing of m; tags and details are added by their tables.
func listingOf(m Member, words, mail string) *listing {
	e := &listing{id: m.ID, key: m.SortKey, words: words, mail: mail, marks: []mark{marked("k:", string(m.Kind)), marked("s:", string(m.Standing))}}
	add := func(what, value string) {
		if value != "" {
			e.marks = append(e.marks, marked(what, value))
		}
	}
	if m.Standing.Here() {
		add("here", " ")
	}
	if m.Silent() {
		add("silent", " ")
	}
	for _, f := range append([]Field{m.Field}, m.Fields...) {
		add("f:", string(f))
	}
	for _, l := range m.Languages {
		add("l:", l)
	}
	add("r:", m.Region)
	add("c:", string(m.Category))
	if !m.Interest.Since.IsZero() {
		add("i", " ")
	}
	return e
}

// newRoll puts the listings in order, in memory too: whoever goes along them goes
// straight on.
func newRoll(version int, listings []*listing) *roll {
	slices.SortFunc(listings, (*listing).compare)
	var all strings.Builder
	marks, holdings := 0, 0
	for _, e := range listings {
		all.WriteString(string(e.id) + e.key + e.words + e.mail)
		marks, holdings = marks+len(e.marks), holdings+len(e.held)
	}
	letters, inOrder := all.String(), make([]listing, len(listings))
	allMarks, allHeld := make([]mark, 0, marks), make([]held, 0, holdings)
	cut := func(s string) (same string) {
		same, letters = letters[:len(s)], letters[len(s):]
		return same
	}
	for i, e := range listings {
		m, h := len(allMarks), len(allHeld)
		allMarks, allHeld = append(allMarks, e.marks...), append(allHeld, e.held...)
		inOrder[i] = listing{ID(cut(string(e.id))), cut(e.key), cut(e.words), cut(e.mail), allMarks[m:len(allMarks):len(allMarks)], allHeld[h:len(allHeld):len(allHeld)]}
		listings[i] = &inOrder[i]
	}
	return &roll{version: version, listings: listings}
}

// with is the next roll: without the members that are gone, and with the fresh
// listings.
func (r *roll) with(version int, gone map[ID]bool, fresh []*listing) *roll {
	slices.SortFunc(fresh, (*listing).compare)
	list := make([]*listing, 0, len(r.listings)+len(fresh))
	for _, e := range r.listings {
		for len(fresh) > 0 && fresh[0].compare(e) < 0 {
			list, fresh = append(list, fresh[0]), fresh[1:]
		}
		if !gone[e.id] {
			list = append(list, e)
		}
	}
	return &roll{version: version, listings: append(list, fresh...)}
}

// A wanted is a filter as the roll is asked.
type wanted struct {
	filter Filter
	today  civil.Date
	none   bool // nobody has what is asked for
	marks  []mark
	held   []fitting
	words  []string // with a space before each
	mail   bool     // e-mails are looked through too
}

// A fitting says what must be held; fits is nil for anything.
type fitting struct {
	in   mark
	fits func(value string) bool
}

// wanted reads the filter; detail is the one that it names.
func (f Filter) wanted(detail Detail, today civil.Date, mail bool) (*wanted, error) {
	w := &wanted{filter: f, today: today, mail: mail}
	add := func(what, value string) {
		if value != "" {
			w.marks = append(w.marks, marked(what, value))
		}
	}
	add("t:", string(f.Tag))
	add("f:", string(f.Field))
	add("r:", f.Region)
	add("l:", f.Language)
	add("c:", string(f.Category))
	add("k:", string(f.Kind))
	add("s:", string(f.Standing))
	if f.Standing == "" {
		add("here", " ")
	}
	if f.Silent {
		add("silent", " ")
	}
	if f.Interest {
		add("i", " ")
	}
	if f.Detail != "" {
		fits, err := detail.Form.Fits(f.Value, f.Least, f.Most)
		if err != nil {
			return w, err
		}
		w.held = append(w.held, fitting{marked("d:", string(f.Detail)), fits})
	}
	if f.Unsure {
		w.held = append(w.held, fitting{in: marked("m:", string(Asked))})
	}
	switch day := today.String(); f.Owing {
	case Owes:
		w.held = append(w.held, fitting{in: marked("m:", string(OwesDues))})
	case Overdue:
		w.held = append(w.held, fitting{marked("m:", string(OwesDues)), func(by string) bool { return by < day }})
	}
	for _, word := range terms(f.Text) {
		w.words = append(w.words, " "+word)
	}
	w.none = len(w.words) == 0 && strings.TrimSpace(f.Text) != ""
	return w, nil
}

// shortest is how many letters of an e-mail must be typed to be looked for.
const shortest = 3

func (w *wanted) holds(e *listing) bool {
	for _, m := range w.marks {
		if !slices.Contains(e.marks, m) {
			return false
		}
	}
	for _, word := range w.words {
		if !strings.Contains(e.words, word) && !(w.mail && utf8.RuneCountInString(word) > shortest && strings.Contains(e.mail, word)) {
			return false
		}
	}
	for _, f := range w.held {
		if !slices.ContainsFunc(e.held, func(h held) bool { return h.in == f.in && (f.fits == nil || f.fits(h.value.Value())) }) {
			return false
		}
	}
	return true
}

// from is where in the roll those begin who come after the key and the ID.
func (r *roll) from(key string, id ID) int {
	i, _ := slices.BinarySearchFunc(r.listings, &listing{key: key, id: id}, (*listing).compare)
	if i < len(r.listings) && id != "" && r.listings[i].id == id && r.listings[i].key == key {
		i++
	}
	return i
}

// next are up to most of those wanted from the i-th on, and where to go on.
func (r *roll) next(w *wanted, i, most int) (ids []ID, at int) {
	for ; i < len(r.listings) && len(ids) < most && !w.none; i++ {
		if w.holds(r.listings[i]) {
			ids = append(ids, r.listings[i].id)
		}
	}
	return ids, i
}

// mostCounted bounds the filters whose counts a roll remembers.
const mostCounted = 500

// count counts those wanted.
func (r *roll) count(w *wanted) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.counted == nil || r.today != w.today {
		r.today, r.counted = w.today, map[Filter]int{}
	}
	if n, is := r.counted[w.filter]; is {
		return n
	}
	n := 0
	for _, e := range r.listings {
		if !w.none && w.holds(e) {
			n++
		}
	}
	if len(r.counted) >= mostCounted {
		clear(r.counted)
	}
	r.counted[w.filter] = n
	return n
}
