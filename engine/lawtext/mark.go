package lawtext

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A style is one way to mark an item of a list. Items of one list share it.
type style uint8

const (
	noStyle      style = iota
	paraStyle          // (1)
	numStyle           // 1.
	dottedStyle        // 1.1.
	parenStyle         // 1)
	letterStyle        // a)
	upperStyle         // A.
	dashStyle          // - and –
	bulletStyle        // •
	degreeStyle        // 1°
	romanStyle         // (i), where the dialect has such
	doubleStyle        // aa), where letters double with the level
	tripleStyle        // aaa)
	capitalStyle       // IV. before a small letter
	subStyle           // (1) under a point
)

// A mark is what stands before the text of an item.
type mark struct {
	style style
	label string // "(1)", "1.", "a)", "-"
	num   string // "1", "a"; empty for dashes
	rest  string // the text after it
}

// readMark reads the mark at the start of s, which has single spaces. The style
// is noStyle if there is none.
func (d *Dialect) readMark(s string) mark {
	label, rest, _ := strings.Cut(s, " ")
	if len(label) > 12 {
		return mark{}
	}
	st, num := d.markStyle(label)
	if (st == numStyle || st == parenStyle) && d.isReference(rest) {
		return mark{}
	}
	return mark{st, label, d.numeral(num), rest}
}

// readCapital reads "II. v civilnih zadevah": a Roman number that heads no
// division, for a small letter follows. It is a mark only within a list.
func readCapital(s string) mark {
	label, rest, _ := strings.Cut(s, " ")
	num, ok := roman(label)
	if !ok || strings.IndexByte(label, '.') < 0 || !startsLower(rest) {
		return mark{}
	}
	return mark{capitalStyle, label, num, rest}
}

// readLettered reads "6.a uvoz": a number with a letter and no full stop after it,
// which is a mark only where the number before it stands.
func (d *Dialect) readLettered(s string) mark {
	label, rest, _ := strings.Cut(s, " ")
	if len(label) > 8 || strings.IndexByte(label, '.') < 1 || label[len(label)-1] == '.' || !d.isNumber(label) || d.isReference(rest) {
		return mark{}
	}
	return mark{numStyle, label, label, rest}
}

func (d *Dialect) markStyle(label string) (style, string) {
	switch label {
	case "-", "–", "—", "−":
		return dashStyle, ""
	case "•", "·", "*":
		return bulletStyle, ""
	}
	if n := len(label); n > 2 && label[0] == '(' && label[n-1] == ')' {
		in := label[1 : n-1]
		switch {
		case d.isNumber(in) && d.Dots:
			return parenStyle, in
		case d.isNumber(in):
			return paraStyle, in
		case d.Dots && lowerRoman(in):
			return romanStyle, in
		case isLetters(in, unicode.IsLower, 2):
			return letterStyle, in
		case d.Dots && isLetters(in, unicode.IsUpper, 2):
			return upperStyle, in
		}
		return noStyle, ""
	}
	last, body := byte(0), ""
	if n := len(label); n > 1 {
		last, body = label[n-1], label[:n-1]
	}
	if from, to, ok := strings.Cut(strings.Replace(body, "–", "-", 1), ")-"); ok && last == ')' && d.Subpoints && d.isNumber(from) && d.isNumber(to) {
		return parenStyle, from + "-" + to // "1)-5) престали да важе"
	}
	switch {
	case last == ')' && d.isNumber(body):
		if d.Parens {
			return paraStyle, body
		}
		return parenStyle, body
	case last == ')' && d.Doubles && len(body) > 1 && len(body) < 4 && strings.Count(body, body[:1]) == len(body) && isLetters(body, unicode.IsLower, 3):
		return doubleStyle + style(len(body)-2), body
	case last == ')' && isLetters(body, unicode.IsLower, 2):
		return letterStyle, body
	case strings.HasSuffix(label, "°") && d.isNumber(strings.TrimSuffix(label, "°")):
		return degreeStyle, strings.TrimSuffix(label, "°")
	case last == '.' && d.isNumber(body):
		if d.Dots {
			return paraStyle, body
		}
		return numStyle, body
	case last == '.' && isDotted(body), isDotted(label):
		return dottedStyle, strings.TrimSuffix(label, ".")
	case (last == '.' || last == ')') && isLetters(body, unicode.IsUpper, 1):
		return upperStyle, body
	}
	return noStyle, ""
}

// isNumber reports whether s is a number of a provision: "5", "51a", "51.a",
// "51.ab".
func (d *Dialect) isNumber(s string) bool { return d.isFigures(s, 3) }

