package lawcite

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// A Citation is a reference that an act makes to provisions.
type Citation struct {
	From  string   `json:"from"`          // ID of the provision that refers
	Words string   `json:"words"`         // as it says it
	Act   string   `json:"act,omitempty"` // the other act that is meant, as it is named; empty for the act itself
	To    []string `json:"to"`            // IDs of what is meant in the act itself, none if it leads nowhere
}

// Own lists the references of an act to itself: those of Citations without an Act.
func Own(a *lawtext.Act) []Citation {
	return slices.DeleteFunc(Citations(a), func(c Citation) bool { return c.Act != "" })
}

// Citations lists the references of an act to provisions, in document order. A
// reference followed by the name of another act ("5. člena Zakona o …", "3. člena
// Direktive …") is to that act. Of several references joined by "in" or a comma the
// last one says whose they are. What stands within a quotation is no reference of
// the act.
func Citations(a *lawtext.Act) []Citation {
	idx := indexOf(a)
	idx.quiet = true
	var out []Citation
	for _, n := range idx.nodes {
		for _, text := range [...]string{n.Heading, n.Intro, n.Tail} {
			found := Read(text)
			acts := make([]string, len(found))
			for i := len(found) - 1; i >= 0; i-- {
				acts[i] = otherAct(text[found[i].End:])
				if i+1 < len(found) && joined(text[found[i].End:found[i+1].Start]) {
					acts[i] = acts[i+1]
				}
			}
			open, at := 0, 0 // guillemets that are open, up to a place
			for i, f := range found {
				open += strings.Count(text[at:f.Start], "»") - strings.Count(text[at:f.Start], "«")
				if at = f.Start; open > 0 {
					continue
				}
				c := Citation{From: n.ID, Words: text[f.Start:f.End], Act: acts[i], To: []string{}}
				if to, err := idx.resolve(f.Ref, n); err == nil && c.Act == "" {
					c.To = ids(to)
				}
				out = append(out, c)
			}
		}
	}
	return out
}

// otherAct is the act that what follows a reference names; empty if the reference
// is to the act that makes it. A title goes on to its gazettes, to a comma, or to
// the end of the sentence at the latest; where it ends before that cannot be told.
func otherAct(after string) string {
	after = strings.ToValidUTF8(strings.TrimLeft(after[:min(len(after), longTitle)], " \u00a0"), "")
	r, _ := utf8.DecodeRuneInString(after)
	if !unicode.IsUpper(r) { // no Zakona o …, Direktive …, ZUJIK
		word, rest, _ := strings.Cut(strings.ToLower(after), " ")
		if word == "navedenega" || word == "citiranega" || word == "omenjenega" {
			word, _, _ = strings.Cut(rest, " ")
		}
		// "zakona, ki ureja …"; the act itself is "tega zakona"
		if !slices.ContainsFunc(otherActs, func(act string) bool { return strings.HasPrefix(word, act) }) {
			return ""
		}
	}
	if word, _, _ := strings.Cut(after, " "); len(ReadShorts(word)) == 1 {
		return ReadShorts(word)[0].Name
	}
	end := len(after)
	for _, stop := range [...]string{" (Uradni list", " (UL ", ";", ". ", ": ", " se ", " je ", " so ", " ne "} {
		if at := strings.Index(after, stop); at >= 0 {
			end = min(end, at)
		}
	}
	if at := strings.Index(after, ", "); at >= 0 && at < end && !strings.HasPrefix(after[at:], ", ki ") {
		end = at
	}
	return strings.TrimRight(after[:end], " .,")
}

// longTitle is how many bytes behind a reference may be the title of its act.
const longTitle = 2000

// otherActs begin the words for an act, in any case.
var otherActs = []string{"zakona", "zakonik", "zakonov", "uredb", "direktiv", "pravilnik", "ustav", "pogodb", "konvencij", "sklep", "odlok", "statut", "poslovnik", "sporazum", "navodil"}

