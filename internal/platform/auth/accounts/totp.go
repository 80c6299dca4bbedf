package accounts

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1" // RFC 6238 says so, and the apps on telephones know nothing else
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// codeSpan is for how long a code is shown; one before and one after are taken too,
// for clocks differ and people are slow.
const codeSpan = 30 * time.Second

var base32Plain = base32.StdEncoding.WithPadding(base32.NoPadding)

// newSecret makes the secret of an app: 160 bits, as RFC 4226 advises.
func newSecret() string {
	b := make([]byte, 20)
	rand.Read(b)
	return base32Plain.EncodeToString(b)
}

// stepAt numbers the code that is shown at the instant.
func stepAt(at time.Time) int64 { return at.Unix() / int64(codeSpan/time.Second) }

// codeOf is the code of a step: HOTP of RFC 4226, six digits.
func codeOf(secret []byte, step int64) string {
	var msg [8]byte
	binary.BigEndian.PutUint64(msg[:], uint64(step))
	mac := hmac.New(sha1.New, secret)
	mac.Write(msg[:])
	sum := mac.Sum(nil)
	at := sum[len(sum)-1] & 0xf
	return fmt.Sprintf("%06d", (binary.BigEndian.Uint32(sum[at:at+4])&0x7fffffff)%1_000_000)
}

// stepOf finds the step, later than used, whose code this is; zero if there is none.
func stepOf(secret, code string, used int64, at time.Time) int64 {
	key, err := base32Plain.DecodeString(secret)
	if err != nil {
		return 0
	}
	code = strings.Join(strings.Fields(code), "")
	var found int64
	for step := stepAt(at) - 1; step <= stepAt(at)+1; step++ {
		if subtle.ConstantTimeCompare([]byte(code), []byte(codeOf(key, step))) == 1 && step > used {
			found = step
		}
	}
	return found
}

// appAddress is what the picture tells an app.
func appAddress(house, email, secret string) string {
	return "otpauth://totp/" + url.PathEscape(house+":"+email) + "?" + url.Values{"secret": {secret}, "issuer": {house}}.Encode()
}

// newRecovery makes a code for when the telephone is lost: 80 bits, in groups of four.
func newRecovery() string {
	b := make([]byte, 10)
	rand.Read(b)
	s := strings.ToLower(base32Plain.EncodeToString(b))
	return s[:4] + "-" + s[4:8] + "-" + s[8:12] + "-" + s[12:]
}

// tidyRecovery is the code as it is kept, whatever stands between its groups.
func tidyRecovery(code string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '2' && r <= '7' {
			return r
		}
		return -1
	}, strings.ToLower(code))
}

// CodeAt is what an app that has the secret shows at the instant.
func CodeAt(secret string, at time.Time) string {
	key, err := base32Plain.DecodeString(secret)
	if err != nil {
		return ""
	}
	return codeOf(key, stepAt(at))
}
