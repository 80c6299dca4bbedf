package app

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/country"
	"github.com/asociacija/asociacija/country/si"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/members/ballots"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/intake"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/members/own"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/consult"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// A said is a string of the code that may be the key of a sentence.
type said struct {
	file string
	text string
	plus bool   // something is added behind it
	call string // the function it is an argument of: "T", "fault.In", "audit.Note", …
	arg  int    // which one, from zero
}

// keyish is what keys, deeds, rights and kinds of jobs look like.
var keyish = regexp.MustCompile(`^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*\.?$`)

// spoken are all such strings of the program, tests apart. What the templates say
// stands in the Go that is made of them.
func spoken(t *testing.T) []said {
	t.Helper()
	var list []said
	for _, dir := range []string{"../../internal", "../../cmd", "../../engine", "../../country"} {
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.Contains(name, "storetest") {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err == nil {
				list = append(list, saidIn(name, f)...)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return list
}

func saidIn(name string, f *ast.File) (list []said) {
	var above []ast.Node
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil {
			above = above[:len(above)-1]
			return true
		}
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if text, err := strconv.Unquote(lit.Value); err == nil && keyish.MatchString(text) && !strings.HasSuffix(text, ".templ") {
				list = append(list, place(said{file: name, text: text}, n, above))
			}
		}
		above = append(above, n)
		return true
	})
	return list
}

// place says where a string stands, by what is above it, innermost last.
func place(s said, n ast.Node, above []ast.Node) said {
	for i := len(above) - 1; i >= 0; i-- {
		switch up := above[i].(type) {
		case *ast.BinaryExpr:
			if s.plus = s.plus || up.X == n; up.Op != token.ADD {
				return s
			}
		case *ast.CallExpr:
			s.arg = slices.IndexFunc(up.Args, func(a ast.Expr) bool { return a == n })
			switch fun := up.Fun.(type) {
			case *ast.Ident:
				s.call = fun.Name
			case *ast.SelectorExpr:
				s.call = fun.Sel.Name
				if of, ok := fun.X.(*ast.Ident); ok && (of.Name == "fault" || of.Name == "audit" || of.Name == "page") {
					s.call = of.Name + "." + s.call
				}
			}
			return s
		case *ast.CompositeLit:
			if kind, ok := up.Type.(*ast.SelectorExpr); ok {
				s.call = kind.Sel.Name
			}
			return s
		case *ast.ParenExpr, *ast.KeyValueExpr:
		default:
			return s
		}
		n = above[i]
	}
	return s
}

// deedAt is the argument in which a function is told the name of a deed.
var deedAt = map[string]int{"audit.Note": 3, "change": 3, "end": 2, "write": 4, "alter": 4, "restand": 4, "Note": 1, "moving": 4, "attendee": 4}

// Whatever the program says has a sentence: each key that is handed to T or to a
// fault, each "said" after a deed, and each string that begins like a key.
func TestWords_said(t *testing.T) {
	t.Parallel()
	book := vocabulary(t)
	has, keys, desks := book.In("sl").Has, book.Keys("sl"), map[string]bool{}
	for _, key := range keys {
		desk, _, _ := strings.Cut(key, ".")
		desks[desk] = true
	}
	begins := func(with string) bool {
		return slices.ContainsFunc(keys, func(key string) bool { return strings.HasPrefix(key, with) })
	}
	checked := 0
	for _, s := range spoken(t) {
		arg, named := map[string]int{"T": 0, "fault.In": 1, "fault.New": 1, "page.Go": 3}[s.call]
		desk, _, two := strings.Cut(s.text, ".")
		deed, does := deedAt[s.call]
		ok := true
		switch {
		case named && arg == s.arg && !s.plus:
			ok = has(s.text)
		case does && deed == s.arg:
			// The pages of a case tell what was done about it, and the book of the house
			// names all other deeds as they are.
			ok = desk != "cases" && desk != "outcomes" || has("book."+s.text)
		case desk == "uptake" && two: // a reason of the engine, or of the desk that asks it
			ok = has("outcomes.reason." + s.text)
		case !two || !desks[desk] || s.call == "Right" || s.call == "page.Table" || s.call == "page.Attach":
			continue
		case s.plus, strings.HasSuffix(s.text, "."):
			ok = begins(s.text)
		default:
			ok = has(s.text) || has("book."+s.text) || begins(s.text+".") || has("outcomes.reason."+s.text)
		}
		if checked++; !ok {
			t.Errorf("%s says %q, which has no sentence", s.file, s.text)
		}
	}
	if checked < 2000 {
		t.Errorf("only %d keys were found in the code", checked)
	}
}

