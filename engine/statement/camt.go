package statement

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
)

// IsXML reports whether the file looks like XML rather than CSV.
func IsXML(raw []byte) bool {
	return strings.HasPrefix(strings.TrimSpace(decode(raw[:min(len(raw), 200)])), "<")
}

// A node is an element with what we need of it, its own names without their spaces.
type node struct {
	name, text, ccy string
	line            int
	kids            []*node
}

// at is the first element at the path below n, or an empty one.
func (n *node) at(path ...string) *node {
	for _, name := range path {
		i := slices.IndexFunc(n.kids, func(k *node) bool { return k.name == name })
		if i < 0 {
			return &node{line: n.line}
		}
		n = n.kids[i]
	}
	return n
}

func (n *node) all(name string) (list []*node) {
	for _, k := range n.kids {
		if k.name == name {
			list = append(list, k)
		}
	}
	return list
}

func (n *node) first(paths ...string) string {
	for _, p := range paths {
		if s := Line(n.at(strings.Split(p, "/")...).text); s != "" {
			return s
		}
	}
	return ""
}

// ReadCAMT reads all statements of a camt.053 file. If the file breaks off, what
// stood before is returned with a Problem.
func ReadCAMT(raw []byte) ([]Statement, error) {
	if len(raw) > MaxBytes {
		return nil, fmt.Errorf("statement: %w", ErrBig)
	}
	r := newReader(raw)
	err := r.run()
	if len(r.list) == 0 || errors.Is(err, ErrUnsafe) || errors.Is(err, ErrBig) {
		if err == nil || !errors.Is(err, ErrUnsafe) && !errors.Is(err, ErrBig) {
			err = ErrFormat
		}
		return nil, fmt.Errorf("statement: %w", err)
	}
	if err != nil {
		line, _ := r.d.InputPos()
		r.list[len(r.list)-1].wrong(line, BadXML, "")
	}
	for i := range r.list {
		r.list[i].keys()
	}
	return r.list, nil
}

// newReader reads the file in the letters that it has. Banks say UTF-8 of files that are
// not; what the file says decides only between sets that we cannot tell apart.
func newReader(raw []byte) *reader {
	western := false
	if text := strings.TrimSpace(decode(raw)); utf8.Valid(raw) || !isWestern.Match(raw[:min(len(raw), 200)]) {
		raw = []byte(text)
	} else {
		western = true
	}
	d := xml.NewDecoder(bytes.NewReader(raw))
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		switch {
		case !slices.Contains(charsets, strings.ToLower(label)):
			return nil, fmt.Errorf("letters %.20q: %w", label, ErrFormat)
		case western:
			return charmap.Windows1252.NewDecoder().Reader(in), nil
		}
		return in, nil
	}
	return &reader{d: d}
}

var (
	charsets  = []string{"utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "iso-8859-2", "latin2", "windows-1250", "cp1250", "iso-8859-1", "latin1", "windows-1252", "cp1252"}
	isWestern = regexp.MustCompile(`(?i)encoding=["'](iso-8859-1|latin1|windows-1252|cp1252)["']`)
)

// maxNodes is how many elements one entry may have: a batch of some ten thousand parts.
const maxNodes = 1_000_000

// A reader goes through the elements. It keeps one entry at a time as nodes.
type reader struct {
	d       *xml.Decoder
	list    []Statement
	entries int
	nodes   int // of the part that is read
	stack   []string
	totals  totals
}

// totals are the balances of a statement and what its entries come to.
type totals struct {
	opening, closing, sum money.Amount
	both                  [2]bool
	broken                bool // not all entries could be read
	line                  int
}

func (r *reader) run() error {
	for {
		t, err := r.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := r.open(t); err != nil {
				return err
			}
		case xml.EndElement:
			if r.stack = r.stack[:len(r.stack)-1]; t.Name.Local == "Stmt" && len(r.list) > 0 {
				r.balance()
			}
		}
	}
}

// next is the next token. What a document type could bring is not read.
func (r *reader) next() (xml.Token, error) {
	t, err := r.d.Token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case xml.Directive:
		return nil, ErrUnsafe
	case xml.StartElement:
		if r.stack = append(r.stack, t.Name.Local); len(r.stack) > MaxDepth {
			return nil, ErrUnsafe
		}
	}
	return t, nil
}

