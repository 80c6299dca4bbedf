package page

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// Origin is the network address that asks, without its port. Behind a server on this
// machine or in its network it is the one that this server speaks for: else all
// people would share the tries of one address.
func Origin(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	near, err := netip.ParseAddr(host)
	if near = near.Unmap(); err != nil || !near.IsLoopback() && !near.IsPrivate() {
		return host
	}
	// Only what the nearest server has added is not for the asker to choose.
	all := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	if far, err := netip.ParseAddr(strings.TrimSpace(all[len(all)-1])); err == nil {
		return far.String()
	}
	return host
}