// Whatever has a sentence is said.
func TestWords_heard(t *testing.T) {
	t.Parallel()
	said, beginnings := map[string]bool{}, []string{}
	for _, s := range spoken(t) {
		said[s.text] = true
		switch text := strings.TrimSuffix(s.text, "."); {
		case s.plus:
			beginnings = append(beginnings, s.text)
		case strings.Contains(text, ".") && s.call != "T" && s.call != "fault.In" && s.call != "fault.New":
			beginnings = append(beginnings, text+".")
		}
	}
	for _, key := range vocabulary(t).Keys("sl") {
		if deed, ok := strings.CutPrefix(key, "book."); ok && said[deed] {
			continue
		}
		if !said[key] && !slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(key, b) }) {
			t.Errorf("nobody says %s", key)
		}
	}
}

// named are sentences in which n is a name or a limit, and no count: "Predlog 2".
var named = []string{
	"cases.today.lead.many", "consult.asked.many", "law.compare.place", "positions.changed.by", "positions.changes.to", "positions.evidence.label",
	"positions.evidence.link", "positions.evidence.version", "positions.history.n", "positions.merge.with", "positions.next.open", "positions.objection.text",
	"positions.objection.who", "positions.paper.amendment", "positions.paper.objections.to", "positions.proposal.n", "positions.proposal.on",
	"positions.stage.approved", "positions.stage.draft", "positions.stage.frozen", "positions.stage.superseded", "positions.text.long", "positions.version.n",
	"public.of",
}

// Both languages have the same keys and speak of the same things; whatever counts has
// all forms of its language.
func TestWords(t *testing.T) {
	t.Parallel()
	sl, en := catalogue(t, "sl"), catalogue(t, "en")
	for key := range en {
		if sl[key] == nil {
			t.Errorf("%s is English only", key)
		}
	}
	variable := regexp.MustCompile(`{{\.(\w+)}}`)
	for key, words := range sl {
		if en[key] == nil {
			t.Errorf("%s is Slovenian only", key)
			continue
		}
		var about [2][]string
		for i, lang := range []map[string]any{sl, en} {
			forms, counts := lang[key].(map[string]any)
			if !counts {
				forms = map[string]any{"other": lang[key]}
			}
			for _, m := range variable.FindAllStringSubmatch(strings.Join(texts(forms), " "), -1) {
				about[i] = append(about[i], m[1])
			}
			slices.Sort(about[i])
			about[i] = slices.Compact(about[i])
			want := [][]string{{"few", "one", "other", "two"}, {"one", "other"}}[i]
			if got := slices.Sorted(maps.Keys(forms)); counts && !slices.Equal(got, want) {
				t.Errorf("%s counts in the forms %v, want %v", key, got, want)
			}
			if !counts && slices.Contains(about[i], "n") && !slices.Contains(named, key) {
				t.Errorf("%s counts in one form only: %v", key, words)
			}
		}
		if !slices.Equal(about[0], about[1]) {
			t.Errorf("%s speaks of %v in Slovenian, of %v in English", key, about[0], about[1])
		}
	}
}

