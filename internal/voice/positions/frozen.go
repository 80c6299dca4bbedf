package positions

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/asociacija/asociacija/internal/voice"
)

// A Snapshot is all that a frozen version says, so that it can be read, printed
// and judged without asking anybody else.
type Snapshot struct {
	Position   voice.PositionID `json:"position"`
	Version    int              `json:"version"`
	Case       voice.CaseID     `json:"case"`
	CaseTitle  string           `json:"case_title"`
	CaseShort  string           `json:"case_short,omitempty"`
	EVA        string           `json:"eva,omitempty"`
	EPA        string           `json:"epa,omitempty"`
	Addressee  string           `json:"addressee,omitempty"` // who put the draft forward
	DraftLabel string           `json:"draft,omitempty"`     // "2. osnutek"
	Title      string           `json:"title"`
	Lead       string           `json:"lead"`
	Mandate    Mandate          `json:"mandate"`
	Asked      Asked            `json:"asked"`
	Behind     Crowd            `json:"behind"`
	Proposals  []Proposal       `json:"proposals"`
	Sender     Sender           `json:"sender"`
	Licence    string           `json:"licence"`
	FrozenAt   time.Time        `json:"frozen_at"`
	FrozenBy   string           `json:"frozen_by"`
}

// A Sender is the association, as it stands on paper.
type Sender struct {
	Name    string `json:"name"`
	Address string `json:"address"` // "Tesarska 9, 1000 Ljubljana"
	Place   string `json:"place"`   // "Ljubljana"
	URL     string `json:"url"`
	Signer  string `json:"signer"` // "Ivo Tratar"
	Office  string `json:"office"` // "predsednik"
}

// Canonical writes the snapshot as it is kept and hashed: JSON with the fields in
// the order of the types, without white space, without escaping for HTML.
func (s Snapshot) Canonical() (text []byte, hash string, err error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return nil, "", fmt.Errorf("positions: freeze: %w", err)
	}
	text = bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	return text, sum(text), nil
}

func sum(text []byte) string {
	h := sha256.Sum256(text)
	return hex.EncodeToString(h[:])
}

// thaw reads what Canonical wrote, and refuses what has not the hash.
func thaw(text []byte, hash string) (s Snapshot, err error) {
	if got := sum(text); got != hash {
		return s, fmt.Errorf("positions: a frozen text has the hash %s, and not %s", got, hash)
	}
	if err := json.Unmarshal(text, &s); err != nil {
		return s, fmt.Errorf("positions: thaw: %w", err)
	}
	return s, nil
}

// Objections are the proposals of the snapshot that somebody objects to.
func (s Snapshot) Objections() (list []Proposal) {
	for _, p := range s.Proposals {
		if len(p.Objections) > 0 {
			list = append(list, p)
		}
	}
	return list
}

// A Change is what became of a proposal from one version to the next.
type Change string

// The changes.
const (
	Same    Change = "same"
	Changed Change = "changed"
	Added   Change = "added"
	Gone    Change = "gone"
)

// A Difference is one proposal in two versions. Old is empty of one that is
// Added, New of one that is Gone.
type Difference struct {
	Kind     Change
	Old, New Proposal
}

// Between lists what became of each proposal, in the order of new; those that are
// gone stand last.
func Between(old, new Snapshot) (list []Difference) {
	was := map[voice.ProposalID]Proposal{}
	for _, p := range old.Proposals {
		was[p.ID] = p
	}
	for _, p := range new.Proposals {
		o, ok := was[p.ID]
		delete(was, p.ID)
		switch {
		case !ok:
			list = append(list, Difference{Added, Proposal{}, p})
		case o.Title == p.Title && o.Wanted == p.Wanted && o.Text == p.Text && o.Reasons == p.Reasons && o.Budget == p.Budget && o.People == p.People:
			list = append(list, Difference{Same, o, p})
		default:
			list = append(list, Difference{Changed, o, p})
		}
	}
	for _, p := range old.Proposals {
		if _, gone := was[p.ID]; gone {
			list = append(list, Difference{Gone, p, Proposal{}})
		}
	}
	return list
}
