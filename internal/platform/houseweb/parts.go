package houseweb

import (
	"net/http"

	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type partsView struct {
	page.Frame
	Bad page.Frame // one whose form was refused
}

// parts is every part of package page in every state, to look at while the
// stylesheet changes: GET /dev/parts. Only a demo house has it.
func (s *Site) parts(w http.ResponseWriter, r *http.Request) error {
	if !s.site.House.Demo {
		return s.site.NotFound(w, r)
	}
	f := s.site.Frame(r, "", "Parts")
	f.Foot = "Parts"
	v := partsView{Frame: f, Bad: f}
	var wrong fault.Fields
	wrong.Add("deadline", "form.date")
	wrong.Add("who", "form.number")
	v.Bad.Blame(wrong.Err())
	return page.Render(w, r, partsPage(v))
}

var (
	partRows = []page.Row{
		{When: "zamuja 16 dni", WhenNote: "rok 1. 11. 2026", Late: true, Title: "Opomnite ministrstvo", Link: "#rows", Text: "Pismo smo poslali 2. oktobra.", Meta: "Neža Škrbec", More: []page.Crumb{{Label: "Preložite", Link: "#rows"}}, Do: "Pripravite opomin", DoLink: "#rows", Main: true},
		{When: "čez 7 dni", WhenNote: "torek, 24. 11.", Title: "Zaključite posvetovanje", Link: "#rows", Do: "Odprite posvetovanje", DoLink: "#rows"},
		{When: "maj 2026", WhenNote: "različica 2", Title: "Prvi osnutek: devet predlogov", Link: "#rows", Status: "delno upoštevano", Tone: "warn", Icon: "partly"},
	}
	partPhases = []page.Phase{{At: "done", Label: "Napoved", When: "12. 1. 2026"}, {At: "done", Label: "Prvi osnutek", When: "3. 3.–5. 4. 2026"}, {At: "now", Label: "Javna obravnava", When: "do 30. 11. 2026"}, {At: "next", Label: "Vlada", When: "dan še ni znan"}}
	partClocks = []page.Clock{
		{Number: "13", Unit: "dni", Label: "Pripombe na osnutek", Until: "do ponedeljka, 30. 11. 2026", Tag: "zavezujoče", TagKind: "firm", Note: "Pravilo je 30 do 60 dni.", Basis: "Poslovnik, 9. člen"},
		{Number: "7", Unit: "dni", Label: "Odgovori članov", Until: "do torka, 24. 11. 2026", Tag: "naš rok"},
		{Number: "16", Unit: "dni zamude", Label: "Odgovor na pismo", Until: "pričakovan 1. 11. 2026", Tag: "priporočeno", TagKind: "soft", Late: true},
	}
	partFour    = []page.Figure{{Number: "6", Of: "od 9", Text: "predlogov upoštevanih"}, {Number: "32", Of: "dni", Text: "je imela javnost"}, {Number: "41", Of: "od 58", Text: "organizacij za stališčem"}, {Number: "4", Of: "od 5", Text: "predlogov s številko"}}
	partFacts   = []page.Fact{{Label: "EVA", Value: "2026-3355-0007", ID: true}, {Label: "Matični predpis", Value: "ZPNK", Link: "#facts"}}
	partFiles   = []page.File{{Name: "Preglednica pripomb", Link: "#files", Meta: "DOCX, 84 kB", Do: "Prenesite"}, {Name: "Dopis", Link: "#files", Meta: "PDF, 41 kB", Do: "Prenesite"}}
	partTabs    = []page.Tab{{Label: "Pregled", Link: "#tabs", On: true}, {Label: "Osnutki", Count: "2", Link: "#tabs"}, {Label: "Stališče", Count: "v3", Link: "#tabs"}}
	partRedline = []page.Piece{{Text: "(1) Za podporo lahko zaprosi organizacija, ki najmanj "}, {Kind: "del", Text: "pet let"}, {Text: " "}, {Kind: "ins", Text: "tri leta"}, {Text: " neprekinjeno deluje; prvi obrok "}, {Kind: "mark", Text: "v 30 dneh"}, {Text: "."}}
	partChoices = []page.Option{{Value: "office", Label: "Pisarna", Hint: "vidi vse", On: true}, {Value: "members", Label: "Vsi člani"}}
)
