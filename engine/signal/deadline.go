package signal

import (
	"slices"
	"strconv"
	"strings"
)

// deadlines finds the days by which something must be done. In the text of a
// law only those of comments and applications count, for the law sets many
// days that are not for the reader.
func deadlines(sentences []string, kind Kind) []Deadline {
	var out []Deadline
	for _, s := range sentences {
		if len(s) > 2000 {
			continue
		}
		low := strings.ToLower(s)
		for _, d := range inSentence(low) {
			d.Sentence, d.Purpose = s, purpose(low)
			law := kind == Act || kind == AmendingAct || kind == Bylaw
			if d.Purpose == Other && (law || kind == Strategy || d.Days > 0) || law && d.Days > 0 {
				continue
			}
			same := func(x Deadline) bool {
				return x.Year == d.Year && x.Month == d.Month && x.Day == d.Day && x.Days == d.Days && x.Purpose == d.Purpose
			}
			if !slices.ContainsFunc(out, same) {
				out = append(out, d)
			}
		}
	}
	return out
}

// cues are the beginnings of words that tell what a deadline is for. A call
// closes, but a project of the call has days of its own.
var (
	commentCues = [...]string{"pripomb", "javna obravnav", "javne obravnav", "javni obravnav", "javno obravnav", "javno razprav", "javna razprav",
		"mnenj", "odziv", "posvetovanj", "comment", "consultation", "feedback"}
	applicationCues = [...]string{"vlog", "prijav", "oddaj", "oddat", "kandidatur", "ponudb", "application", "submi", "proposal", "apply"}
	closingCues     = [...]string{"zaključi", "odprt", "traja", "poteče", "izteče", "closes"}
)

// purpose tells what a sentence with a deadline is about.
func purpose(low string) Purpose {
	has := func(cues []string) bool {
		return slices.ContainsFunc(cues, func(c string) bool { return strings.Contains(low, c) })
	}
	switch {
	case has(commentCues[:]):
		return Comments
	case has(applicationCues[:]), has([]string{"razpis", "poziv", "call"}) && has(closingCues[:]):
		return Applications
	}
	return Other
}

// inSentence finds the dates that a sentence in small letters sets as limits,
// and numbers of days.
func inSentence(low string) []Deadline {
	var out, late []Deadline
	words := strings.Fields(low)
	limit := saysLimit(words)
	for i := 0; i < len(words); {
		d, n := dateAt(words[i:])
		if n == 0 {
			if days := daysAt(words, i); days > 0 {
				out = append(out, Deadline{Days: days})
			}
			i++
			continue
		}
		d.Clock = clock(words[i+n:], words[:i])
		if before := wordBefore(words, i); isLimit(before) {
			out = append(out, d)
		} else if limit >= 0 && limit < i && before != "od" && before != "from" {
			late = append(late, d)
		}
		i += n
	}
	if len(out) == 0 {
		return late
	}
	return out
}

// wordBefore is the word before a date, past "vključno", "dne" and days of the week.
func wordBefore(words []string, i int) string {
	for k := i - 1; k >= 0; k-- {
		switch w := strings.Trim(words[k], ",:()"); w {
		case "vključno", "včetno", "dne", "ponedeljka", "torka", "srede", "četrtka", "petka", "sobote", "nedelje", "dneva", "konca", "the", "and", "including":
			if k == 0 {
				return w
			}
		default:
			return w
		}
	}
	return ""
}

func isLimit(w string) bool {
	switch w {
	case "do", "najpozneje", "najkasneje", "by", "until", "before", "till":
		return true
	}
	return false
}

// saysLimit returns the first word that speaks of a deadline as such, or -1. A
// date after it is one even without "do" before it.
func saysLimit(words []string) int {
	for i, w := range words {
		switch strings.Trim(w, ".,:;()") {
		case "rok", "roka", "roku", "rokom", "poteče", "izteče", "zaključi", "najpozneje", "najkasneje", "deadline", "closes", "due":
			return i
		}
	}
	return -1
}

// months by the beginnings of their names, in both languages.
var months = [12][]string{
	{"januar", "january"}, {"februar", "february"}, {"marc", "marec", "march"}, {"april"}, {"maj", "may"}, {"junij", "june"},
	{"julij", "july"}, {"avgust", "august"}, {"septemb"}, {"oktob", "october"}, {"novemb"}, {"decemb"},
}

func monthOf(w string) int {
	w = strings.Trim(w, ".,;:()")
	for i, names := range months {
		for _, n := range names {
			if strings.HasPrefix(w, n) && len(w) <= len(n)+3 {
				return i + 1
			}
		}
	}
	return 0
}