// Every value that a page shows as a word has one.
func TestWords_values(t *testing.T) {
	t.Parallel()
	pack, err := si.Pack()
	if err != nil {
		t.Fatal(err)
	}
	has := vocabulary(t).In("sl").Has
	for _, keys := range [][]string{
		behind("law.kind.", corpus.Kinds...), behind("law.kind.one.", corpus.Kinds...),
		behind("law.stage.", corpus.Stages...), behind("law.stage.hint.", corpus.Stages...), behind("law.lead.", corpus.Stages...), behind("law.lead.on.", corpus.Stages...),
		behind("members.kind.", members.Kinds()...), behind("members.standing.", members.Standings()...), behind("members.field.", members.Fields()...),
		behind("did.members.", members.Deeds()...), behind("members.column.", intake.Columns()...), behind("members.verdict.", intake.Verdicts()...), behind("members.region.", members.Regions()...),
		behind("members.registry.", record.Registries()...), behind("members.proof.", record.Proofs()...), behind("members.form.", record.Forms()...), behind("members.eye.", members.Eyes()...),
		behind("admission.state.", admission.States()...), behind("admission.lead.", admission.States()...), behind("admission.legal.", admission.LegalForms()...),
		behind("admission.consent.", admission.Consents()...), behind("admission.consent.short.", admission.Consents()...),
		behind("admission.outcome.", admission.Outcomes()...), behind("admission.outcome.hint.", admission.Outcomes()...),
		behind("own.wish.kind.", own.WishKinds()...), behind("own.wish.state.", own.WishStates()...), behind("own.letter.wish.", own.WishKinds()...), behind("own.letter.wish.subject.", own.WishKinds()...),
		behind("own.kept.", "former", "applications", "letters"), behind("own.basis.", "former", "applications", "letters"), behind("own.erased.", "request", "retention"),
		behind("voice.state.", cases.States()...), behind("cases.kind.", cases.Kinds()...), behind("cases.breach.", cases.Classes()...), behind("cases.channel.", cases.Channels()...),
		behind("consult.stage.", consult.Stages()...), behind("consult.channel.", consult.Channels()...), behind("consult.stance.", voice.Stances()...),
		behind("positions.stance.", voice.Stances()...), behind("positions.lead.", positions.Insert, positions.Delete, positions.Keep), behind("positions.paper.wanted.", positions.Wants()...),
		behind("positions.body.", positions.Bodies()...), behind("positions.paper.decided.", positions.Bodies()...), behind("positions.paper.file.", positions.Kinds()...),
		behind("positions.paper.name.", positions.Kinds()...), behind("positions.paper.title.", positions.Kinds()...),
		behind("outcomes.channel.", outcomes.Channels()...), behind("outcomes.tenor.", outcomes.Tenors()...), behind("outcomes.verdict.", voice.Verdicts()...),
		behind("outcomes.wanted.", positions.Wants()...), behind("outcomes.paper.", positions.Kinds()...),
		behind("public.heard.", procedure.Respected, procedure.NoDeadline, procedure.TooShort, procedure.NotPutOut, procedure.NotCounted, procedure.Pending),
		behind("public.channel.", outcomes.Channels()...), behind("public.tenor.", outcomes.Tenors()...), behind("public.text.", cases.InForce, cases.Draft, cases.Adopted),
		behind("public.upshot.", "taken", "partly", "not", "silence", "waits", "no_effect"),
		behind("public.feed.", "all", "consultations", "positions", "cases"), behind("public.", "consultations", "positions", "cases"),
		behind("ballots.kind.", ballots.Kinds()...), behind("ballots.kind.hint.", ballots.Kinds()...), behind("ballots.who.", ballots.Whos()...),
		behind("ballots.state.", ballots.Prepared, ballots.Open, ballots.Closed), behind("ballots.chip.", ballots.Prepared, ballots.Open, ballots.Closed), behind("bodies.prefix.", bodies.Assembly, bodies.Board), behind("ballots.in.", ballots.Prepared, ballots.Open, ballots.Closed),
		behind("ballots.void.", ballots.Annulled, ballots.TooFew, ballots.Restored), behind("ballots.void.text.", ballots.Annulled, ballots.TooFew, ballots.Restored),
		behind("ballots.paper.void.", ballots.Annulled, ballots.TooFew, ballots.Restored), behind("ballots.method.", tally.Methods()...),
		behind("ballots.says.", tally.Methods()...), behind("ballots.paper.method.", tally.Methods()...), behind("ballots.stage.", tally.First, tally.Surplus, tally.Exclusion),
		behind("ballots.paper.stage.", tally.First, tally.Surplus, tally.Exclusion), behind("ballots.class.", tally.Blank, tally.Overfull, tally.Repeated, tally.Unknown),
		behind("ballots.paper.outcome.", tally.Passed, tally.Failed, tally.Tied), behind("", "ballots.letters", "ballots.remind", "ballots.turn", "ballots.call"),
		behind("house.kind.", "case", "consultation", "act", "provision", "member", "position", "answer", "uptake", "body", "meeting", "decision"),
		behind("bodies.kind.", bodies.Kinds()...), behind("bodies.kinds.", bodies.Kinds()...), behind("bodies.office.", bodies.Offices()...), behind("bodies.how.", bodies.Hows()...), behind("bodies.why.", bodies.Whys()...),
		behind("bodies.force.", bodies.Forces()...), behind("bodies.open.", bodies.Opennesses()...), behind("bodies.choice.", bodies.Choices()...), behind("bodies.say.", bodies.Choices()...),
		behind("bodies.state.", meetings.States()...), behind("bodies.way.", meetings.Ways()...), behind("bodies.sheet.", meetings.Sheets()...), behind("bodies.sheet.name.", meetings.Sheets()...), behind("bodies.print.", meetings.Sheets()...),
		behind("bodies.change.", meetings.Changes()...), behind("bodies.amending.", meetings.Changes()...), behind("bodies.taken.", meetings.Pending, meetings.Accepted, meetings.NotAccepted, meetings.TakenBack, meetings.Moot),
		behind("bodies.fate.", meetings.Put, meetings.Carried, meetings.Rejected, meetings.Withdrawn), behind("bodies.fate.is.", meetings.Put, meetings.Carried, meetings.Rejected, meetings.Withdrawn),
		behind("bodies.majority.of.", tally.Present, tally.Cast, tally.All),
		behind("", "accounts.sweep", "admission.sweep", "cases.digest", "cases.refresh", "consult.daily", "consult.invite", "consult.remind", "files.sweep", "jobs.sweep", "mail.send",
			"bodies.invite", "bodies.session", "bodies.minutes", "members.circular.job", "members.import.job", "members.undo.job", "positions.papers"), // work for later
		behind("", "own.ask", "own.export", "own.retain", "own.sweep"),
		behind("dues.job.", "run", "ask", "remind"),
		ofPack(pack),
	} {
		for _, key := range keys {
			if !has(key) {
				t.Errorf("%s has no sentence", key)
			}
		}
	}
}

