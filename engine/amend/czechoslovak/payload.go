package czechoslovak

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// payload lays out the quoted provisions as the consolidated texts do, in
// Markdown: heads and headings in rows with #, every paragraph and item on a
// line of its own. Footnotes at its end become operations of their own.
func (r *reading) payload(q *parts, refs []lawcite.Ref) (string, []amend.Op, *amend.Refusal) {
	s := refs[0].Steps[len(refs[0].Steps)-1]
	heading := false
	var announced []string
	for _, w := range q.with {
		heading = heading || w.heading
		for _, n := range w.refs {
			nums, ok := r.lex.spread(n.Steps[0])
			if !ok {
				return "", nil, refuse(amend.Unsupported, "a range of footnotes that cannot be counted out")
			}
			for _, n := range nums {
				announced = append(announced, n.From)
			}
		}
	}
	text, notes, ok := r.cutNotes(q.quote, announced)
	if !ok {
		return "", nil, refuse(amend.BadPayload, "a footnote that is announced is not there")
	}
	nums, ok := r.lex.spread(s)
	if !ok {
		return "", nil, refuse(amend.Unsupported, "a range of numbers that cannot be counted out")
	}
	lines, ref := r.layout(text, s.Unit, nums, heading)
	if ref != nil {
		return "", nil, ref
	}
	return r.plain(strings.Join(lines, "\n\n")), notes, nil
}

// cutNotes takes the footnotes off the end of a payload.
func (r *reading) cutNotes(text string, announced []string) (string, []amend.Op, bool) {
	var ops []amend.Op
	note := func(num, says string) {
		ops = append(ops, amend.Op{Verb: amend.Replace, At: lawcite.Ref{Steps: []lawcite.Step{{Unit: footnote, Numbers: []lawcite.Range{{From: num}}}}}, Payload: r.plain(strings.TrimSpace(says))})
	}
	if strings.Contains(text, "\n") {
		lines := strings.Split(text, "\n")
		first := len(lines)
		for i := len(lines) - 1; i > 0; i-- {
			l := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(lines[i]), "- "))
			if noteNumber(l) != "" {
				first = i
			} else if l != "" && !continues(lines, i, announced) {
				break
			}
		}
		num, says := "", ""
		for _, l := range lines[first:] {
			l = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(l), "- "))
			if n := noteNumber(l); n != "" {
				if num != "" {
					note(num, says)
				}
				num, says = n, ""
			}
			says += l + " "
		}
		if num != "" {
			note(num, says)
		}
		text = strings.TrimSpace(strings.Join(lines[:first], "\n"))
		if len(ops) > 0 {
			return text, ops, true
		}
	}
	if len(announced) == 0 {
		return text, nil, true
	}
	var starts []int
	from := len(text)
	for i := len(announced) - 1; i >= 0; i-- {
		k := strings.LastIndex(text[:from], "^"+announced[i]+") ")
		if k <= 0 || text[k-1] != ' ' && text[k-1] != '\n' {
			return text, nil, false
		}
		from = k
		starts = append([]int{k}, starts...)
	}
	for i, k := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		note(announced[i], text[k:end])
	}
	return strings.TrimSpace(text[:from]), ops, true
}

// continues reports whether a line after a footnote may belong to it: only where
// footnotes were announced, and one stands above within a few lines.
func continues(lines []string, i int, announced []string) bool {
	if len(announced) == 0 {
		return false
	}
	for k := i - 1; k >= 0 && k > i-12; k-- {
		l := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(lines[k]), "- "))
		if noteNumber(l) != "" {
			return true
		}
		if strings.HasPrefix(l, "#") || strings.HasPrefix(l, "(") {
			return false
		}
	}
	return false
}

// noteNumber reads "3c" from "^3c) § 5 zákona …".
func noteNumber(l string) string {
	rest, ok := strings.CutPrefix(l, "^")
	if !ok {
		return ""
	}
	num, _, ok := strings.Cut(rest, ")")
	if !ok || num == "" || len(num) > 5 || num[0] < '0' || num[0] > '9' {
		return ""
	}
	return num
}

// layout puts a payload in lines.
func (r *reading) layout(text string, unit lawcite.Unit, nums []lawcite.Range, heading bool) ([]string, *amend.Refusal) {
	var lines []string
	for l := range strings.Lines(text) {
		if l = strings.TrimSpace(l); l != "" {
			lines = append(lines, l)
		}
	}
	if len(lines) == 0 {
		return nil, refuse(amend.NoPayload, r.text)
	}
	if unit != lawtext.Article && len(lines) > 1 && isHead(strings.TrimSpace(strings.TrimLeft(lines[0], "#"))) {
		lines = lines[1:] // "§ 3 (1) …" for a paragraph
	}
	if len(lines) > 1 {
		for i, l := range lines {
			if bare := strings.TrimSpace(strings.TrimLeft(l, "#")); unit == lawtext.Article && isHead(bare) {
				lines[i] = "##### " + bare
			}
		}
		return lines, nil
	}
	flat := lines[0]
	switch unit {
	case lawtext.Article:
		return r.articles(flat, nums, heading)
	case lawtext.Paragraph, lawtext.Point, numbered:
		return r.items(flat, unit, nums), nil
	}
	return lines, nil
}

