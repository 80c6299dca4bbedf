// Package statement reads what a bank says happened on an account: camt.053 of ISO
// 20022 (versions 001.02 to 001.08 and alike), and CSV with a mapping of its columns.
//
// What holds:
//
//   - An Entry has an amount that is positive for money that came in and negative
//     for money that went out, a day, and a Key that is the same whenever the same
//     entry is read again: made of the bank's own number, or where there is none
//     of all that the entry says and how many like it stood before. Of two accounts two
//     entries may have one key.
//   - What cannot be read is a Problem with its line; the rest is read all the same.
//     Only a file that is none at all is refused as a whole.
//   - XML has no document type, hence no entities, at most MaxDepth levels, and is at
//     most MaxBytes long; a statement has at most MaxEntries.
//   - Text is UTF-8, or by its letters ISO 8859-2 or Windows-1250.
package statement

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
)

// The bounds of a file.
const (
	MaxBytes   = 20 << 20
	MaxDepth   = 40
	MaxEntries = 100_000
	MaxText    = 500 // characters of each word that is kept
)

// The reasons for which a whole file is refused.
var (
	ErrFormat = errors.New("not a bank statement")
	ErrBig    = errors.New("too big")
	ErrUnsafe = errors.New("a document type is not read")
	ErrPacked = errors.New("a compressed file") // zip, gzip and such; also a workbook
	ErrPDF    = errors.New("a picture of a statement, for people to read")
)

// An Entry is one movement on the account.
type Entry struct {
	Line      int // of the file
	Amount    money.Amount
	Day       civil.Date // booked
	Value     civil.Date // from which the bank counts it; may be none
	Name      string     // who paid, or was paid
	IBAN      string     // their account, as the bank writes it
	Reference string     // as the bank writes it; may be none
	Purpose   string
	ID        string // the bank's own
	Reversal  bool   // money that came or went before goes back
	Key       string

	number string // of the line in its statement
}

// A Problem is what could not be read.
type Problem struct {
	Line int
	Kind Kind
	Said string // the word that is wrong, if there is one
}

// A Kind says what is wrong.
type Kind string

// The kinds.
const (
	BadAmount  Kind = "amount"
	BadDay     Kind = "day"
	BadSign    Kind = "sign"     // neither credit nor debit
	BadRow     Kind = "row"      // a row with too few cells
	BadSum     Kind = "sum"      // the parts of an entry are not its amount; it is read as one
	BadBalance Kind = "balance"  // opening balance and entries are not the closing balance
	NotBooked  Kind = "pending"  // announced and not booked: not counted
	BadXML     Kind = "xml"      // the file breaks off or is broken here
	Reversed   Kind = "reversal" // money that came or went before goes back; it is read
	OtherMoney Kind = "currency" // in another currency than the account of the house
	OtherHouse Kind = "account"  // a statement of another account
	NoAccount  Kind = "unnamed"  // the statement does not say of which account it is
)

// A Statement is what was read.
type Statement struct {
	ID       string
	Account  string // empty where the file does not say
	Currency money.Currency
	From, To civil.Date
	Entries  []Entry
	Problems []Problem
}

// wrong notes what could not be read.
func (s *Statement) wrong(line int, k Kind, said string) {
	s.Problems = append(s.Problems, Problem{line, k, Line(said)})
}

// keys gives each entry the name by which it is known again.
func (s *Statement) keys() {
	seen := map[string]int{}
	for i := range s.Entries {
		e := &s.Entries[i]
		said := []string{"id", e.ID}
		if e.ID == "" {
			said = []string{"entry", e.Day.String(), e.Amount.String(), e.Name, e.IBAN, e.Reference, e.Purpose, e.number}
		} else {
			// Some banks give one number to all parts of a batch.
			said = append(said, e.Day.String(), e.Amount.String())
		}
		text := strings.Join(said, "\x00")
		seen[text]++
		sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d", text, seen[text]))
		e.Key = hex.EncodeToString(sum[:16])
	}
}

// Line is s on one line, composed, and no longer than is kept.
func Line(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
	s = norm.NFC.String(strings.Join(strings.Fields(s), " "))
	if len(s) <= MaxText {
		return s
	}
	if r := []rune(s); len(r) > MaxText {
		return string(r[:MaxText])
	}
	return s
}

// packed are the first bytes of files that hold others.
var packed = []string{"PK\x03\x04", "PK\x05\x06", "\x1f\x8b", "BZh", "\xfd7zXZ\x00", "7z\xbc\xaf\x27\x1c", "Rar!", "\x28\xb5\x2f\xfd", "\xd0\xcf\x11\xe0"}

// Sniff returns why a file cannot be a statement, by how it begins: ErrPacked or ErrPDF.
func Sniff(raw []byte) error {
	head := string(raw[:min(len(raw), 1024)])
	for _, p := range packed {
		if strings.HasPrefix(head, p) {
			return fmt.Errorf("statement: %w", ErrPacked)
		}
	}
	if strings.HasPrefix(strings.TrimLeft(head, "\x00\ufeff \r\n\t"), "%PDF-") {
		return fmt.Errorf("statement: %w", ErrPDF)
	}
	return nil
}
