package accounts

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"github.com/asociacija/asociacija/internal/platform/fault"
)

// refused are passwords that any list of the most frequent ones begins with,
// here and elsewhere, as far as they are long enough.
var refused = []string{
	"1234567890", "12345678910", "0123456789", "123123123123", "0987654321", "9876543210", "qwertyuiop", "qwertzuiop",
	"password123", "password1234", "passwordpassword", "geslo12345", "geslo123456", "gesloGeslo", "geslogeslo", "mojegeslo1",
	"mojegeslo123", "slovenija1", "slovenija123", "ljubljana1", "ljubljana123", "asociacija", "asociacija1", "asociacija123",
	"1q2w3e4r5t", "1qaz2wsx3edc", "iloveyou123", "administrator", "welcome123", "changeme123", "abcdefghij",
}

// checkPassword returns the fault of a password that is too easy for the account.
func checkPassword(password string, a Account) error {
	low := strings.ToLower(password)
	local, _, _ := strings.Cut(emailKey(a.Email), "@")
	one, _ := utf8.DecodeRuneInString(low)
	switch n := utf8.RuneCountInString(password); {
	case n < 10:
		return fault.In("password", "accounts.password.short", "least", 10)
	case n > 200:
		return fault.In("password", "accounts.password.long", "most", 200)
	case low == emailKey(a.Email), low == local, low == strings.ToLower(a.Name):
		return fault.In("password", "accounts.password.yours")
	case strings.Trim(low, string(one)) == "",
		slices.ContainsFunc(refused, func(r string) bool { return strings.EqualFold(r, password) }):
		return fault.In("password", "accounts.password.easy")
	}
	return nil
}

// Work of one hash, by OWASP's advice for argon2id: 19 MiB, two passes.
const (
	hashMemory = 19 * 1024
	hashPasses = 2
	hashForm   = "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
)

// nobodys is the hash of no password: it makes an unknown address cost what a
// known one costs.
var nobodys = fmt.Sprintf(hashForm, hashMemory, hashPasses, 1, "bm9ib2R5J3Mgc2FsdCE", strings.Repeat("A", 43))

// alone waits for one of the few places in which hashes are made, for each takes
// 19 MiB; a crowd is told to come back.
func (d *Desk) alone(ctx context.Context, f func()) error {
	patience := time.NewTimer(5 * time.Second)
	defer patience.Stop()
	select {
	case d.hashing <- struct{}{}:
		defer func() { <-d.hashing }()
		f()
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-patience.C:
		return slowDown()
	}
}

// hash makes the text that is kept of a password.
func (d *Desk) hash(ctx context.Context, password string) (kept string, err error) {
	salt := make([]byte, 16)
	rand.Read(salt)
	err = d.alone(ctx, func() {
		sum := argon2.IDKey(norm.NFC.Bytes([]byte(password)), salt, hashPasses, hashMemory, 1, 32)
		kept = fmt.Sprintf(hashForm, hashMemory, hashPasses, 1, raw(salt), raw(sum))
	})
	return kept, err
}

// matches reports whether kept was made of the password. An empty kept is
// nobody's, and costs the same.
func (d *Desk) matches(ctx context.Context, password, kept string) (same bool, err error) {
	known := kept != ""
	if !known {
		kept = nobodys
	}
	if utf8.RuneCountInString(password) > 200 {
		password = "" // no kept password is as long, nor empty
	}
	form := strings.NewReplacer("$", " ", ",", " ").Replace(kept)
	var memory, passes uint32
	var lanes uint8
	var salt, sum string
	if _, err := fmt.Sscanf(form, " argon2id v=19 m=%d t=%d p=%d %s %s", &memory, &passes, &lanes, &salt, &sum); err != nil {
		return false, fmt.Errorf("accounts: read password hash: %w", err)
	}
	saltBytes, err1 := base64.RawStdEncoding.DecodeString(salt)
	sumBytes, err2 := base64.RawStdEncoding.DecodeString(sum)
	if err1 != nil || err2 != nil || passes == 0 || lanes == 0 || memory > 1<<20 || len(sumBytes) < 16 {
		return false, fmt.Errorf("accounts: password hash is damaged")
	}
	err = d.alone(ctx, func() {
		got := argon2.IDKey(norm.NFC.Bytes([]byte(password)), saltBytes, passes, memory, lanes, uint32(len(sumBytes)))
		same = subtle.ConstantTimeCompare(got, sumBytes) == 1 && known
	})
	return same, err
}

func raw(b []byte) string { return base64.RawStdEncoding.EncodeToString(b) }

// newToken makes a secret to hand out, and what is kept of it.
func newToken() (token, hash string) {
	b := make([]byte, 32)
	rand.Read(b)
	token = base64.RawURLEncoding.EncodeToString(b)
	return token, tokenHash(token)
}

// tokenHash is what is kept of a token. It is looked up by index: whoever could
// measure the comparison would learn about the hash, which is of no use to them.
func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return raw(sum[:])
}