// isHead reports whether a line is the head of an article alone: "§ 15a".
func isHead(l string) bool {
	num, ok := strings.CutPrefix(l, "§")
	if !ok {
		num, ok = strings.CutPrefix(l, "Čl.")
	}
	if num = strings.TrimSpace(num); !ok || num == "" || len(num) > 6 || strings.ContainsAny(num, " ().,") {
		return false
	}
	return num[0] >= '0' && num[0] <= '9' || isRoman(num)
}

// articles cuts a run of text into the articles that were announced: "§ 5
// Nadpis (1) … § 6 …". A heading may stand above one.
func (r *reading) articles(flat string, nums []lawcite.Range, heading bool) ([]string, *amend.Refusal) {
	var out []string
	rest := flat
	if s, ok := strings.CutPrefix(rest, "§"); ok && s != "" && s[0] != ' ' {
		rest = "§ " + s
	}
	word := "§ "
	if strings.Contains(first(rest), "Čl. ") && !strings.Contains(first(rest), "§ ") {
		word = "Čl. "
	}
	group := ""
	if k := strings.Index(rest, " "+word+nums[0].From+" "); k > 0 && k < 200 && heading && !strings.ContainsAny(rest[:k], ".;:(§") {
		group, rest = rest[:k], rest[k+1:]
	}
	for i, n := range nums {
		mark := word + n.From + " "
		body, ok := strings.CutPrefix(rest, mark)
		if !ok && heading && len(nums) == 1 && r.headed(rest) {
			body, ok = rest, true // the number is left out
		}
		if !ok {
			return nil, refuse(amend.BadPayload, first(rest))
		}
		next := ""
		if rest = ""; i+1 < len(nums) {
			from, to := r.headIn(body, word+nums[i+1].From+" ", heading)
			if from < 0 {
				return nil, refuse(amend.TwoReadings, "where § "+nums[i+1].From+" begins in a quotation without lines")
			}
			body, next, rest = body[:from], strings.TrimSpace(body[from:to]), body[to:]
		}
		title, body, ref := r.title(strings.TrimSpace(body), heading, group != "")
		if ref != nil {
			return nil, ref
		}
		if group != "" {
			out = append(out, "#### "+group)
		}
		if out = append(out, "##### "+strings.TrimSpace(mark)); title != "" {
			out = append(out, "##### "+title)
		}
		out = append(out, r.items(body, lawtext.Paragraph, nil)...)
		group = next
	}
	return out, nil
}

// headed reports whether a text begins with a heading and a first paragraph, and
// no head of an article stands before that.
func (r *reading) headed(text string) bool {
	k := strings.Index(text, " (1) ")
	return k > 0 && text[0] != '(' && !strings.Contains(unbracketed(text[:k]), "§") && !strings.HasPrefix(text, "Čl.")
}

// unbracketed is a heading without what it refers to: "Nadpis [k § 5 ods. 1 zákona]".
func unbracketed(s string) string {
	if k := strings.Index(s, " ["); k > 0 && strings.HasSuffix(strings.TrimSpace(s), "]") {
		return s[:k]
	}
	return s
}

// headIn finds the only place where an article may begin: behind the end of a
// sentence and before a capital or the first paragraph, with the heading that
// may stand above it.
func (r *reading) headIn(s, mark string, heading bool) (from, to int) {
	from = -1
	for at := 0; ; {
		k := strings.Index(s[at:], mark)
		if k < 0 {
			return from, to
		}
		k += at
		at = k + len(mark)
		before := strings.TrimRight(s[:k], " ")
		next, _ := utf8.DecodeRuneInString(s[at:])
		if !unicode.IsUpper(next) && next != '(' {
			continue
		}
		for _, h := range append([]string{""}, r.headings...) {
			rest, ok := strings.CutSuffix(before, h)
			if rest = strings.TrimRight(rest, " "); !ok || h != "" && !heading {
				continue
			}
			if last, _ := utf8.DecodeLastRuneInString(rest); strings.ContainsRune(".“”)", last) {
				if from >= 0 && to != k {
					return -1, -1
				}
				from, to = len(rest), k
			}
		}
	}
}

