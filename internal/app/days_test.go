package app_test

import (
	"net/http"
	"testing"
)

// A day that is past, or none at all, gets a word at its field; the form is shown
// again with everything that was typed, that day too.
func TestHard_days(t *testing.T) {
	t.Parallel()
	h := furnished(t)
	neza := visit(t, h, h.Handler(), coordinator)
	file := "/cases/" + newest(t, h)
	article := find(t, neza.get(file+"/consultations/new").raw, `name="asked" value="([^"]+)"`)
	intake := neza.post("/cases/new", "text", "Osnutek Zakona o čebelah (ZČ)\n\n1. člen\n\nČebela.\n").leads()
	for _, c := range []struct {
		name, path string
		typed      []string
		field      string // its word stands beside it
		wants      string
	}{
		{"the end of a consultation that opens", file + "/consultations/new", []string{"title", "Vprašamo o čebelah", "opens", "1. 2. 2020", "closes", "3. 2. 2020", "lead", "Uvod.", "audience", "organisations", "asked", article, "title:" + article, "Leta delovanja"}, "closes", "consult.closes.past"},
		{"a consultation that ends before it begins", file + "/consultations/new", []string{"title", "Vprašamo o čebelah", "opens", "3. 2. 2031", "closes", "1. 2. 2031", "lead", "Uvod.", "audience", "organisations"}, "closes", "consult.closes.early"},
		{"no day", file + "/consultations/new", []string{"title", "Vprašamo o čebelah", "opens", "pojutrišnjem", "closes", "30. 2. 2031", "lead", "Uvod."}, "closes", "form.date"},
		{"no day in what came in", intake, []string{"title", "Zakon o ptičjem petju", "kind", "law", "deadline", "31. 11. 2031", "lead", "Trije stavki."}, "deadline", "form.date"},
		{"no day of our own", file + "/deadlines/new", []string{"title", "Seja odbora", "day", "kmalu"}, "day", "form.date"},
		{"no day of a talk", file + "/contacts/new", []string{"official", "Ana Nova", "aim", "Honorarji", "day", "99. 99. 2031"}, "day", "form.date"},
		{"no day of what happened", file + "/events/new", []string{"day", "lani", "note", "Pogovor"}, "day", "form.date"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := neza.post(c.path, c.typed...).is(http.StatusUnprocessableEntity).says(sentence(h, c.wants), `id="f-`+c.field+`-e"`)
			for i := 1; i < len(c.typed); i += 2 {
				p.says(c.typed[i])
			}
		})
	}
}
