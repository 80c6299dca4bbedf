package czechoslovak

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// sentences are those of the real acts of a language that are read, each once.
func sentences(t *testing.T, folder string) []string {
	files, err := filepath.Glob(filepath.Join(realtexts.Path(t, "law", "triples", folder), "*", "act.md"))
	if err != nil || len(files) == 0 {
		t.Fatal("no acts: ", err)
	}
	var out []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, in := range Read(lawtext.Parse(string(b))) {
			if in.Refused == nil && in.Ops[0].Act != "" && !strings.Contains(in.Text, "„…“") && len(in.Text) < 300 {
				out = append(out, in.Text)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// A word of an instruction that is dropped, or has changed places with the next,
// leads to a refusal or to the same operations, or to a note where the two differ.
// Numbers and quotations are no words: without them another instruction is left;
// numbers are the letters of annexes and tables too ("V prílohe D bode 5"). So is
// "nad" before §: "nadpis nad § 3" and "nadpis § 3" are two headings.
func TestDroppedAndSwappedWords(t *testing.T) {
	for _, c := range []struct{ lang, folder string }{{"sk", "sk"}, {"cs", "cz"}} {
		same, refused, noted, other := 0, 0, 0, 0
		for _, text := range sentences(t, c.folder) {
			want := tellAll(read(c.lang, text))
			toks := scan(text)
			try := func(words []string) {
				switch got := tellAll(read(c.lang, strings.Join(words, " "))); {
				case got == want:
					same++
				case strings.Contains(got, "refused") || got == "":
					refused++
				case strings.ReplaceAll(want, "/sen end", " end") == got: // na konci [vety]: "end-unnamed", see amend.Outcome
					noted++
				default:
					if other++; other < 40 {
						t.Logf("%s\n   %s\n   %s", strings.Join(words, " "), want, got)
					}
				}
			}
			var words []string
			for _, k := range toks {
				words = append(words, text[k.start:k.end])
			}
			for i, k := range toks {
				if k.sort != word || names(lexicons[c.lang], k.low()) || headingAbove(lexicons[c.lang], toks[i:]) || i > 0 && annexNumber(k.text) || k.text == "a" && i > 0 && toks[i-1].sort == number && i+1 < len(toks) && toks[i+1].text == "se" { // § 21 a se vypouští
					continue
				}
				try(slices.Delete(slices.Clone(words), i, i+1))
				if i+1 < len(toks) && toks[i+1].sort == word {
					swapped := slices.Clone(words)
					swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
					try(swapped)
				}
			}
		}
		realtexts.Measured(t, "a word dropped or swapped", "never another operation", "Slovak and Czech acts", "%s: %d read the same, %d refused, %d noted where it matters, %d read otherwise", c.lang, same, refused, noted, other)
		if all := same + refused + noted + other; other > 0 {
			t.Errorf("%s: %d of %d are read otherwise", c.lang, other, all)
		}
	}
}

// names reports whether a word names a place or an epoch of its own: without
// "nadpis", "príloha" or "doterajší" another instruction is left.
func names(l *lexicon, w string) bool {
	for _, u := range l.units {
		if (u.unit == lawtext.Annex || u.unit == lawtext.Part || u.unit == lawtext.Table || u.unit == lawtext.Row || u.unit == column) && u.read(w) != 0 {
			return true
		}
	}
	for _, table := range [][]noun{l.heading, l.footnote, l.mark} {
		for _, n := range table {
			if n.read(w) != 0 {
				return true
			}
		}
	}
	return stems(w, l.old) || strings.HasPrefix(w, "úvodn") || l.ordinal(w) != ""
}

// headingAbove reports whether words begin with "nad §".
func headingAbove(l *lexicon, toks []token) bool {
	return len(toks) > 1 && oneOf(toks[0].low(), l.above) && toks[1].text == "§"
}

// annexNumber reports whether a word is the number of an annex or a table: D, IV, MI-.
func annexNumber(w string) bool {
	return len(w) == 1 && capital(w) || isRoman(w) || strings.HasSuffix(w, "-")
}

func tellAll(list []amend.Instruction) string {
	var out []string
	for _, in := range list {
		out = append(out, told(in))
	}
	return strings.Join(out, " // ")
}

func FuzzRead(f *testing.F) {
	f.Add("##### Čl. I\n\nZákon č. 1/2000 Z. z. sa mení takto:\n\n1.\n\n§ 1 znie:\n\n„§ 1 Text „x“.“.\n\n2.\n\nV § 2 ods. 1 písm. a) sa slová „a“ nahrádzajú slovami „b“ a na konci sa pripája táto veta: „C.“.\n")
	f.Add("##### Čl. I\n\nZákon č. 1/2000 Sb. se mění takto:\n\n- 1. V § 2 se za odstavec 1 vkládá nový odstavec 2, který zní:\n\n„(2) Text.^1)\n\n^1) Poznámka.“.\n\nDosavadní odstavec 2 se označuje jako odstavec 3.\n")
	f.Add("„\"“”\n1.\n§ a) ^1) [x](y) v § na konci textu včetně poznámky pod čarou č.")
	f.Fuzz(func(t *testing.T, text string) {
		for _, lang := range []string{"sk", "cs"} {
			a := lawtext.ParseIn(lang, text)
			a.Lang = lang
			for _, in := range Read(a) {
				if in.Refused == nil && len(in.Ops) == 0 {
					t.Errorf("neither operations nor a refusal: %q", in.Text)
				}
				if in.Span.Start < 0 || in.Span.End > len(text) || in.Span.Start > in.Span.End {
					t.Errorf("a span outside of the text: %v of %d", in.Span, len(text))
				}
			}
			read(lang, text)
		}
	})
}