// title tells the heading of an article from its text, where no line divides
// them. The front matter of the act lists its headings; else the first
// paragraph ends the heading.
func (r *reading) title(body string, heading, grouped bool) (title, rest string, _ *amend.Refusal) {
	if !heading {
		return "", body, nil
	}
	best := ""
	for _, h := range r.headings {
		if strings.HasPrefix(body, h+" ") && len(h) > len(best) {
			best = h
		}
	}
	if best == "" {
		best = r.lex.transitional(body)
	}
	if best != "" {
		return best, strings.TrimSpace(body[len(best):]), nil
	}
	if strings.HasPrefix(body, "(1) ") {
		return "", body, nil // only another of the articles has one
	}
	if k := strings.Index(body, " (1) "); k > 0 && k < 400 && !strings.ContainsAny(unbracketed(body[:k]), ".;:") {
		return body[:k], body[k+1:], nil
	}
	if grouped {
		return "", body, nil
	}
	return "", "", refuse(amend.TwoReadings, "where the heading ends in a quotation without lines")
}

// items puts the paragraphs and items of a run of text on lines of their own.
// Nums are the units of the outermost kind that were announced: "písm. a), d)".
func (r *reading) items(s string, unit lawcite.Unit, nums []lawcite.Range) []string {
	words := strings.Fields(s)
	var out []string
	var line []string
	para, letter, bod := 0, "", 0 // the last numbers
	for i, w := range words {
		prev, next := "", ""
		if i > 0 {
			prev = words[i-1]
		}
		if i+1 < len(words) {
			next = words[i+1]
		}
		begins, kind, num := false, lawcite.Unit(""), ""
		if kind, num = itemMark(w); i > 0 && kind == unit && len(nums) > 1 && num == nums[1].From && !r.refersTo(words, i) && closesItem(prev, r.lex) && next != "" {
			begins = true
			switch n, _ := strconv.Atoi(num); kind {
			case lawtext.Paragraph:
				para, letter, bod = n, "", 0
			case lawtext.Point:
				letter, bod = num, 0
			default:
				bod = n
			}
			nums = nums[1:]
		}
		switch {
		case begins:
		case kind == lawtext.Paragraph && unit == lawtext.Paragraph:
			n, _ := strconv.Atoi(strings.TrimRight(num, "abcdefghijklmnopqrstuvwxyz"))
			if i == 0 || para > 0 && (n == para+1 || n == para && n > 0 && num != itoa(n)) && closesItem(prev, r.lex) && next != "" {
				begins, para, letter, bod = true, n, "", 0
			}
		case kind == lawtext.Point:
			switch {
			case i == 0 && unit == lawtext.Point:
				begins = true
			case r.refersTo(words, i):
			case letter == "" && unit != numbered:
				begins = num == "a" && r.goesOn(words[i+1:], "b)")
			case num == nextLetter(letter) || letter == "h" && num == "ch" || letter == "ch" && num == "i":
				begins = closesItem(prev, r.lex)
			}
			if begins {
				letter, bod = num, 0
			}
		case kind == numbered:
			n, _ := strconv.Atoi(num)
			switch {
			case i == 0 && unit == numbered:
				begins = true
			case oneOf(strings.ToLower(strings.Trim(next, ".,")), r.lex.months) || r.refersTo(words, i):
			case bod == 0:
				begins = n == 1 && r.goesOn(words[i+1:], "2.") && !hasDigit(prev)
			default:
				begins = n == bod+1 && closesItem(prev, r.lex)
			}
			if begins {
				bod = n
			}
		}
		if begins && len(line) > 0 {
			out = append(out, strings.Join(line, " "))
			line = nil
		}
		line = append(line, w)
	}
	if len(line) > 0 {
		out = append(out, strings.Join(line, " "))
	}
	return out
}

// itemMark reads a word that may begin a paragraph or an item.
func itemMark(w string) (lawcite.Unit, string) {
	switch {
	case len(w) > 2 && w[0] == '(' && w[len(w)-1] == ')' && w[1] >= '0' && w[1] <= '9' && len(w) <= 6:
		return lawtext.Paragraph, w[1 : len(w)-1]
	case len(w) >= 2 && len(w) <= 3 && w[len(w)-1] == ')' && letters(w[:len(w)-1], 2) == len(w)-1:
		return lawtext.Point, w[:len(w)-1]
	case len(w) >= 2 && len(w) <= 3 && w[len(w)-1] == '.' && strings.Trim(w[:len(w)-1], "0123456789") == "":
		return numbered, w[:len(w)-1]
	}
	return "", ""
}

// refersTo reports whether a mark among words belongs to a reference: "písm. a)".
func (r *reading) refersTo(words []string, i int) bool {
	for k := i - 1; k >= 0 && k >= i-6; k-- {
		w := strings.ToLower(strings.Trim(words[k], "(,.;"))
		if oneOf(w, r.lex.refers) {
			return true
		}
		if kind, _ := itemMark(strings.TrimRight(words[k], ",")); kind == "" && !oneOf(w, r.lex.and) && !oneOf(w, r.lex.upTo) {
			return false
		}
	}
	return false
}

