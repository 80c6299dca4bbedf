package ballots

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strings"
)

// A leaf is one ballot paper. No stands on it in an open vote only.
type leaf struct {
	Receipt string `json:"r"`
	Marks   []int  `json:"m"`
	No      int    `json:"n,omitempty"`
}

// A cell of an urn is planned for cellPapers papers and takes up to twice as many;
// it is sealed as one text of always the same length.
const (
	cellPapers = 200
	cellMost   = 2 * cellPapers
)

// errNoKey says that what opens an urn is not there.
var errNoKey = errors.New("ballots: the key of the urn is gone")

// An urn key seals cells and signs slips.
type urnKey []byte

func newUrnKey() urnKey {
	k := make(urnKey, 32)
	rand.Read(k)
	return k
}

// with is the key that two halves make: neither of them tells anything of it.
func (k urnKey) with(half urnKey) urnKey {
	h := hmac.New(sha256.New, k)
	h.Write(half)
	return h.Sum(nil)
}

func (k urnKey) String() string { return hex.EncodeToString(k) }

func readUrnKey(s string) (urnKey, error) {
	k, err := hex.DecodeString(s)
	if err != nil || len(k) != 32 {
		return nil, errNoKey
	}
	return k, nil
}

func (k urnKey) cipher() (cipher.AEAD, error) {
	// Cells and slips have keys of their own, both made of this one.
	h := hmac.New(sha256.New, k)
	h.Write([]byte("cell"))
	block, err := aes.NewCipher(h.Sum(nil))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// A room of so many bytes is made for each paper: receipt, marks of up to two
// figures each, the number.
func roomOf(options int) int { return 40 + 4*options }

// seal closes a cell. Its papers are in the order of their receipts, which are
// random.
func (k urnKey) seal(place string, papers []leaf, options int) (string, error) {
	slices.SortFunc(papers, func(a, b leaf) int { return strings.Compare(a.Receipt, b.Receipt) })
	raw, err := json.Marshal(papers)
	if err != nil {
		return "", err
	}
	raw = append(raw, bytes.Repeat([]byte{' '}, max(0, cellMost*roomOf(options)-len(raw)))...)
	c, err := k.cipher()
	if err != nil {
		return "", err
	}
	nonce := make([]byte, c.NonceSize())
	rand.Read(nonce)
	return base64.StdEncoding.EncodeToString(c.Seal(nonce, nonce, raw, []byte(place))), nil
}

// open reads a cell; place is where it stands, so that cells cannot be swapped.
func (k urnKey) open(place, sealed string) ([]leaf, error) {
	raw, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		return nil, fmt.Errorf("ballots: cell %s: %w", place, err)
	}
	c, err := k.cipher()
	if err != nil {
		return nil, err
	}
	if len(raw) < c.NonceSize() {
		return nil, fmt.Errorf("ballots: cell %s is cut", place)
	}
	text, err := c.Open(nil, raw[:c.NonceSize()], raw[c.NonceSize():], []byte(place))
	if err != nil {
		return nil, fmt.Errorf("ballots: cell %s: %w", place, err)
	}
	var papers []leaf
	if err := json.Unmarshal(text, &papers); err != nil {
		return nil, fmt.Errorf("ballots: cell %s: %w", place, err)
	}
	return papers, nil
}

// place names a cell.
func place(id ID, cell int) string { return fmt.Sprintf("%s/%d", id, cell) }

// cells is how many an urn has for so many papers.
func cells(papers int64) int { return int((papers + cellPapers - 1) / cellPapers) }

// sign says that the house has shown this receipt to this elector: whoever makes up
// a receipt of their own cannot cast by it.
func (k urnKey) sign(id ID, no int, receipt string) string {
	return k.derive(fmt.Sprintf("slip|%s|%d|%s", id, no, receipt), 26)
}

// receipts are those of all papers of a ballot that weighs more than one; the first
// is the one that leads to the others.
func (k urnKey) receipts(id ID, first string, weight int64) []string {
	list := []string{first}
	for i := int64(1); i < weight; i++ {
		list = append(list, k.derive(fmt.Sprintf("paper|%s|%s|%d", id, first, i), receiptLetters))
	}
	return list
}

func (k urnKey) derive(what string, n int) string {
	h := hmac.New(sha256.New, k)
	h.Write([]byte(what))
	return alphabet.EncodeToString(h.Sum(nil))[:n]
}

// marks are who has voted, a bit for each elector.
type marks []byte

func newMarks(electors int) marks { return make(marks, (electors+7)/8) }

func (m marks) has(no int) bool { return m[(no-1)/8]&(1<<((no-1)%8)) != 0 }

func (m marks) set(no int) { m[(no-1)/8] |= 1 << ((no - 1) % 8) }

func (m marks) count() (n int) {
	for _, b := range m {
		n += bits.OnesCount8(b)
	}
	return n
}

func (m marks) String() string { return base64.StdEncoding.EncodeToString(m) }

func readMarks(s string, electors int) (marks, error) {
	m, err := base64.StdEncoding.DecodeString(s)
	if err == nil && len(m) != len(newMarks(electors)) {
		err = errors.New("wrong length")
	}
	if err != nil {
		return nil, fmt.Errorf("ballots: marks: %w", err)
	}
	return m, nil
}
