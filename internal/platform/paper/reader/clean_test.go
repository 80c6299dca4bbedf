package reader

import "testing"

// Ends of lines become LF, but where two kinds of them tell two things apart.
func TestClean_ends(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, want string }{
		{"a\r\nb\r\n", "a\nb"},
		{"a\rb\nc", "a\nb\nc"},
		{"a\r\nb\nc\n", "a\r\nb\nc"},
		{"a \r\nb\n\r\n\r\n\nc\r\n", "a\r\nb\n\nc"},
	} {
		if got, _ := clean(c.in); got != c.want {
			t.Errorf("%q: got %q, want %q", c.in, got, c.want)
		}
	}
}