// goesOn reports whether a list that begins has a second item.
func (r *reading) goesOn(words []string, mark string) bool {
	for i, w := range words {
		if w == mark && i > 0 && closesItem(words[i-1], r.lex) && !r.refersTo(words, i) {
			return true
		}
		if kind, _ := itemMark(w); kind == lawtext.Paragraph && i > 0 && closesItem(words[i-1], r.lex) {
			return false
		}
	}
	return false
}

// closesItem reports whether an item may end with a word.
func closesItem(w string, l *lexicon) bool {
	last, _ := utf8.DecodeLastRuneInString(w)
	return strings.ContainsRune(",;.:“”)", last) || oneOf(strings.ToLower(w), l.and)
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// nextLetter counts on: a, b, … z, aa, ab.
func nextLetter(s string) string {
	switch {
	case len(s) == 1 && s < "z":
		return string(s[0] + 1)
	case s == "z":
		return "aa"
	case len(s) == 2 && s[1] < 'z':
		return s[:1] + string(s[1]+1)
	case len(s) == 2:
		return string(s[0]+1) + "a"
	}
	return ""
}

// spread counts out the ranges of a step: "a) až c)" is a, b, c; "3 až 5" is 3,
// 4, 5; "15a až 15c". It reports false for others.
func (l *lexicon) spread(s lawcite.Step) ([]lawcite.Range, bool) {
	var out []lawcite.Range
	for _, n := range s.Numbers {
		out = append(out, lawcite.Range{From: n.From})
		if n.To == "" {
			continue
		}
		a, x := digits(n.From)
		b, y := digits(n.To)
		switch {
		case x == "" && y == "" && a > 0 && b > a && b-a < 400:
			for k := a + 1; k <= b; k++ {
				out = append(out, lawcite.Range{From: itoa(k)})
			}
		case a == b && x != "" && y != "" || a == b && a > 0 && x == "" && y != "":
			head := ""
			if a > 0 {
				head = itoa(a)
			}
			if x == "" { // 15 až 15c
				x = "a"
				out = append(out, lawcite.Range{From: head + x})
			}
			for k := 0; x != y; k++ {
				if x = nextLetter(x); x == "" || k > 60 {
					return nil, false
				}
				out = append(out, lawcite.Range{From: head + x})
			}
		default:
			return nil, false
		}
	}
	return out, true
}

func digits(s string) (int, string) {
	k := 0
	for k < len(s) && s[k] >= '0' && s[k] <= '9' {
		k++
	}
	n, _ := strconv.Atoi(s[:k])
	return n, s[k:]
}

// plain takes links off a quoted text and writes the marks of footnotes as they
// stand in the tree of a consolidated text.
func (r *reading) plain(s string) string {
	var b strings.Builder
	closed := links(s)
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '^' && r.lex.notes == "":
			if k := markLen(s[i:]); k > 0 {
				if said := strings.TrimRight(b.String(), " "); said != "" && len(said) < b.Len() && !strings.HasSuffix(said, "\n") {
					b.Reset()
					b.WriteString(said)
				}
				b.WriteString(s[i+1 : i+k])
				i += k - 1
				continue
			}
		case s[i] == '[':
			if k := closed[i]; k > 0 {
				end := k + 1
				for end < len(s) && s[end] != ')' {
					end++
				}
				b.WriteString(s[i+1 : k])
				i = end
				continue
			}
		case s[i] == '*' && i+1 < len(s) && s[i+1] == '*':
			i++
			continue
		}
		b.WriteByte(s[i])
	}
	return strings.TrimSpace(b.String())
}

// markLen is the length of a footnote mark at the start of s: "^16a)".
func markLen(s string) int {
	k := 1
	for k < len(s) && k < 6 && (s[k] >= '0' && s[k] <= '9' || s[k] >= 'a' && s[k] <= 'z') {
		k++
	}
	if k == 1 || k == len(s) || s[k] != ')' || s[1] > '9' {
		return 0
	}
	return k + 1
}

// links is the place of the bracket that closes what a link shows, by that of the
// bracket that opens it.
func links(s string) map[int]int {
	out := map[int]int{}
	var open []int
	last := strings.LastIndexByte(s, ')')
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[':
			open = append(open, i)
		case ']':
			if n := len(open); n > 0 {
				if i < last && s[i+1] == '(' {
					out[open[n-1]] = i
				}
				open = open[:n-1]
			}
		case '\n':
			open = open[:0]
		}
	}
	return out
}

func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

func first(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

func headingsOf(a *lawtext.Act) []string {
	var out []string
	for _, h := range strings.Split(a.Meta("headings"), "; ") {
		if h = strings.TrimSpace(h); h != "" {
			out = append(out, h)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