// dateAt reads a date at the start of words: "30. 11. 2026", "30.11.2026",
// "30/11/26", "30. novembra 2026", "30. novembra", "2026-11-30", "30 November 2026",
// "November 30, 2026". It returns how many words it takes, or 0.
func dateAt(words []string) (d Deadline, n int) {
	at := func(i int) string {
		if i < len(words) {
			return strings.Trim(words[i], ",;:()»«")
		}
		return ""
	}
	first := at(0)
	switch parts := strings.Split(strings.TrimSuffix(first, "."), "."); {
	case form(strings.TrimSuffix(first, ".")) == "9999-99-99":
		d, n = Deadline{Year: number(first[:4]), Month: number(first[5:7]), Day: number(first[8:])}, 1
	case strings.Count(first, "/") == 2: // 30/11/13
		parts = strings.Split(strings.TrimSuffix(first, "."), "/")
		d, n = Deadline{Year: number(parts[2]), Month: number(parts[1]), Day: number(parts[0])}, 1
		if len(parts[2]) == 2 {
			d.Year += 2000
		}
	case len(parts) == 3:
		d, n = Deadline{Year: number(parts[2]), Month: number(parts[1]), Day: number(parts[0])}, 1
	case len(parts) == 2 && number(at(1)) > 1900: // 30.11. 2026
		d, n = Deadline{Year: number(at(1)), Month: number(parts[1]), Day: number(parts[0])}, 2
	case monthOf(first) > 0 && number(at(1)) > 0 && number(at(2)) > 1900:
		d, n = Deadline{Year: number(at(2)), Month: monthOf(first), Day: number(at(1))}, 3
	case number(first) > 0 && monthOf(at(1)) > 0 && !strings.HasSuffix(at(1), "ur"):
		d, n = Deadline{Month: monthOf(at(1)), Day: number(first)}, 2
		if y := number(at(2)); y > 1900 {
			d.Year, n = y, 3
		}
	case strings.HasSuffix(first, ".") && strings.HasSuffix(at(1), ".") && number(at(2)) > 1900:
		d, n = Deadline{Year: number(at(2)), Month: number(at(1)), Day: number(first)}, 3
	}
	if n == 0 || !possible(d) {
		return Deadline{}, 0
	}
	return d, n
}

// number reads a bare number, with or without a full stop; 0 if it is none.
func number(s string) int {
	n, err := strconv.Atoi(strings.TrimSuffix(s, "."))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// possible reports whether the calendar has the day. A year that is not said
// may be a leap year.
func possible(d Deadline) bool {
	if d.Month < 1 || d.Month > 12 || d.Day < 1 || d.Year != 0 && (d.Year < 1900 || d.Year > 2200) {
		return false
	}
	last := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[d.Month-1]
	if y := d.Year; d.Month == 2 && y%4 == 0 && (y%100 != 0 || y%400 == 0) {
		last = 29
	}
	return d.Day <= last
}

// clock reads the hour beside a date: "do 12. ure", "do 23.59", "ob 14:00".
func clock(after, before []string) string {
	for i := 0; i+1 < min(len(after), 4); i++ {
		if w := strings.Trim(after[i], ",("); w == "do" || w == "ob" || w == "at" || w == "by" {
			return hour(after[i+1:])
		}
	}
	if k := len(before) - 1; k > 0 && strings.HasPrefix(before[k], "ur") {
		return hour(before[k-1:])
	}
	return ""
}

func hour(words []string) string {
	w := strings.Trim(words[0], ",;()")
	sep := strings.IndexAny(w, ".:")
	if sep > 0 && sep+1 < len(w) {
		h, err1 := strconv.Atoi(w[:sep])
		m, err2 := strconv.Atoi(strings.TrimRight(w[sep+1:], ".h"))
		if err1 == nil && err2 == nil && h >= 0 && h < 25 && m >= 0 && m < 60 {
			return two(h) + ":" + two(m)
		}
		return ""
	}
	h := number(strings.TrimSuffix(w, "h"))
	if h > 0 && h < 25 && (strings.HasSuffix(w, "h") || len(words) > 1 && strings.HasPrefix(words[1], "ur")) {
		return two(h) + ":00"
	}
	return ""
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// daysAt reads "v 30 dneh", "v roku 30 dni" and "within 30 days" at word i.
func daysAt(words []string, i int) int {
	n := number(words[i])
	if n == 0 || n > 400 || i == 0 || i+1 == len(words) {
		return 0
	}
	switch strings.Trim(words[i+1], ".,;:") {
	case "dneh", "dni", "dnevih", "days":
	default:
		return 0
	}
	switch words[i-1] {
	case "v", "roku", "within":
		return n
	}
	return 0
}