// open begins an element: a statement, or a part of one that is read as a whole.
func (r *reader) open(t xml.StartElement) error {
	if r.ends("Document", "BkToCstmrStmt", "Stmt") {
		r.list, r.totals = append(r.list, Statement{}), totals{}
		return nil
	}
	part := t.Name.Local
	if !r.ends("BkToCstmrStmt", "Stmt", part) || len(r.list) == 0 {
		return nil
	}
	r.nodes = 0
	n, err := r.read(t)
	if err != nil {
		return err
	}
	s := &r.list[len(r.list)-1]
	switch part {
	case "Id":
		s.ID = Line(n.text)
	case "FrToDt":
		s.From, s.To = dayOf(n.at("FrDtTm")), dayOf(n.at("ToDtTm"))
	case "Acct":
		s.Account = strings.ReplaceAll(n.first("Id/IBAN", "Id/Othr/Id"), " ", "")
		s.Currency = money.Currency(n.first("Ccy"))
	case "Bal":
		r.totals.note(n)
	case "Ntry":
		return r.entry(s, n)
	}
	return nil
}

// ends reports whether we are below these elements, whatever is around them.
func (r *reader) ends(names ...string) bool {
	at := len(r.stack) - len(names)
	return at >= 0 && slices.Equal(r.stack[at:], names)
}

// read reads the element with all below it.
func (r *reader) read(t xml.StartElement) (*node, error) {
	if r.nodes++; r.nodes > maxNodes {
		return nil, ErrBig
	}
	line, _ := r.d.InputPos()
	n := &node{name: t.Name.Local, line: line}
	for _, a := range t.Attr {
		if a.Name.Local == "Ccy" {
			n.ccy = a.Value
		}
	}
	for {
		t, err := r.next()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			k, err := r.read(t)
			if err != nil {
				return nil, err
			}
			n.kids = append(n.kids, k)
		case xml.CharData:
			if len(n.text) < 8*MaxText {
				n.text += string(t)
			}
		case xml.EndElement:
			r.stack = r.stack[:len(r.stack)-1]
			return n, nil
		}
	}
}

// entry notes one booking, or each of its parts where they are the whole of it.
func (r *reader) entry(s *Statement, n *node) error {
	if status := n.first("Sts/Cd", "Sts"); status != "" && status != "BOOK" {
		s.wrong(n.line, NotBooked, status)
		return nil
	}
	whole, kind := amountOf(n.at("Amt"), n)
	e := Entry{Line: n.line, Amount: whole, Day: dayOf(n.at("BookgDt")), Value: dayOf(n.at("ValDt")), ID: n.first("AcctSvcrRef"), number: n.first("NtryRef"), Purpose: n.first("AddtlNtryInf")}
	e.Reversal = slices.Contains([]string{"true", "1"}, n.first("RvslInd"))
	if e.Day.IsZero() {
		e.Day = e.Value
	}
	switch {
	case kind != "":
		s.wrong(n.line, kind, n.first("Amt"))
	case e.Day.IsZero():
		s.wrong(n.line, BadDay, n.first("BookgDt/Dt", "BookgDt/DtTm"))
	}
	if kind != "" || e.Day.IsZero() {
		r.totals.broken = true
		return nil
	}
	if r.totals.add(whole); e.Reversal {
		s.wrong(n.line, Reversed, whole.String())
	}
	parts, ok := partsOf(n, e)
	if !ok {
		s.wrong(n.line, BadSum, whole.String())
	}
	s.Entries = append(s.Entries, parts...)
	if s.Currency == "" {
		s.Currency = whole.Currency()
	}
	if r.entries += len(parts); r.entries > MaxEntries {
		return ErrBig
	}
	return nil
}

// partsOf are the transactions of an entry. If their amounts are not that of the
// entry, it is taken as one, and ok is false.
func partsOf(n *node, e Entry) (parts []Entry, ok bool) {
	var details []*node
	for _, d := range n.all("NtryDtls") {
		details = append(details, d.all("TxDtls")...)
	}
	if len(details) == 0 {
		return []Entry{e}, true
	}
	var sum money.Amount
	for _, d := range details {
		part := e
		if part.detail(d, e.Amount.Negative()); len(details) > 1 {
			amt := d.at("Amt")
			if amt.text == "" {
				amt = d.at("AmtDtls", "TxAmt", "Amt")
			}
			a, err := decimal(amt.text, e.Amount.Currency())
			if err != nil || amt.ccy != "" && amt.ccy != string(e.Amount.Currency()) {
				return []Entry{e}, false
			}
			if sign := d.first("CdtDbtInd"); sign == "DBIT" || sign == "" && e.Amount.Negative() {
				a = a.Neg()
			}
			part.Amount = a
			if id := d.first("Refs/AcctSvcrRef", "Refs/TxId"); id != "" {
				part.ID = id
			}
		}
		total, err := money.Add(sum, part.Amount)
		if err != nil {
			return []Entry{e}, false
		}
		sum, parts = total, append(parts, part)
	}
	if sum != e.Amount {
		return []Entry{e}, false
	}
	return parts, true
}

