package statement

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
)

// A Column says what a column of a CSV file holds.
type Column string

// The columns. A file has an amount with its sign, an amount and a column that says
// the sign, or money in and money out in columns of their own.
const (
	Nothing   Column = ""
	Day       Column = "day"
	Value     Column = "value"
	Amount    Column = "amount"
	Sign      Column = "sign"
	In        Column = "in"
	Out       Column = "out"
	Name      Column = "name"
	Account   Column = "account" // of the payer
	Reference Column = "reference"
	Purpose   Column = "purpose"
	ID        Column = "id"
)

// Columns are all columns in the order in which they are offered.
func Columns() []Column {
	return []Column{Day, Value, Amount, Sign, In, Out, Name, Account, Reference, Purpose, ID}
}

// A Sheet is a CSV file as it stands.
type Sheet struct {
	Head  []string
	Rows  [][]string
	Lines []int // of each row
	Wrong []Problem
}

// ReadSheet reads a CSV file, its cells parted by semicolons, commas or tabs. The
// head is the first row that has a word we know for a day and one for an amount;
// rows above it, in which banks tell of the account, are left out.
func ReadSheet(raw []byte) (Sheet, error) {
	if len(raw) > MaxBytes {
		return Sheet{}, fmt.Errorf("statement: %w", ErrBig)
	}
	text := decode(raw)
	if strings.ContainsRune(text, 0) || strings.TrimSpace(text) == "" {
		return Sheet{}, fmt.Errorf("statement: %w", ErrFormat)
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(text), -1, true
	var s Sheet
	for {
		row, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return Sheet{}, fmt.Errorf("statement: %w", ErrFormat)
		}
		line, _ := r.FieldPos(0)
		if slices.ContainsFunc(row, func(cell string) bool { return swallows(cell, r.Comma) }) {
			s.Wrong = append(s.Wrong, Problem{line, BadRow, Line(strings.Join(row, " "))})
		}
		for i := range row {
			row[i] = Line(row[i])
		}
		if s.Rows, s.Lines = append(s.Rows, row), append(s.Lines, line); len(s.Rows) > MaxEntries+100 {
			return Sheet{}, fmt.Errorf("statement: %w", ErrBig)
		}
	}
	head := slices.IndexFunc(s.Rows, func(row []string) bool {
		m := Guess(row)
		return slices.Contains(m, Day) && (slices.Contains(m, Amount) || slices.Contains(m, In))
	})
	if head = max(head, 0); len(s.Rows) < 2 || len(s.Rows[head]) < 2 {
		return Sheet{}, fmt.Errorf("statement: %w", ErrFormat)
	}
	s.Head, s.Rows, s.Lines = s.Rows[head], s.Rows[head+1:], s.Lines[head+1:]
	return s, nil
}

// separator is the sign that most of the first lines have the most of.
func separator(text string) rune {
	best, most := ';', 0
	for _, sign := range []rune{';', '\t', ','} {
		n := 0
		for i, line := range strings.SplitN(text, "\n", 20) {
			if i < 19 {
				n += min(strings.Count(line, string(sign)), 30)
			}
		}
		if n > most {
			best, most = sign, n
		}
	}
	return best
}

// swallows reports whether rows stand in a cell: a quote before them is not closed.
func swallows(cell string, separator rune) bool {
	_, below, found := strings.Cut(cell, "\n")
	return found && slices.ContainsFunc(strings.Split(below, "\n"), func(line string) bool { return strings.Count(line, string(separator)) > 1 })
}

// heads are words of the heads of banks' files, folded.
var heads = []struct {
	is    Column
	words []string
}{
	{Value, []string{"datum valute", "valuta placila", "value date"}},
	{Day, []string{"datum knjizenja", "datum transakcije", "datum placila", "datum prometa", "datum", "booking date", "date", "day"}},
	{In, []string{"dobro", "v dobro", "priliv", "prilivi", "promet v dobro", "znesek v dobro", "credit", "paid in"}},
	{Out, []string{"breme", "v breme", "odliv", "odlivi", "promet v breme", "znesek v breme", "debit", "paid out"}},
	{Sign, []string{"predznak", "smer", "vrsta prometa", "tip", "dobro breme", "sign", "direction", "cdtdbtind"}},
	{Amount, []string{"znesek", "znesek placila", "znesek transakcije", "amount"}},
	{Account, []string{"racun placnika", "trr placnika", "iban placnika", "racun partnerja", "iban partnerja", "protiracun", "iban", "racun", "account", "counterparty account"}},
	{Name, []string{"naziv placnika", "ime placnika", "placnik", "placnik prejemnik", "udelezenec", "naziv partnerja", "partner", "naziv", "ime", "payer", "name", "counterparty"}},
	{Reference, []string{"referenca v dobro", "sklic v dobro", "referenca prejemnika", "sklic prejemnika", "sklic", "referenca", "reference"}},
	{Purpose, []string{"namen", "namen placila", "opis", "opis placila", "purpose", "description", "details"}},
	{ID, []string{"id transakcije", "id prometa", "stevilka transakcije", "id", "transaction id"}},
}

