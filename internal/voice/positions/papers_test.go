package positions

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var golden = flag.Bool("golden", false, "write the golden files again")

// example is a position of four proposals, invented.
func example() Snapshot {
	article := func(num string, last string) []Unit {
		return []Unit{{Kind: "article", Num: num, Label: num + ". člen"}, {Kind: "paragraph", Num: "1", Label: "(1)", Last: last}}
	}
	s := Snapshot{
		Position: "2026-07", Version: 3, Case: "2026-014", CaseTitle: "Novela Zakona o podpori neodvisni kulturi", CaseShort: "ZPNK-A",
		EVA: "2026-3355-0007", Addressee: "Ministrstvo za umetnost in ustvarjalnost", DraftLabel: "2. osnutek",
		Title: "Stališče do drugega osnutka novele Zakona o podpori neodvisni kulturi",
		Lead:  "Osnutek podpiramo, če določi, kdo izračuna najnižji honorar. Predlagamo štiri spremembe; za njimi stoji 46 od 58 organizacij.",
		Mandate: Mandate{
			Body: Board, On: civil.On(2026, 11, 27), Meeting: "9. redna seja", For: 7,
			Rule: "Statut, 31. člen: stališče do predpisa potrdi upravni odbor po posvetovanju s članstvom, ki traja vsaj 14 dni",
		},
		Asked:  Asked{From: civil.On(2026, 11, 2), Until: civil.On(2026, 11, 24), Asked: Crowd{58, 354}, Answered: Crowd{49, 88}},
		Behind: Crowd{46, 81}, Licence: licence, FrozenAt: time.Date(2026, 11, 27, 17, 20, 0, 0, time.UTC), FrozenBy: "Neža Škrbec",
		Sender: Sender{Name: "Mreža neodvisne kulture", Address: "Tesarska 9, 1000 Ljubljana", Place: "Ljubljana", URL: "https://mnk.example", Signer: "Ivo Tratar", Office: "predsednik"},
		Proposals: []Proposal{
			{
				Cite: "12. člen, prvi odstavek", Place: article("12", "2"), Title: "Dve leti delovanja zadoščata", Wanted: Rewrite,
				Draft:    "(1) Za podporo lahko zaprosi organizacija, ki najmanj tri leta neprekinjeno deluje na področju kulture in program pretežno izvaja v Republiki Sloveniji.",
				Text:     "(1) Za podporo lahko zaprosi organizacija, ki najmanj dve leti neprekinjeno deluje na področju kulture in program pretežno izvaja v Republiki Sloveniji.",
				Reasons:  "Od ustanovitve do prve prijave danes mine povprečno 6,2 leta. V tem času preneha delovati vsaka tretja organizacija, in sicer ne zaradi slabega programa, temveč ker za temeljne stroške ne more zaprositi nikjer.",
				Budget:   "Brez novih sredstev; krog prijaviteljev se poveča za približno 40 organizacij.",
				People:   "Okoli 120 ustvarjalk in ustvarjalcev v mlajših organizacijah.",
				Evidence: []Evidence{{"Leta do prve prijave", "/evidence/f1", "2"}}, Note: "Nasprotni mnenji sta v prilogi 1.",
				For: Crowd{44, 0}, Against: Crowd{2, 0}, Neutral: Crowd{3, 0},
				Objections: []Objection{{"Plesna zadruga Pesto", "Tri leta so prav; mlajše organizacije naj se prijavijo na druge razpise."}, {"", "Merilo naj bo program, ne leta."}},
			},
			{
				Cite: "18. člen, prvi odstavek", Place: article("18", "2"), Title: "Najnižji honorar izračuna urad, ne minister", Wanted: Rewrite,
				Draft:   "(1) Honorar za delo, ki se financira po tem zakonu, ne sme biti nižji od zneska, ki ga za posamezno vrsto dela objavi ministrstvo.",
				Text:    "(1) Honorar za delo, ki se financira po tem zakonu, ne sme biti nižji od zneska, ki ga urad za statistiko izračuna iz povprečne bruto plače v javnih zavodih na področju kulture za primerljivo delo, povečane za prispevke delodajalca.",
				Reasons: "Znesek, ki ga objavi ministrstvo brez merila, je mogoče vsako leto zamrzniti. Formula to prepreči in obe strani veže na isti javni podatek.",
				Budget:  "1,9 milijona evrov na leto pri enakem obsegu programov.", People: "610 prejemnic in prejemnikov, katerih honorar je danes pod izračunanim zneskom.",
				Evidence: []Evidence{{"Honorarji 2025", "/evidence/f2", "4"}}, For: Crowd{46, 81}, Neutral: Crowd{3, 0},
			},
			{
				Cite: "27. člen, drugi odstavek", Place: []Unit{{Kind: "article", Num: "27", Label: "27. člen"}, {Kind: "paragraph", Num: "2", Label: "(2)", Last: "3"}},
				Title: "Omejitev brez namena", Wanted: Delete, Draft: "(2) Član strokovne komisije ne sme biti član društva.",
				Reasons: "Prepoved izloči vse, ki področje poznajo.", For: Crowd{39, 4}, Against: Crowd{4, 0}, Neutral: Crowd{6, 0},
			},
			{
				Cite: "36.a člen", Place: []Unit{{Kind: "article", Num: "36.a", Label: "36.a člen"}, {Kind: "paragraph", Num: "1", Last: "1", Only: true}},
				Title: "Seznam brez posledice ostane prazen", Wanted: Insert, Draft: "Samoupravna lokalna skupnost do 30. junija vsako leto objavi seznam nepremičnin.",
				Text:    "Če samoupravna lokalna skupnost seznama ne objavi, lahko prostor iz evidence javnih nepremičnin predlaga vsaka organizacija iz 12. člena; o predlogu mora biti odločeno v 60 dneh.",
				Reasons: "Podobno dolžnost je že imel pravilnik o upravljanju nepremičnin; seznam je v štirih letih objavilo 9 od 212 občin.",
				Budget:  "Brez posledic za državo.", People: "V mestih z več kot 10.000 prebivalci je brez vadbenega prostora 74 skupin.", For: Crowd{45, 2}, Against: Crowd{1, 0},
			},
		},
	}
	for i := range s.Proposals {
		s.Proposals[i].Number, s.Proposals[i].Lang = i+1, "sl"
	}
	return s
}

