package lawtext

import "strings"

// front returns the lines between the --- fences at the start of a text, and
// where the text goes on.
func front(text string) (string, int) {
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		return "", 0
	}
	end := strings.Index(rest, "\n---\n")
	if end < 0 || end > 1<<16 {
		return "", 0
	}
	return rest[:end+1], len("---\n") + end + len("\n---\n")
}

// Meta returns the value of a key in the front matter, without quotes around it.
func (a *Act) Meta(key string) string {
	for l := range strings.Lines(a.Front) {
		if k, v, ok := strings.Cut(l, ":"); ok && strings.TrimSpace(k) == key {
			return strings.Trim(strings.TrimSpace(v), `"`)
		}
	}
	return ""
}

// kinds of acts as a title begins, in capitals.
var titleWords = [...]string{"ZAKON", "PRAVILNIK", "UREDBA", "POSLOVNIK", "RESOLUCIJA", "ODLOK", "SKLEP", "STATUT", "NAVODILO", "ODREDBA", "KAZENSKI ZAKONIK"}

// readTitle takes the title from the front matter, else from the lines before
// the first article.
func (a *Act) readTitle(in []line) {
	a.Title, a.Short = a.Meta("naziv"), a.Meta("kratica")
	for i, l := range in {
		if a.Title != "" || i > 60 || len(l.text) > 600 {
			break
		}
		if _, ok := readArticle(l.text); ok {
			break
		}
		a.titleAt(in, i)
	}
	if t, short := cutShort(a.Title); short != "" {
		a.Title = t
		if a.Short == "" {
			a.Short = short
		}
	}
}

func (a *Act) titleAt(in []line, i int) {
	s := in[i].text
	if spaced := strings.ReplaceAll(s, " ", ""); len(s) == 2*len(spaced)-1 && len(spaced) > 3 {
		s = spaced // Z A K O N
	}
	word, rest, more := strings.Cut(s, " ")
	for _, w := range titleWords {
		if strings.ToUpper(word) != w || endsText(s) && more {
			continue
		}
		if !more && word == strings.ToUpper(word) && i+1 < len(in) && !endsText(in[i+1].text) {
			rest = in[i+1].text
		}
		if lower := strings.ToLower(rest); strings.HasPrefix(lower, "o ") || strings.HasPrefix(lower, "za ") || strings.HasPrefix(lower, "državn") {
			a.Title = word + " " + rest
			if isCaps(strings.ReplaceAll(rest, "(", "")) || word == w {
				a.Title = sentenceCase(a.Title)
			}
			return
		}
	}
}

// sentenceCase sets a title of capitals in small letters, but for its first
// letter, the name of the act that it amends, and the short name in parentheses.
func sentenceCase(s string) string {
	body, short := cutShort(s)
	if isCaps(body) || isCaps(firstOf(body)) {
		body = lowerTitle(body)
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

func lowerTitle(s string) string {
	words := strings.Fields(s)
	caps := isCaps(s)
	for i, w := range words {
		if caps || i == 0 {
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
