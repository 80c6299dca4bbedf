package lawtext

import (
	"slices"
	"strings"
)

// front returns the lines between the --- fences at the start of a text, and
// where the text goes on.
func front(text string) (string, int) {
	for _, ends := range [...]string{"\n", "\r\n"} {
		rest, ok := strings.CutPrefix(text, "---"+ends)
		if end := strings.Index(rest, "\n---"+ends); ok && end >= 0 && end <= 1<<16 {
			return rest[:end+1], len(text) - len(rest) + end + len("\n---"+ends)
		}
	}
	return "", 0
}

// Meta returns the value of a key in the front matter, without quotes around it.
func (a *Act) Meta(key string) string { return frontValue(a.Front, key) }

// readTitle takes the title from the front matter, else from the lines before
// the first article.
func (d *Dialect) readTitle(a *Act, in []line) {
	a.Title, a.Short = a.Meta("naziv"), a.Meta("kratica")
	if a.Title == "" {
		if a.Title = a.Meta("title"); a.Title == "" {
			a.Title = a.Meta("Title")
		}
	}
	if t, _ := d.preamble(in); a.Title == "" && t != "" {
		a.Title = t
		d.note(Span{}, "title", t)
	}
	if t := d.firstTitle(in); t != "" && len(a.Articles("")) > 0 {
		a.Title = t
	}
	if t, short := cutShort(a.Title); short != "" {
		a.Title = t
		if a.Short == "" {
			a.Short = short
		}
	}
}

// firstTitle is the first line of a text in languages whose titles begin with
// any word: the heading of the first level, else what stands before an article.
func (d *Dialect) firstTitle(in []line) string {
	if !d.TitleFirst || len(in) == 0 {
		return ""
	}
	s := in[0].text
	_, head := d.readArticle(s)
	if v, division := d.readDivision(s); head || division && v.sure || !startsUpper(s) || len(s) > 600 || endsText(s) ||
		in[0].level > 1 || d.readMark(s).style != noStyle {
		return ""
	}
	return s
}

// preamble returns the title that stands before the first article, and the
// line after it. The headings above it are no divisions of the act. A title
// that comes again, as after a decree, may add the short title.
func (d *Dialect) preamble(in []line) (title string, end int) {
	for i, l := range in {
		if _, ok := d.readArticle(l.text); ok || i > 80 {
			break
		}
		if d, ok := d.readDivision(l.text); ok && d.sure {
			break
		}
		t, after := d.titleAt(in, i)
		if t == "" {
			continue
		}
		was, _ := cutShort(title)
		if now, short := cutShort(t); title == "" || strings.EqualFold(was, now) {
			end = after
			if title == "" || short != "" {
				title = t
			}
		}
	}
	return title, end
}

// titleAt reads a title at line i, such as "PRAVILNIK o …" or "Z A K O N" and
// "O …" on the next line. It returns the line after it, or i if there is none.
func (d *Dialect) titleAt(in []line, i int) (string, int) {
	s := in[i].text
	if len(s) > 600 || endsText(s) {
		return "", i
	}
	word, rest, more := strings.Cut(unspaced(s), " ")
	if startsLower(word) {
		return "", i
	}
	draft := slices.Contains(d.Drafts, strings.ToUpper(word))
	if draft {
		word, rest, more = strings.Cut(rest, " ")
	}
	if word = d.titleWord(word, draft); word == "" {
		return "", i
	}
	after := i + 1
	if !more && after < len(in) && len(in[after].text) < 600 && !endsText(in[after].text) {
		rest = in[after].text
		after++
	}
	if hasAnyPrefix(strings.ToLower(rest), d.TitleJoins) {
		return d.sentenceCase(word + " " + rest), after
	}
	return "", i
}

// unspaced reads "Z A K O N" as "ZAKON" and leaves anything else as it is.
func unspaced(s string) string {
	if bare := strings.ReplaceAll(s, " ", ""); len(s) == 2*len(bare)-1 && len(bare) > 3 {
		return bare
	}
	return s
}

// titleWord returns the nominative of a word that begins a title, in capitals
// if w is, and the empty string if w is no such word.
func (d *Dialect) titleWord(w string, draft bool) string {
	for _, t := range d.Titles {
		if w != "" && strings.EqualFold(w, t[0]) && !draft {
			return w
		}
		if draft && strings.EqualFold(w, t[1]) {
			return t[0]
		}
	}
	return ""
}

// sentenceCase sets a title of capitals in small letters, but for its first
// letter, the name of the act that it amends, and the short name in parentheses.
func (d *Dialect) sentenceCase(s string) string {
	body, short := cutShort(s)
	if isCaps(body) || isCaps(firstOf(body)) {
		body = d.lowerTitle(body)
	}
	if short != "" {
		return body + " (" + short + ")"
	}
	return body
}

func firstOf(s string) string {
	w, _, _ := strings.Cut(s, " ")
	return w
}

func (d *Dialect) lowerTitle(s string) string {
	words := strings.Fields(s)
	caps := isCaps(s)
	for i, w := range words {
		if (caps || i == 0) && w != "(EU)" && w != "(ES)" && w != "(EGS)" {
			w = strings.ToLower(w)
		}
		amended := i > 0 && strings.HasPrefix(words[max(i-1, 0)], "dopoln") || i > 0 && strings.HasPrefix(words[i-1], "sprem")
		if i == 0 || caps && amended && w != "in" && w != "dopolnitvah" && w != "dopolnitvi" {
			w = upperFirst(w)
		}
		words[i] = w
	}
	return strings.Join(words, " ")
}

func upperFirst(s string) string {
	for i, r := range s {
		if i == 0 {
			return strings.ToUpper(string(r)) + s[len(string(r)):]
		}
	}
	return s
}

// cutShort takes the short name off the end of a title: "… (ZOZKD-B)".
func cutShort(title string) (rest, short string) {
	s := strings.TrimSpace(title)
	open := strings.LastIndexByte(s, '(')
	if open < 1 || !strings.HasSuffix(s, ")") {
		return title, ""
	}
	short = s[open+1 : len(s)-1]
	if short == "" || strings.Contains(short, " ") || !startsUpper(short) || len(short) > 24 {
		return title, ""
	}
	return strings.TrimSpace(s[:open]), short
}
