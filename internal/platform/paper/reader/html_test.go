package reader

import (
	"strings"
	"testing"
)

func TestHTML(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, page, want string }{
		{"blocks and spaces", "<!doctype html><title>Naslov</title><h1> A\n b </h1><p>c<b>d</b> e&nbsp;f<p>g<br>h", "A b\ncd e\u00a0f\ng\nh"},
		{"script and style", "<html><style>x{}</style><p>a<script>if (a<b) '</p>'</script>b<noscript>c</noscript>", "ab"},
		{"lists", `<ol type=a start=3><li>x<li>y<ul><li>z</ul><li value=9>w</ol><ul><li><p>v</p><p>u</p></ul>`, "c. x\nd. y\n– z\ni. w\n– v\nu"},
		{"roman", `<ol type=I><li>x<li>y</ol>`, "I. x\nII. y"},
		{"table", "<table><tr><th>a</th> <td><p>b</p><p>c</p></td></tr>\n<tr><td>d<td></tr></table>e", "a\tb c\nd\ne"},
		{"main", "<body><header>glava</header><nav>meni</nav><main><header>Zakon</header><p>člen</main><footer>noga</footer>", "Zakon\nčlen"},
		{"no main", "<body><nav>meni</nav><p>člen", "meni\nčlen"},
		{"pre", "<div><pre>a\n  b</pre>c", "a\n  b\nc"},
		{"comment first", "<!-- x > y --><p>a", "a"},
		{"entities", "<p>&scaron;ola &#269; &lt;p&gt;", "šola č <p>"},
		{"windows-1250 by meta", "<html><meta charset=windows-1250><p>\x9aola \xe8", "šola č"},
		{"iso-8859-2 guessed", "<p>\xb9ola \xbelica", "šola žlica"},
		{"stray ends", "</li></ol><p>a</ul></main></td></pre>b", "a\nb"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			page := c.page
			if strings.HasPrefix(page, "</") {
				page = "<html>" + page
			}
			if got := wantText(t, []byte(page), Limits{}, c.want); got.Kind != HTML {
				t.Errorf("kind %s", got.Kind)
			}
		})
	}
	got := wantText(t, []byte("<html><title> Predlog\n zakona </title><main>a</main><nav>b</nav>"), Limits{}, "a")
	if got.Title != "Predlog zakona" || strings.Join(got.Notes, " ") != NoteMain {
		t.Errorf("title %q, notes %q", got.Title, got.Notes)
	}
	if got := wantText(t, []byte("Če je a < b, velja <b>. Glej <html>."), Limits{}, "Če je a < b, velja <b>. Glej <html>."); got.Kind != TXT {
		t.Errorf("kind %s, want txt", got.Kind)
	}
}