const exampleHash = "a41f9c0200000000000000000000000000000000000000000000000000000000"

func book(t testing.TB) *i18n.Book {
	t.Helper()
	return must(i18n.Load(Words()))(t)
}

func zone(t testing.TB) *time.Location { return must(time.LoadLocation("Europe/Ljubljana"))(t) }

// The papers say what they should: the text of each PDF, as another program reads
// it, is kept beside this test.
func TestCompose_golden(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		storetest.Need(t, "pdftotext is not installed")
	}
	words, s := book(t), example()
	for _, lang := range i18n.Spoken() {
		for _, k := range Kinds() {
			whole := must(write(s.Compose(k, words.In(lang), exampleHash, zone(t)), "pdf"))(t)
			cmd := exec.Command("pdftotext", "-raw", "-", "-")
			cmd.Stdin = bytes.NewReader(whole)
			got, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			got = regexp.MustCompile(`\s*\n\s*`).ReplaceAll(got, []byte("\n"))
			file := filepath.Join("testdata", string(k)+"."+lang+".txt")
			if *golden {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs:\n%s", file, got)
			}
		}
	}
}

// The same version gives the same bytes, and each format is accepted.
func TestCompose_deterministic(t *testing.T) {
	t.Parallel()
	words, s := book(t), example()
	for _, k := range Kinds() {
		for _, format := range Formats() {
			one := must(write(s.Compose(k, words.In("sl"), exampleHash, zone(t)), format))(t)
			two := must(write(s.Compose(k, words.In("sl"), exampleHash, zone(t)), format))(t)
			if !bytes.Equal(one, two) || len(one) < 1000 {
				t.Errorf("%s.%s: %d bytes, then %d", k, format, len(one), len(two))
			}
		}
	}
}