// joined reports whether two references stand in one list.
func joined(between string) bool {
	for w := range strings.FieldsSeq(between) {
		switch strings.Trim(strings.ToLower(w), ",") {
		case "", "in", "ter", "ali", "oziroma":
		default:
			return false
		}
	}
	return true
}

// BrokenBy lists the references of an act that a change has broken: those of the
// act after it that lead nowhere, or to a deleted provision, or, in words that
// the change left as they were, to another provision than before. Provisions of
// both versions are the same if they have the same Key.
func BrokenBy(before, after *lawtext.Act) []Citation {
	type place struct{ key, words string }
	was := map[place][][]string{} // a provision may say the same words twice
	old := indexOf(before)
	for _, c := range Own(before) {
		p := place{old.key(c.From), c.Words}
		was[p] = append(was[p], old.keys(c.To))
	}
	now := indexOf(after)
	out := []Citation{}
	for _, c := range Own(after) {
		p := place{now.key(c.From), c.Words}
		to := now.keys(c.To)
		led := []string(nil)
		if list := was[p]; len(list) > 0 {
			led, was[p] = list[0], list[1:]
		}
		dead := slices.ContainsFunc(c.To, func(id string) bool { return now.byID[id].Deleted })
		switch known := led != nil; {
		case known && len(led) == 0 && len(to) == 0:
		case len(to) == 0, dead && (!known || !deadIn(old, led)), known && len(led) > 0 && !slices.Equal(led, to):
			out = append(out, c)
		}
	}
	return out
}

func deadIn(x *index, keys []string) bool {
	return slices.ContainsFunc(keys, func(key string) bool { return x.byKey[key] != nil && x.byKey[key].Deleted })
}

// An index finds provisions of the main component fast.
type index struct {
	nodes    []*lawtext.Node // what stands in articles, in document order
	articles []*lawtext.Node
	numbered map[string][]*lawtext.Node      // articles by number
	quiet    bool                            // nobody asks what else there would be
	parent   map[*lawtext.Node]*lawtext.Node // up to the article
	byID     map[string]*lawtext.Node
	byKey    map[string]*lawtext.Node
}

func indexOf(a *lawtext.Act) *index {
	x := &index{articles: a.Articles(""), numbered: map[string][]*lawtext.Node{}, parent: map[*lawtext.Node]*lawtext.Node{}, byID: map[string]*lawtext.Node{}, byKey: map[string]*lawtext.Node{}}
	var walk func(n *lawtext.Node)
	walk = func(n *lawtext.Node) {
		x.nodes = append(x.nodes, n)
		x.byID[n.ID], x.byKey[keyOf(n)] = n, n
		for _, c := range n.Children {
			x.parent[c] = n
			walk(c)
		}
	}
	for _, art := range x.articles {
		walk(art)
		x.numbered[art.Num] = append(x.numbered[art.Num], art)
	}
	return x
}

// article finds articles with a number, as numbered does.
func (x *index) article(num string) []*lawtext.Node {
	if num == "" || num[0] == '-' {
		return numbered(x.articles, lawtext.Article, num)
	}
	return x.numbered[num]
}

func keyOf(n *lawtext.Node) string {
	if n.Key != "" {
		return n.Key
	}
	return n.ID
}

func (x *index) key(id string) string {
	if n := x.byID[id]; n != nil {
		return keyOf(n)
	}
	return id
}

func (x *index) keys(ids []string) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = x.key(id)
	}
	return out
}

// way is the path from the article that holds n to n; nil for what stands in
// none.
func (x *index) way(n *lawtext.Node) []*lawtext.Node {
	if x.byID[n.ID] != n {
		return nil
	}
	var path []*lawtext.Node
	for ; n != nil; n = x.parent[n] {
		path = append(path, n)
	}
	slices.Reverse(path)
	return path
}
