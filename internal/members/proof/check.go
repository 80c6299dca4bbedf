package proof

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/internal/members"
)

// A Reading is what a file that is said to be an extract tells of itself, whatever it
// is: nothing of it is believed.
type Reading struct {
	Hash string // SHA-256, hexadecimal
	Size int64
	Code string // by which it would be checked; empty if it names none
}

// code finds the address at which an extract is checked. It stands in each file of
// one: in the last line of the table, in the properties of the PDF, in the JSON.
var code = regexp.MustCompile(`/check/([2-9a-km-z]{20})\b`)

// Read reads a file to its end, in little memory.
func Read(r io.Reader) (Reading, error) {
	var is Reading
	sum := sha256.New()
	var tail []byte
	buf := make([]byte, 64<<10)
	for {
		n, err := r.Read(buf)
		if n > 0 {
			sum.Write(buf[:n])
			is.Size += int64(n)
			if is.Code == "" {
				// A code may lie across two readings.
				tail = append(tail, buf[:n]...)
				if m := code.FindSubmatchIndex(tail); m != nil && m[3] < len(tail) {
					is.Code = string(tail[m[2]:m[3]])
				}
				tail = slices.Clone(tail[max(0, len(tail)-64):])
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return is, err
		}
	}
	if m := code.FindSubmatch(tail); is.Code == "" && m != nil {
		is.Code = string(m[1])
	}
	is.Hash = hex.EncodeToString(sum.Sum(nil))
	return is, nil
}

// CodeOf is the code in what somebody pasted: the code, with spaces in it, or the
// whole address.
func CodeOf(s string) string {
	s = strings.ToLower(strings.Join(strings.Fields(s), ""))
	if _, after, is := strings.Cut(s, "/check/"); is {
		s = after
	}
	return s[:min(len(s), 64)]
}

// A Said is what an extract in JSON says of itself.
type Said struct {
	Number, Issuer, AsOf, Before, Check string
	Members, WithProof                  int
}

// ReadJSON reads an extract in JSON and returns why it contradicts itself, if it
// does: counts that are not those of its members, members without a name or out of
// number.
func ReadJSON(raw []byte) (Said, error) {
	var w wire
	if err := json.NewDecoder(bytes.NewReader(raw)).Decode(&w); err != nil {
		return Said{}, fmt.Errorf("it is no JSON: %w", err)
	}
	said := Said{w.Number, w.Issuer, w.AsOf.String(), w.Before, w.Check, len(w.Members), w.WithProof}
	if w.Format != wireFormat {
		return said, fmt.Errorf("it is no extract: its format is %.40q", w.Format)
	}
	e := Extract{On: w.AsOf}
	e.count(w.Members)
	switch {
	case e.Organisations != w.Organisations, e.Persons != w.Persons:
		return said, fmt.Errorf("it says %d organisations and %d persons, and lists %d and %d", w.Organisations, w.Persons, e.Organisations, e.Persons)
	case e.Proven != w.WithProof:
		return said, fmt.Errorf("it says that %d have proof, and of those it lists %d do", w.WithProof, e.Proven)
	}
	for i, l := range w.Members {
		if l.No != i+1 || l.Name == "" || l.Kind != members.Organisation && l.Kind != members.Person {
			return said, fmt.Errorf("its line %d is none", i+1)
		}
	}
	return said, nil
}
