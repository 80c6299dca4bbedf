package page

import (
	"net/http"
	"testing"
)

// Who asks is told by a server of our own that stands in front, and by nobody else.
func TestOrigin(t *testing.T) {
	for _, one := range []struct {
		remote, want string
		forwarded    []string
	}{
		{"203.0.113.7:4000", "203.0.113.7", nil},
		{"203.0.113.7:4000", "203.0.113.7", []string{"198.51.100.1"}}, // made up
		{"127.0.0.1:4000", "127.0.0.1", nil},
		{"127.0.0.1:4000", "198.51.100.1", []string{"198.51.100.1"}},
		{"[::1]:4000", "2001:db8::1", []string{"2001:db8::1"}},
		{"[::ffff:10.0.0.2]:4000", "198.51.100.1", []string{"198.51.100.1"}},
		{"10.0.0.2:4000", "198.51.100.1", []string{"192.0.2.66, 198.51.100.1"}}, // the first is the asker's own word
		{"10.0.0.2:4000", "198.51.100.1", []string{"192.0.2.66", "198.51.100.1"}},
		{"10.0.0.2:4000", "10.0.0.2", []string{"unknown"}},
		{"@", "", []string{"198.51.100.1"}},
	} {
		r := &http.Request{RemoteAddr: one.remote, Header: http.Header{"X-Forwarded-For": one.forwarded}}
		if got := Origin(r); got != one.want {
			t.Errorf("%s for %q is %q, want %q", one.remote, one.forwarded, got, one.want)
		}
	}
}
