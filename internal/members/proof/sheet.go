package proof

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/country"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/paper"
	"github.com/asociacija/asociacija/internal/platform/table"
)

// A Sheet is an extract with all that its files say.
type Sheet struct {
	Extract
	Issuer   Issuer
	Lines    []Line
	Election *Election // nil if no electors are counted on it
	Rules    country.Representation
	URL      string
	Zone     *time.Location
}

// CheckURL is the address at which anybody can check the extract.
func (s Sheet) CheckURL() string { return s.URL + "/check/" + s.Token }

// write is the sheet as one kind of file.
func (s Sheet) write(format string, p *i18n.Printer) ([]byte, error) {
	var b bytes.Buffer
	var err error
	switch format {
	case "json":
		err = s.json(&b)
	case "csv":
		err = table.Write(&b, s.table(p))
	case "pdf":
		_, err = paper.PDF(&b, s.paper(p))
	}
	return b.Bytes(), err
}

// wire is the sheet as JSON; it is also what the hash of the extract is of, so that
// fields are added at its end and never renamed.
type wire struct {
	Format        string       `json:"format"`
	Number        string       `json:"number"`
	Issuer        string       `json:"issuer"`
	AsOf          civil.Date   `json:"as_of"`
	Made          time.Time    `json:"made"`
	Kind          members.Kind `json:"kind,omitempty"`
	Purpose       string       `json:"purpose,omitempty"`
	Organisations int          `json:"organisations"`
	Persons       int          `json:"persons"`
	WithProof     int          `json:"with_proof"`
	Before        string       `json:"previous_sha256,omitempty"`
	Check         string       `json:"check"`
	Members       []Line       `json:"members"`

	Ground   string       `json:"legal_ground,omitempty"`
	Electors *electorWire `json:"electors,omitempty"`
}

type electorWire struct {
	Rule    string `json:"rule"`
	Basis   string `json:"basis"`
	Counted int    `json:"members_counted"`
	Number  int    `json:"electors"`
}

const wireFormat = "asociacija extract 1"

func (s Sheet) json(b *bytes.Buffer) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "\t")
	var electors *electorWire
	if el := s.Election; el != nil {
		electors = &electorWire{el.Rule.Name(s.Lang), el.Rule.Basis, el.Members, el.Electors}
	}
	return e.Encode(wire{
		Format: wireFormat, Number: s.ID.Number(), Issuer: s.Issuer.Name, AsOf: s.On, Made: s.Made.UTC().Truncate(time.Second), Kind: s.Kind, Purpose: s.Purpose,
		Organisations: s.Organisations, Persons: s.Persons, WithProof: s.Proven, Before: s.Before, Check: s.CheckURL(), Members: s.Lines, Ground: s.Rules.Register, Electors: electors,
	})
}

func (s Sheet) heads(p *i18n.Printer) []string {
	return []string{p.T("proof.no"), p.T("members.name"), p.T("members.kind"), p.T("proof.category"), p.T("members.place"), p.T("proof.since"), p.T("proof.paper")}
}

// table is the sheet for spreadsheets: a row for each member, and at the end what the
// file is and where it is checked.
func (s Sheet) table(p *i18n.Printer) [][]string {
	rows := [][]string{append(s.heads(p), p.T("proof.standing"), p.T("proof.authorised"), p.T("proof.recorded"), p.T("proof.with"))}
	for _, l := range s.Lines {
		rows = append(rows, []string{
			strconv.Itoa(l.No), l.Name, p.T("members.kind." + string(l.Kind)), l.Category, l.Place, l.Since.String(), l.papers(p),
			p.T("members.standing." + string(l.Standing)), strings.Join(l.Agents, "; "), l.Recorded.String(), p.T("proof.with." + strconv.FormatBool(l.Proven(s.On))),
		})
	}
	foot := make([]string, len(rows[0]))
	foot[1] = s.title(p) + ", " + s.Issuer.Name + ", " + p.T("proof.on") + " " + p.Date(s.On) + ". " + s.CheckURL()
	return append(rows, foot)
}

// Proofs is papers for a page.
func (l Line) Proofs(p *i18n.Printer) string { return l.papers(p) }

// papers writes what is known to prove the member: "davčna 12345678 (izpisek AJPES,
// 3. 2. 2026)".
func (l Line) papers(p *i18n.Printer) string {
	var all []string
	for _, x := range l.Papers {
		all = append(all, x.text(p))
	}
	return strings.Join(all, "; ")
}

func (x Paper) text(p *i18n.Printer) string {
	text := p.T("proof.paper." + x.Kind)
	if x.Kind != Admission && x.Kind != Interest {
		text = p.T("members.registry." + x.Kind)
	}
	if x.Number != "" {
		text += " " + x.Number
	}
	var seen []string
	if !x.Since.IsZero() && x.Since != x.On {
		seen = append(seen, p.T("proof.paper.since", "day", p.Date(x.Since)))
	}
	switch {
	case x.Proof != "":
		seen = append(seen, p.T("members.proof."+x.Proof)+" "+p.Date(x.On))
	case !x.On.IsZero():
		seen = append(seen, p.Date(x.On))
	default:
		seen = append(seen, p.T("proof.paper.none"))
	}
	if !x.Recorded.IsZero() {
		seen = append(seen, p.T("proof.recorded.on", "day", p.Date(x.Recorded)))
	}
	return text + " (" + strings.Join(seen, ", ") + ")"
}

// madeOn is the day of the issue.
func (s Sheet) madeOn() civil.Date { return civil.Of(s.Made, s.Zone) }
