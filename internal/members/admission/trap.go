package admission

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// Nobody fills in the form faster, and nobody needs longer.
const (
	fastest = 3 * time.Second
	slowest = 24 * time.Hour
)

// stamp writes an instant that only we can write.
func stamp(key []byte, at time.Time) string {
	when := strconv.FormatInt(at.Unix(), 36)
	return when + "." + signed(key, when)
}

func signed(key []byte, when string) string {
	sum := hmac.New(sha256.New, key)
	sum.Write([]byte("form " + when))
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil)[:18])
}

// filled reports whether the form that bore the stamp was filled in at the pace of
// people.
func filled(key []byte, stamp string, now time.Time) bool {
	when, sum, _ := strings.Cut(stamp, ".")
	unix, err := strconv.ParseInt(when, 36, 64)
	if err != nil || !hmac.Equal([]byte(sum), []byte(signed(key, when))) {
		return false
	}
	took := now.Sub(time.Unix(unix, 0))
	return took >= fastest-time.Second && took <= slowest
}

// hidden is what stands for an address where tries are counted.
func hidden(key []byte, address string) string {
	sum := hmac.New(sha256.New, key)
	sum.Write([]byte("address " + address))
	return hex.EncodeToString(sum.Sum(nil)[:16])
}

// hashOf is what is kept of a token.
func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