// detail fills in what a transaction says: of money that came in, who sent it.
func (e *Entry) detail(d *node, out bool) {
	party := "Dbtr"
	if out {
		party = "Cdtr"
	}
	e.Name = d.first("RltdPties/"+party+"/Pty/Nm", "RltdPties/"+party+"/Nm", "RltdPties/Ultmt"+party+"/Pty/Nm", "RltdPties/Ultmt"+party+"/Nm")
	e.IBAN = strings.ReplaceAll(d.first("RltdPties/"+party+"Acct/Id/IBAN", "RltdPties/"+party+"Acct/Id/Othr/Id"), " ", "")
	for _, st := range d.at("RmtInf").all("Strd") {
		if e.Reference == "" {
			e.Reference = st.first("CdtrRefInf/Ref")
		}
	}
	if end := d.first("Refs/EndToEndId"); e.Reference == "" && end != "NOTPROVIDED" {
		e.Reference = end
	}
	var said []string
	for _, u := range d.at("RmtInf").all("Ustrd") {
		said = append(said, u.text)
	}
	for _, st := range d.at("RmtInf").all("Strd") {
		for _, a := range st.all("AddtlRmtInf") {
			said = append(said, a.text)
		}
	}
	if purpose := Line(strings.Join(said, " ")); purpose != "" {
		e.Purpose = purpose
	} else if more := d.first("AddtlTxInf"); more != "" {
		e.Purpose = more
	}
	if e.ID == "" {
		e.ID = d.first("Refs/AcctSvcrRef", "Refs/TxId")
	}
}

// amountOf reads the amount with the sign of CdtDbtInd of the element around it.
func amountOf(amt, around *node) (money.Amount, Kind) {
	c := money.Currency(amt.ccy)
	a, err := decimal(amt.text, c)
	if err != nil || !c.Known() {
		return a, BadAmount
	}
	switch around.first("CdtDbtInd") {
	case "CRDT":
		return a, ""
	case "DBIT":
		return a.Neg(), ""
	}
	return a, BadSign
}

var decimals = regexp.MustCompile(`^\+?(\d*)(?:\.(\d{0,2})0*)?$`)

// decimal reads an amount as the schema has it: with up to five decimals, of which
// those below a cent are nothing.
func decimal(text string, c money.Currency) (money.Amount, error) {
	m := decimals.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil || m[1]+m[2] == "" {
		return money.Amount{}, money.ErrAmount
	}
	return money.Parse("0"+strings.TrimLeft(m[1], "0")+"."+(m[2] + "00")[:2], "en", c)
}

// dayOf reads a day, alone or with the time of day.
func dayOf(n *node) civil.Date {
	text := n.first("Dt", "DtTm")
	if text == "" {
		text = Line(n.text)
	}
	d, err := civil.Parse(text[:min(10, len(text))])
	if err != nil {
		return civil.Date{}
	}
	return d
}

func (t *totals) note(n *node) {
	a, kind := amountOf(n.at("Amt"), n)
	if kind != "" {
		return
	}
	switch n.first("Tp/CdOrPrtry/Cd") {
	case "OPBD", "PRCD":
		t.opening, t.both[0] = a, true
	case "CLBD":
		t.closing, t.both[1], t.line = a, true, n.line
	}
}

func (t *totals) add(a money.Amount) {
	sum, err := money.Add(t.sum, a)
	if err != nil {
		t.broken = true
		return
	}
	t.sum = sum
}

// balance says if the entries are not what lies between the balances.
func (r *reader) balance() {
	t, s := r.totals, &r.list[len(r.list)-1]
	if !t.both[0] || !t.both[1] || t.broken {
		return
	}
	if end, err := money.Add(t.opening, t.sum); err != nil || end.Minor() != t.closing.Minor() {
		s.wrong(t.line, BadBalance, t.closing.String())
	}
}