// isFigures reads a number of at most so many figures.
func (d *Dialect) isFigures(s string, most int) bool {
	n := digits(s)
	if n == 0 || n > most {
		return false
	}
	tail := strings.TrimPrefix(s[n:], ".")
	if d.Letters != nil {
		tail = strings.TrimPrefix(tail, "-") // Macedonian: 258-б
	}
	return s[n:] == "" || isLetters(tail, unicode.IsLower, 2) || slices.Contains(d.Suffixes, s[n:])
}

// isDotted reports whether s is a number of a section: "1.1", "2.3.1".
func isDotted(s string) bool {
	dots := 0
	for {
		d := digits(s)
		if d == 0 || d > 2 {
			return false
		}
		if s = s[d:]; s == "" {
			return dots > 0
		}
		if s[0] != '.' {
			return false
		}
		s, dots = s[1:], dots+1
	}
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func isLetters(s string, of func(rune) bool, most int) bool {
	n := 0
	for _, r := range s {
		if !of(r) {
			return false
		}
		n++
	}
	return n > 0 && n <= most
}

// isReference reports whether the number before rest names a day or provisions:
// "5. člen", "30. novembra", "10. do 12. člen".
func (d *Dialect) isReference(rest string) bool {
	if rest == "" || rest[0] < 'A' {
		return false
	}
	if w, after, _ := strings.Cut(rest, " "); slices.Contains(d.Joins, w) {
		return digits(after) > 0
	}
	return hasAnyPrefix(rest, d.References)
}

// An articleHead is the line that begins an article.
type articleHead struct {
	label   string // "51.a člen", "a51.š člen"
	num     string // "51.a", "a51.š"
	heading string // what stands on the same line: "(črtan)"
	group   bool   // the word may group the articles of another
}

// readArticle reads a line such as "51.a člen", "51.a člen (naslov)" or "§ 5".
// A guillemet that opens it belongs to the label.
func (d *Dialect) readArticle(s string) (h articleHead, ok bool) {
	for i := range d.Heads {
		if w := &d.Heads[i]; w.After {
			h, ok = d.readHeadAfter(s, w)
		} else {
			h, ok = d.readHeadBefore(s, w.Word)
		}
		if ok {
			h.group = d.Heads[i].Group
			return h, true
		}
	}
	return h, false
}

// readHeadAfter reads a head whose number follows its word: "§ 5a", "Čl. IV".
func (d *Dialect) readHeadAfter(s string, w *HeadWord) (h articleHead, ok bool) {
	body, _ := d.unquoted(s)
	rest, ok := strings.CutPrefix(body, w.Word)
	if !ok && d.Letters != nil { // copies have letters of the other script inside of a word
		first, _, _ := strings.Cut(body, " ")
		if len(first) > 2*len(w.Word) || !startsUpper(first) || hasCyrillic(first) != hasCyrillic(w.Word) || d.Letters.Replace(strings.ToLower(first)) != d.Letters.Replace(strings.ToLower(w.Word)) {
			return h, false
		}
		rest, ok = body[len(first):], true
	}
	if !ok {
		return h, false
	}
	rest = strings.TrimPrefix(rest, " ")
	if w.Codes && d.isCode(rest) {
		return articleHead{label: s, num: rest}, true
	}
	num, tail, _ := strings.Cut(rest, " ")
	if len(tail) == 1 && isLowerLetters(tail) { // "§ 5 a"
		num, tail = num+tail, ""
	}
	end := len(s) - len(tail)
	num = strings.TrimRight(num, ".:*")
	if to := d.lastOf(tail, strings.HasSuffix(num, ",")); to != "" {
		num, tail, end = strings.TrimSuffix(num, ",")+"-"+to, "", len(s) // "Члан 39. и 40." above one tombstone
	}
	if n, isRoman := roman(num); isRoman && w.Roman {
		num = n
	} else if from, to, _ := strings.Cut(num, "-"); !d.isArticleNumber(num) && (d.Letters == nil || !d.isArticleNumber(from) || !d.isArticleNumber(to)) {
		return h, false // but "Члан 66-72." stands above one tombstone
	}
	if tail != "" && !d.isParen(tail) && !(d.HeadTitles && startsUpper(tail) && !endsText(tail)) {
		return h, false
	}
	return articleHead{label: strings.TrimSpace(s[:end]), num: d.numeral(num), heading: tail}, true
}

// lastOf is the last number of a head of several articles, after the first: "и 40.",
// "- 62.", ", 10. и 11.". It is empty if tail is anything else. Joined says that a
// comma stands before it.
func (d *Dialect) lastOf(tail string, joined bool) (to string) {
	if d.Letters == nil || len(tail) > 60 {
		return ""
	}
	for w := range strings.FieldsSeq(tail) {
		switch num := strings.TrimRight(w, ".,"); {
		case num == "" || num == "-" || num == "–" || num == "и" || num == "i":
			joined = true
		case joined && d.isArticleNumber(num):
			to, joined = num, strings.HasSuffix(w, ",")
		default:
			return ""
		}
	}
	if joined {
		return ""
	}
	return to
}

// digitNear reports whether one of the first bytes of s is a figure, so that it
// may begin with a number: "»a51.š člen".
func digitNear(s string) bool {
	for i := range min(len(s), 8) {
		if s[i] >= '0' && s[i] <= '9' {
			return true
		}
	}
	return false
}

// readHeadBefore reads a head whose number precedes its word: "51.a člen".
func (d *Dialect) readHeadBefore(s, word string) (h articleHead, ok bool) {
	if !digitNear(s) {
		return h, false
	}
	near := s[:min(len(s), 21+len(word))]
	at := strings.Index(near, word)
	if at < 0 {
		at = strings.Index(near, strings.ToUpper(word))
	}
	if at < 1 || at > 20 {
		return h, false
	}
	end := at + len(word)
	if tail := s[end:]; tail != "" {
		if tail == "." || tail == "*" {
			end = len(s)
		} else if !d.isParen(strings.TrimPrefix(tail, " ")) {
			return h, false
		}
	}
	num, _ := d.unquoted(s[:at])
	num = strings.ReplaceAll(strings.Trim(num, " *"), " ", "")
	num = strings.TrimSuffix(num, ".")
	if !d.isArticleNumber(num) {
		return h, false
	}
	return articleHead{label: s[:end], num: num, heading: strings.TrimSpace(s[end:])}, true
}

// isArticleNumber takes the letter before the number too, which puts an article
// in front of the one of the same number: "a51.š".
func (d *Dialect) isArticleNumber(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	if unicode.IsLower(r) {
		s = s[n:]
	}
	return d.isFigures(s, 4)
}

// isParen reports whether all of s stands in parentheses and is no number of a
// paragraph.
func (d *Dialect) isParen(s string) bool {
	if len(s) < 3 || s[0] != '(' || !strings.HasSuffix(strings.TrimRight(s, "*«.;"), ")") {
		return false
	}
	return d.readMark(s).style != paraStyle
}

// isTombstone reports whether s says that a provision is no more.
func (d *Dialect) isTombstone(s string) bool {
	s = strings.TrimPrefix(s, "(")
	return hasAnyPrefix(s, d.Tombstones) && len(s) < 120
}

// isRemark reports whether s is what a publisher adds under an article: which
// gazette changed it.
func (d *Dialect) isRemark(s string) bool {
	return s != "" && s[0] == '*' && hasAnyPrefix(strings.TrimLeft(s, "* "), d.Remarks)
}

// endsTombstone reports whether s ends with "(črtan)" or the like.
func (d *Dialect) endsTombstone(s string) bool {
	at := strings.LastIndexByte(s, '(')
	return at >= 0 && strings.HasSuffix(s, ")") && d.isTombstone(s[at:])
}

func isLowerLetters(s string) bool { return isLetters(s, unicode.IsLower, 2) }

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func hasCyrillic(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// isCaps reports whether s is set in capitals: at least four letters, none of
// them small but the letter of a number ("IX.a").
func isCaps(s string) bool {
	upper, lower := 0, 0
	for _, r := range s {
		if unicode.IsUpper(r) {
			upper++
		} else if unicode.IsLower(r) {
			lower++
		}
	}
	return upper >= 4 && lower*12 < upper
}

// endsSentence reports whether s ends as a paragraph or an item ends.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "«»\"”)")
	return s == "" || strings.IndexByte(".;:,!?", s[len(s)-1]) >= 0
}

// isCode reports whether s is the number of an article of a French code:
// "L123-1", "R*421-38-6", "46 quater-0 YM", "Annexe I-1 (art. A142-0)".
func (d *Dialect) isCode(s string) bool {
	if len(s) > 30 || s == "" {
		return false
	}
	for i, w := range strings.Fields(s) {
		for part := range strings.SplitSeq(w, "-") {
			part = strings.Trim(part, "().*")
			n := digits(strings.TrimLeft(part, "LRDA*."))
			switch {
			case n > 0 && n < 6 && strings.TrimLeft(part, "LRDA*.0123456789") == "":
			case isLetters(part, unicode.IsUpper, 3) && i > 0, slices.Contains(d.Suffixes, part):
			case part == "Annexe" && i == 0, part == "art":
			default:
				return false
			}
		}
	}
	return true
}

// lowerRoman reports whether s is a number such as "iv", at most xxxix.
func lowerRoman(s string) bool {
	tens := strings.TrimLeft(s, "x")
	if len(s)-len(tens) > 3 {
		return false
	}
	switch tens {
	case "":
		return s != ""
	case "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix":
		return true
	}
	return false
}
