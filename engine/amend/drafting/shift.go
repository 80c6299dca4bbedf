package drafting

import (
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/reader"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawdiff"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// leastShifted is how many articles must count anew before that is said, and
// not each of them written anew.
const leastShifted = 2

// shift looks for articles that stay as they are and count anew, since others
// came or went before them. If there are any, the first article of the amending
// act says so, and all that follow see the act as it is then.
func (d *drafter) shift() {
	a, b := d.base.Articles(""), d.target.Articles("")
	if !counted(a) || !counted(b) {
		return
	}
	to := lawdiff.Align(bodies(a), bodies(b))
	shifted := 0
	for j, i := range to {
		if i >= 0 && a[i].Num != b[j].Num {
			shifted++
		}
	}
	if shifted < leastShifted {
		return
	}
	fill(to, len(a))
	s := shifter{a: a, b: b, to: to, headed: map[*lawtext.Node]bool{}}
	list := pieces(d.target)
	for i, p := range list {
		s.headed[p.art] = i > 0 && list[i-1].art == nil
	}
	said, ok := s.write()
	if !ok {
		return
	}
	base := *d.base
	base.Title = d.title
	ins, _ := reader.Read(lawtext.Parse("1. člen\n\n" + text(said, "")))
	res := amend.Apply(&base, ins)
	for _, o := range res.Outcomes {
		if o.Status != amend.Applied {
			return
		}
	}
	j := &job{of: a[0].ID, to: "številčenju členov", art: -1, gap: -1, fixed: true, said: said,
		rungs: []func() ([]sentence, bool){func() ([]sentence, bool) { return said, true }}}
	d.jobs, d.now = []*job{j}, res.Act
}

// counted reports whether all articles have whole numbers, each once and rising.
func counted(list []*lawtext.Node) bool {
	last := 0
	for _, n := range list {
		num, err := strconv.Atoi(n.Num)
		if err != nil || num <= last {
			return false
		}
		last = num
	}
	return len(list) > 0
}

// bodies are what articles say without their numbers. Short ones, as tombstones,
// are alike too easily to be told apart.
func bodies(list []*lawtext.Node) []string {
	var out []string
	for _, n := range list {
		body := *n
		body.Label = ""
		s := strings.Join(body.Lines(), "\n")
		if len(s) < 30 {
			s += "\x00" + n.Num
		}
		out = append(out, s)
	}
	return out
}

// fill pairs what stands between the same partners in both lists, as far as
// there are as many.
func fill(to []int, n int) {
	i := 0
	for j := 0; j < len(to); j++ {
		if to[j] >= 0 {
			i = to[j] + 1
			continue
		}
		end, k := n, j
		for k < len(to) && to[k] < 0 {
			k++
		}
		if k < len(to) {
			end = to[k]
		}
		if k-j == end-i {
			for ; j < k; j++ {
				to[j], i = i, i+1
			}
		}
		j = k - 1
	}
}

// A shifter writes what articles come, go and count anew.
type shifter struct {
	a, b     []*lawtext.Node
	to       []int
	headed   map[*lawtext.Node]bool // of b, those right below a heading
	out      []sentence
	old, now []*lawtext.Node
}

func (s *shifter) flush() {
	if len(s.old) > 0 {
		s.out = append(s.out, renumber(nil, s.old, s.now))
	}
	s.old, s.now = nil, nil
}

func (s *shifter) delete(from, to int) bool {
	for _, n := range s.a[from:to] {
		if n.Deleted || n.Above && n.Heading != "" {
			return false
		}
	}
	if from < to {
		s.flush()
		s.out = append(s.out, deleteUnits(nil, s.a[from:to], len(s.out) > 0))
	}
	return true
}

func (s *shifter) write() ([]sentence, bool) {
	next := 0
	var before *step
	for j := 0; j < len(s.b); j++ {
		if i := s.to[j]; i >= 0 {
			if !s.delete(next, i) {
				return nil, false
			}
			next = i + 1
			o, n := s.a[i], s.b[j]
			before = &step{Step: stepOf(o)}
			if o.Num == n.Num {
				s.flush()
				continue
			}
			before.becomes = "-"
			s.old, s.now = append(s.old, o), append(s.now, n)
			continue
		}
		k := j + 1
		for k < len(s.b) && s.to[k] < 0 {
			k++
		}
		s.flush()
		sent := insertUnits(nil, before, s.b[j:k])
		if before == nil || k < len(s.b) && s.headed[s.b[j]] && !s.headed[s.b[k]] {
			st := step{Step: stepOf(s.a[0])}
			if k < len(s.b) {
				if st.Step = stepOf(s.a[s.to[k]]); s.a[s.to[k]].Num != s.b[k].Num {
					st.becomes = "-"
				}
			}
			sent.front = "pred " + st.write(lawcite.Instrumental)
		}
		s.out = append(s.out, sent)
		j = k - 1
	}
	if !s.delete(next, len(s.a)) {
		return nil, false
	}
	s.flush()
	return s.out, true
}
