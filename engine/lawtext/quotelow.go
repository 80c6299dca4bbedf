package lawtext

import "strings"

// lowMarks are the quotation marks beside guillemets, and what closes them.
var lowMarks = [...][2]string{{"„", "“”"}, {"‚", "‘’"}, {"\"", "\""}}

// lowPayloads finds the payloads between other marks than guillemets, as older
// acts have them, and newer ones where guillemets within have lost their pairs:
// for each line of such a payload its last line, else -1. One ends with the first
// line that ends with the mark. A text in a language with other guillemets has
// none.
func (d *Dialect) lowPayloads(in []line) []int {
	low := make([]int, len(in))
	for i := range low {
		low[i] = -1
	}
	if d.Opens != "»" {
		return low
	}
	open := map[string]bool{} // marks of which none closes any more
	for i := 1; i < len(in); i++ {
		shut := ""
		for _, m := range lowMarks {
			if strings.HasPrefix(in[i].text, m[0]) {
				shut = m[1]
			}
		}
		if shut == "" || open[shut] || !d.announces(in, i) {
			continue
		}
		end := i
		for end < len(in) && !endsLow(in[end].text, shut) {
			end++
		}
		if end == len(in) {
			open[shut] = true
			continue
		}
		for ; i <= end; i++ {
			low[i] = end
		}
		i--
	}
	return low
}

func endsLow(s, shut string) bool {
	s = strings.TrimRight(s, ".;,")
	return len(s) > 1 && strings.TrimRight(s, shut) != s
}