// ofPack are the words for what the procedures of a country name.
func ofPack(pack country.Pack) (keys []string) {
	for _, p := range pack.Procedures {
		keys = append(keys, behind("cases.kind.", p.Kind)...)
		for _, phase := range p.Phases {
			keys = append(keys, behind("voice.event.", phase.Begins, phase.Ends)...)
			for _, c := range phase.Clocks {
				keys = append(keys, behind("voice.event.", c.Starts, c.Stops)...)
				keys = append(keys, behind("voice.force.", c.Force)...)
			}
		}
	}
	return keys
}

// behind are the keys of the values behind a prefix; no value has no word.
func behind[S ~string](prefix string, list ...S) (keys []string) {
	for _, one := range list {
		if one != "" {
			keys = append(keys, prefix+string(one))
		}
	}
	return keys
}

func texts(forms map[string]any) (list []string) {
	for _, text := range forms {
		s, _ := text.(string)
		list = append(list, s)
	}
	return list
}

func formsIn(catalogue map[string]any) (n int) {
	for _, words := range catalogue {
		forms, _ := words.(map[string]any)
		n += len(forms)
	}
	return n
}

// vocabulary is all words of the house.
func vocabulary(t *testing.T) *i18n.Book {
	t.Helper()
	book, err := i18n.Load(words()...)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// catalogue is all that the packages have in one language, as it stands in their files.
func catalogue(t *testing.T, lang string) map[string]any {
	t.Helper()
	all := map[string]any{}
	for _, one := range words() {
		raw, err := fs.ReadFile(one, "lang/"+lang+".json")
		if err != nil {
			t.Fatal(err)
		}
		some := map[string]any{}
		if err := json.Unmarshal(raw, &some); err != nil {
			t.Fatal(err)
		}
		maps.Copy(all, some)
		if stand := regexp.MustCompile(`"[^"\s]+":`).FindAll(raw, -1); len(stand) != len(some)+formsIn(some) {
			t.Errorf("a key stands twice in the %s words that have %s", lang, slices.Sorted(maps.Keys(some))[0])
		}
	}
	return all
}