// In the English frame every passage of the draft says that it is Slovenian.
func TestCompose_foreign(t *testing.T) {
	t.Parallel()
	s := example()
	page := string(must(write(s.Compose(Amendments, book(t).In("en"), exampleHash, zone(t)), "html"))(t))
	for _, want := range []string{`<html lang="en"`, `lang="sl"`, "Proposed amendment 1", "V 12. členu se prvi odstavek spremeni tako, da se glasi:"} {
		if !strings.Contains(page, want) {
			t.Errorf("the English page lacks %s", want)
		}
	}
}

func TestSnapshot_Canonical(t *testing.T) {
	t.Parallel()
	s := example()
	text, hash, err := s.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	// Any change to how a snapshot is written breaks every permalink's hash.
	if want := "5c60f4a6a6d83f885a704764458ebb512a1a3791895f0b54ba5705c164970f10"; hash != want {
		t.Errorf("the hash is %s, want %s", hash, want)
	}
	back := must(thaw(text, hash))(t)
	if _, again, _ := back.Canonical(); again != hash {
		t.Errorf("read and written again the hash is %s", again)
	}
	if _, err := thaw(append(text, ' '), hash); err == nil {
		t.Error("a text with another hash was read")
	}
}

func TestDesk_Documents(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		files, work := must(blob.NewDisk(t.TempDir()))(t), jobs.New(db, nil)
		w := newWorld(t, db, Parts{Files: files, Jobs: work, Words: book(t), Sender: func() Sender { return example().Sender }, Zone: zone(t)})
		w.propose(t, "art_12__para_1", "Dve leti")
		p := w.approve(t)
		if _, err := w.Documents(t.Context(), clerk, p.ID, 1, "sl"); err == nil {
			t.Error("there are papers of a version that is not frozen")
		}
		p = must(w.Freeze(t.Context(), clerk, p.ID, p.Revision))(t)
		if err := work.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, one := range must(w.Papers(t.Context(), clerk, p.ID, 1, "en"))(t) {
			if one.Size == 0 {
				t.Errorf("%s was not made by the job", one.Name)
			}
		}
		list := must(w.Documents(t.Context(), clerk, p.ID, 1, "sl"))(t)
		if len(list) != len(Kinds())*len(Formats()) || list[0].Name != "stalisce-2026-01-v1-dopis.docx" || list[1].MIME != "application/pdf" {
			t.Errorf("%d papers, the first is %s", len(list), list[0].Name)
		}
		one := must(w.Document(t.Context(), clerk, p.ID, 1, Table, "sl", "docx"))(t)
		if !bytes.HasPrefix(one.Bytes, []byte("PK")) || one.Size != int64(len(one.Bytes)) {
			t.Errorf("the table is %d bytes", len(one.Bytes))
		}
		_, err := w.Document(t.Context(), clerk, p.ID, 1, "cake", "sl", "docx")
		refused(t, err, "positions.paper.missing")
		_, err = w.Document(t.Context(), auth.Actor{}, p.ID, 1, Table, "sl", "docx")
		refused(t, err, "auth.sign_in_first")
	}, steps()...)
}

// forty is a position of forty proposals.
func forty() Snapshot {
	s := example()
	four := s.Proposals
	s.Proposals = nil
	for i := range 40 {
		p := four[i%4]
		p.Number = i + 1
		s.Proposals = append(s.Proposals, p)
	}
	return s
}

func BenchmarkCompose(b *testing.B) {
	words, s := book(b), forty()
	for _, format := range Formats() {
		b.Run(fmt.Sprintf("forty-%s", format), func(b *testing.B) {
			for b.Loop() {
				for _, k := range Kinds() {
					if _, err := write(s.Compose(k, words.In("sl"), exampleHash, time.UTC), format); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
