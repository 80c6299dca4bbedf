package lawtext

import "strings"

// quotes finds the payloads of an amending act: to[i] is the line that closes
// the guillemet which opens line i, and i itself where no payload begins.
//
// Guillemets nest, and in real texts some are missing. A closing one is paired
// with the nearest open one, so that an opening one without its pair does not
// swallow the act. Then the payload ends before the next article.
func quotes(in []line) (to []int, notes []Note) {
	to = make([]int, len(in))
	stray := make([]bool, len(in)) // closes what nothing opens
	var open []int
	for i, l := range in {
		to[i] = i
		for at := 0; ; {
			k := strings.IndexAny(l.text[at:], "»«")
			if k < 0 {
				break
			}
			at += k + len("»")
			if l.text[at-1] == "»"[1] {
				open = append(open, i)
			} else if n := len(open); n > 0 {
				if open[n-1] != i {
					to[open[n-1]] = i
				}
				open = open[:n-1]
			} else {
				stray[i] = true
			}
		}
	}
	next := nextArticles(in)
	unclosed := map[int]bool{}
	for _, i := range open {
		unclosed[i] = to[i] == i
	}
	for i := 0; i < len(in); i++ {
		to[i] = payload(in, i, to[i], next[i], unclosed[i], stray)
		switch {
		case to[i] > i && unclosed[i]:
			notes = append(notes, Note{in[i].span, "missing-quote", "the guillemet is never closed"})
		case to[i] >= i && stray[max(to[i], i)] && announces(in, i) && !strings.HasPrefix(in[i].text, "»"):
			notes = append(notes, Note{in[i].span, "missing-quote", "the guillemet is never opened"})
		}
		if to[i] > i {
			i = to[i]
		}
	}
	return to, notes
}

// payload returns the line that ends the payload which begins at line i, or i
// if none does. The guillemets say end, and next is where the next article begins.
func payload(in []line, i, end, next int, unclosed bool, stray []bool) int {
	quoted := strings.HasPrefix(in[i].text, "»")
	if strings.HasSuffix(in[i].text, "»") && opensProvisions(strings.TrimRight(in[i].text, "» ")) {
		return i
	}
	switch {
	case announces(in, i) && quoted && (unclosed || end > i):
		if unclosed {
			return next - 1
		}
		return end
	case announces(in, i) && !quoted:
		for k := i; k < next && k < i+200; k++ {
			if stray[k] {
				return k
			}
		}
		return i
	case end > i && end < next:
		return end
	}
	return i
}

// announces reports whether the line before i says that a payload follows.
func announces(in []line, i int) bool {
	if i == 0 {
		return false
	}
	s := in[i-1].text
	return strings.HasSuffix(s, "glasi:") || strings.HasSuffix(s, "glasita:") || strings.HasSuffix(s, "glasijo:") ||
		strings.HasSuffix(s, "besedilo:") || strings.HasSuffix(s, "besedilom:") || strings.HasSuffix(s, "glasi")
}

// opensProvisions reports whether a payload after s is a body of provisions of
// its own: what a consolidated text appends of an amending act.
func opensProvisions(s string) bool {
	return strings.HasSuffix(s, ":") && strings.Contains(s, "vsebuje") &&
		(strings.Contains(s, "določb") || strings.Contains(s, "člen"))
}

// nextArticles returns for each line the first one after it that begins an
// article outside of guillemets.
func nextArticles(in []line) []int {
	next, at := make([]int, len(in)), len(in)
	for i := len(in) - 1; i >= 0; i-- {
		next[i] = at
		if len(in[i].text) < 200 && !strings.HasPrefix(in[i].text, "»") {
			if _, ok := readArticle(in[i].text); ok {
				at = i
			}
		}
	}
	return next
}

// hang moves the guillemet that opens appended provisions to the end of the
// sentence before, so that the head of the first article is a plain head.
func hang(in []line) {
	for i := 1; i < len(in); i++ {
		if rest, ok := strings.CutPrefix(in[i].text, "»"); ok && rest != "" && opensProvisions(in[i-1].text) {
			in[i-1].text += " »"
			in[i].text = strings.TrimSpace(rest)
			in[i].span.Start += len("»")
		}
	}
}
