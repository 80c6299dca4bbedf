package ballots

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
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
		warnings = append(warnings, Warning{Key: "ballots.secret.weights.warn"})
	}
	return warnings, nil
}

// hands is how many people cast the ballots of the electors: who has proxies, or
// answers for two organisations, has one pair of them.
func hands(list []Elector) int {
	of := map[string]bool{}
	for _, e := range list {
		of[cmp.Or(e.Email, strconv.Itoa(cmp.Or(e.Holder, e.No)))] = true
	}
	return len(of)
}

// weights counts the electors of each weight.
func weights(list []Elector) map[int64]int {
	of := map[int64]int{}
	for _, e := range list {
		of[e.Weight]++
	}
	return of
}

// tooFew reports whether the result of a secret vote in which these voted would say
// how one of them did: there are fewer than three people, or, of few, fewer than
// three of a weight.
func tooFew(voters []Elector) bool {
	if hands(voters) < fewestSecret {
		return true
	}
	for _, n := range weights(voters) {
		if n < fewestSecret && len(voters) < fewestAnybody {
			return true
		}
	}
	return false
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