// Guess says what the columns of a head hold, each at most once.
func Guess(head []string) []Column {
	m := make([]Column, len(head))
	for _, h := range heads {
	words:
		for _, w := range h.words {
			for i, cell := range head {
				if m[i] == Nothing && fold(cell) == w {
					m[i] = h.is
					break words
				}
			}
		}
	}
	return m
}

// fold is s in small letters without diacritics and signs.
func fold(s string) string {
	return strings.Join(strings.FieldsFunc(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// Fits reports whether the mapping says where the day and the amount are.
func Fits(m []Column) bool {
	has := func(c Column) bool { return slices.Contains(m, c) }
	return has(Day) && (has(Amount) || has(In)) && !(has(Amount) && has(In))
}

// Statement reads the rows by the mapping, in the currency of the account.
func (s Sheet) Statement(m []Column, account string, c money.Currency) (Statement, error) {
	if !Fits(m) {
		return Statement{}, fmt.Errorf("statement: columns: %w", ErrFormat)
	}
	out := Statement{Account: account, Currency: c, Problems: slices.Clone(s.Wrong)}
	d := s.meaning(m)
	for i, row := range s.Rows {
		if strings.Join(row, "") == "" {
			continue
		}
		cell := func(c Column) string {
			if i := slices.Index(m, c); i >= 0 && i < len(row) {
				if c == Sign && fold(row[i]) == "d" {
					return d
				}
				return strings.TrimPrefix(row[i], "'")
			}
			return ""
		}
		line := s.Lines[i]
		if len(row) < 2 {
			out.wrong(line, BadRow, strings.Join(row, " "))
			continue
		}
		day, err := civil.ParseHuman(dayPart(cell(Day)))
		if err != nil {
			out.wrong(line, BadDay, cell(Day))
			continue
		}
		amount, kind, said := amountIn(cell, c)
		if kind != "" {
			out.wrong(line, kind, said)
			continue
		}
		e := Entry{Line: line, Day: day, Amount: amount, Name: cell(Name), IBAN: strings.ReplaceAll(cell(Account), " ", ""), Reference: cell(Reference), Purpose: cell(Purpose), ID: cell(ID)}
		if v, err := civil.ParseHuman(dayPart(cell(Value))); err == nil {
			e.Value = v
		}
		if out.Entries = append(out.Entries, e); out.From.IsZero() || day.Before(out.From) {
			out.From = day
		}
		if out.To.Before(day) {
			out.To = day
		}
	}
	out.keys()
	return out, nil
}

// meaning is what D says in the column of signs: dobro beside B for breme, and debit
// beside C or K for credit. Alone it says nothing.
func (s Sheet) meaning(m []Column) string {
	at := slices.Index(m, Sign)
	for _, row := range s.Rows {
		if at < 0 || at >= len(row) {
			continue
		}
		switch fold(row[at]) {
		case "b":
			return "dobro"
		case "c", "k":
			return "debit"
		}
	}
	return "D"
}

// dayPart leaves out a time of day behind a day.
func dayPart(s string) string {
	if i := strings.IndexByte(s, ':'); i > 0 {
		if j := strings.LastIndexAny(s[:i], " T"); j > 0 {
			return s[:j]
		}
	}
	return s
}

// amountIn reads the amount of a row, in whichever columns it is.
func amountIn(cell func(Column) string, c money.Currency) (money.Amount, Kind, string) {
	if in, out := cell(In), cell(Out); in != "" || out != "" {
		a, ok1 := amountOfCell(in, c)
		b, ok2 := amountOfCell(out, c)
		if !ok1 || !ok2 || !a.IsZero() && !b.IsZero() {
			return a, BadAmount, in + " " + out
		}
		if a.IsZero() {
			return money.Of(-abs(b.Minor()), c), "", ""
		}
		return a, "", ""
	}
	a, ok := amountOfCell(cell(Amount), c)
	if !ok || cell(Amount) == "" {
		return a, BadAmount, cell(Amount)
	}
	switch fold(cell(Sign)) {
	case "":
		if strings.TrimSpace(cell(Sign)) == "-" {
			return money.Of(-abs(a.Minor()), c), "", ""
		}
		return a, "", ""
	case "crdt", "cr", "c", "credit", "d v dobro", "v dobro", "dobro", "priliv", "in", "k":
		return money.Of(abs(a.Minor()), c), "", ""
	case "dbit", "dr", "debit", "v breme", "breme", "b", "odliv", "out":
		return money.Of(-abs(a.Minor()), c), "", ""
	}
	return a, BadSign, cell(Sign)
}

func abs(n int64) int64 { return max(n, -n) }

// amountOfCell reads a number as the file writes it. Where both signs stand, the last
// parts the cents; a single one does so unless three digits follow.
func amountOfCell(s string, c money.Currency) (money.Amount, bool) {
	if s = strings.TrimPrefix(s, "+"); s == "" {
		return money.Of(0, c), true
	}
	lang := "sl"
	if i := strings.LastIndexAny(s, ".,"); i >= 0 && s[i] == '.' && (strings.Contains(s[:i], ",") || len(s)-i != 4) {
		lang = "en"
	}
	a, err := money.Parse(s, lang, c)
	return a, err == nil
}
