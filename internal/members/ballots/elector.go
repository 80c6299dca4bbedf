package ballots

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// An Elector may vote (volilni upravičenec): a person for themself, an organisation
// through one authorised person. Numbers begin with 1.
type Elector struct {
	Vote   ID
	No     int
	Member members.ID // empty for somebody named who is no member
	Name   string     // empty once erased
	Kind   members.Kind
	Weight int64
	Person string // who casts the ballot
	Email  string
	Lang   string
	Holder int // the elector who votes for them; 0 for themself
	Salt   string
	Hash   string // of number, member, name and weight, with the salt
	Voted  bool   // read only
}

// seal gives the elector the hash of their line.
func (e Elector) seal() Elector {
	e.Salt = rand.Text()
	e.Hash = hashOf(fmt.Sprintf("%s|%d|%s|%s|%d|%d", e.Salt, e.No, e.Member, e.Name, e.Weight, e.Holder))
	return e
}

// electorate is the hash of the whole list, made of those of its lines, so that it
// stands also when a line has lost its name.
func electorate(list []Elector) string {
	h := sha256.New()
	for _, e := range list {
		h.Write([]byte(e.Hash))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func hashOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// A Warning is what whoever opens a secret vote should know.
type Warning struct {
	Key  string
	Args []any
}

// UnmarshalJSON reads a warning as it was kept: its numbers are whole.
func (w *Warning) UnmarshalJSON(raw []byte) error {
	type plain Warning
	err := json.Unmarshal(raw, (*plain)(w))
	for i, a := range w.Args {
		if n, ok := a.(float64); ok {
			w.Args[i] = int(n)
		}
	}
	return err
}

// number is what a warning says of a name.
func (w Warning) number(name string) int {
	n := 0
	if i := slices.Index(w.Args, any(name)); i >= 0 && i+1 < len(w.Args) {
		n, _ = w.Args[i+1].(int)
	}
	return n
}

// worse finds a warning that says more than those that somebody has accepted.
func worse(now, accepted []Warning) (Warning, bool) {
	for _, w := range now {
		i := slices.IndexFunc(accepted, func(a Warning) bool { return a.Key == w.Key })
		if i < 0 {
			return w, true
		}
		// There are fewer electors than there were, or one of them casts more.
		if w.number("n") < accepted[i].number("n") || w.number("much") > accepted[i].number("much") {
			return w, true
		}
	}
	return Warning{}, false
}

// weigh refuses a secret vote whose electors could be told apart, and warns where
// they nearly could.
func weigh(v Vote, list []Elector) ([]Warning, error) {
	if len(list) == 0 {
		return nil, fault.New(fault.Conflict, "ballots.electorate.empty")
	}
	if !v.Secret {
		return nil, nil
	}
	if hands(list) < fewestSecret {
		return nil, fault.New(fault.Conflict, "ballots.secret.few", "least", fewestSecret)
	}
	of := weights(list)
	for w, n := range of {
		if len(of) > 1 && n < fewestAlike {
			return nil, fault.New(fault.Conflict, "ballots.secret.weights", "weight", int(w), "n", n, "least", fewestAlike)
		}
	}
	var warnings []Warning
	if len(list) < fewestAnybody {
		warnings = append(warnings, Warning{"ballots.secret.warn", []any{"n", len(list)}})
	}
	if len(of) > 1 {
		warnings = append(warnings, Warning{"ballots.secret.weights.warn", []any{"least", fewestSecret}})
	}
	if one, all := heaviest(list); 4*one >= all && len(list) >= fewestAnybody {
		warnings = append(warnings, Warning{"ballots.secret.warn.hand", []any{"much", int(one), "all", int(all)}})
	}
	return warnings, nil
}

// hand is whoever casts the ballot of an elector.
func (e Elector) hand() string { return cmp.Or(e.Email, strconv.Itoa(cmp.Or(e.Holder, e.No))) }

// heaviest is how much one pair of hands casts at most, of how much in all.
func heaviest(list []Elector) (one, all int64) {
	of := map[string]int64{}
	for _, e := range list {
		of[e.hand()] += e.Weight
		all += e.Weight
		one = max(one, of[e.hand()])
	}
	return one, all
}

// hands is how many people cast the ballots of the electors: who has proxies, or
// answers for two organisations, has one pair of them.
func hands(list []Elector) int {
	of := map[string]bool{}
	for _, e := range list {
		of[e.hand()] = true
	}
	return len(of)
}

// weights counts the people who cast for electors of each weight.
func weights(list []Elector) map[int64]int {
	by := map[int64][]Elector{}
	for _, e := range list {
		by[e.Weight] = append(by[e.Weight], e)
	}
	of := map[int64]int{}
	for w, some := range by {
		of[w] = hands(some)
	}
	return of
}

// thin is a weight of which so few people have voted that the sums would say how they
// did, and how many they are; 0 for none. Where all weigh the same it is that weight.
func thin(voters []Elector) (weight int64, n int) {
	of := weights(voters)
	for _, w := range slices.Sorted(maps.Keys(of)) {
		if of[w] < fewestSecret {
			return w, of[w]
		}
	}
	return 0, 0
}

// tooFew reports whether the result of a secret vote in which these voted would say
// how one of them did: fewer than three people voted, or fewer than three of those of a weight, or
// one of them cast more than half of all.
func tooFew(voters []Elector) bool {
	_, n := thin(voters)
	one, all := heaviest(voters)
	return n > 0 || 2*one > all
}

// entrust lets the holders of proxies vote for those who gave them.
func entrust(v Vote, list []Elector) error {
	at := map[members.ID]int{}
	for i, e := range list {
		if e.Member != "" {
			at[e.Member] = i
		}
	}
	held := map[int]int{}
	for _, p := range v.Proxies {
		from, ok := at[p.From]
		if !ok {
			return fault.New(fault.Conflict, "ballots.proxy.no_elector", "name", p.FromName)
		}
		to, ok := at[p.To]
		if !ok {
			return fault.New(fault.Conflict, "ballots.proxy.no_elector", "name", p.ToName)
		}
		if held[to]++; held[to] > v.ProxyLimit {
			return fault.New(fault.Conflict, "ballots.proxy.many", "name", p.ToName, "most", v.ProxyLimit)
		}
		list[from].Holder, list[from].Person = list[to].No, list[to].Person
		list[from].Email, list[from].Lang = list[to].Email, list[to].Lang
	}
	for _, e := range list {
		if e.Holder != 0 && list[e.Holder-1].Holder != 0 {
			return fault.New(fault.Conflict, "ballots.proxy.chain", "name", list[e.Holder-1].Name)
		}
	}
	return nil
}

// alphabet is Crockford's: nobody mistakes its letters for others when they copy a code.
var alphabet = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// code makes n random letters of five bits.
func code(n int) string {
	b := make([]byte, n*5/8+1)
	rand.Read(b)
	return alphabet.EncodeToString(b)[:n]
}

// The lengths of secrets: a token is as long as those of other personal links, which
// logs and letters know to leave out; a code is one that people can type; a receipt
// is found again in a list.
const (
	tokenLetters   = 43
	codeLetters    = 16
	receiptLetters = 10
)

// ReadCode is the token of a printed code as somebody typed it: in groups, with
// dashes, in capitals. What is no code has no token.
func ReadCode(typed string) string {
	c := strings.ToLower(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '\t' || r == '–' {
			return -1
		}
		return r
	}, typed))
	c = strings.NewReplacer("o", "0", "l", "1", "i", "1").Replace(c)
	if len(c) != codeLetters {
		return ""
	}
	sum := sha256.Sum256([]byte("code|" + c))
	return alphabet.EncodeToString(sum[:])[:tokenLetters]
}

// grouped writes a code or a receipt in groups of five or four.
func grouped(s string, n int) string {
	var parts []string
	for chunk := range slices.Chunk([]byte(s), n) {
		parts = append(parts, string(chunk))
	}
	return strings.Join(parts, "-")
}
