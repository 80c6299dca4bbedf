package app_test

import (
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/asociacija/asociacija/internal/app"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/consult"
)

// One link, opened on two devices that save at once: one text stands, the other is
// shown beside it, and a button puts it in its place.
func TestHard_answersTwice(t *testing.T) {
	t.Parallel()
	h := furnished(t)
	handler := h.Handler()
	link := invitation(t, h, "ana.dren@pesto.example")
	var devices [2]*visitor
	var forms [2][]string
	texts := [2]string{"To je zapisano na telefonu.", "To je zapisano na mizi."}
	for i := range devices {
		devices[i] = visit(t, h, handler, nobody)
		p := devices[i].get(link).is(http.StatusOK)
		form := fields(p.raw, link+"/save")
		form.Set("s1", "object")
		form.Set("t1", texts[i])
		forms[i] = pairs(form)
	}
	var got [2]response
	var wg sync.WaitGroup
	for i := range devices {
		wg.Go(func() { got[i] = devices[i].post(link+"/save", forms[i]...) })
	}
	wg.Wait()
	won, lost := 0, 1
	if got[0].StatusCode != http.StatusSeeOther {
		won, lost = 1, 0
	}
	got[won].is(http.StatusSeeOther)
	p := got[lost].is(http.StatusConflict).says(texts[won], texts[lost], sentence(h, "consult.clash.other"), sentence(h, "consult.clash.use"))
	devices[won].get(link).is(http.StatusOK).says(texts[won])
	// The one who came second may have theirs stand; the other is still in the history.
	form := append(pairs(fields(p.raw, link+"/save")), "use", find(t, p.raw, `name="use" value="([^"]+)"`))
	devices[lost].post(link+"/save", form...).is(http.StatusSeeOther)
	devices[won].get(link).is(http.StatusOK).says(texts[lost])
}

// Two people have one proposal open: who saves second reads what the first has
// saved above their own text, and loses neither.
func TestHard_twoEditors(t *testing.T) {
	t.Parallel()
	h := furnished(t)
	handler := h.Handler()
	neza, oton := visit(t, h, handler, coordinator), visit(t, h, handler, nobody)
	list, err := h.Accounts.List(t.Context(), auth.House, accounts.Query{Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		if a.Name == "Oton Lipar" {
			oton.post("/demo", "as", string(a.ID)).is(http.StatusSeeOther)
		}
	}
	file := "/cases/" + newest(t, h)
	at := ""
	for _, m := range regexp.MustCompile(`href="(`+file+`/proposals/[0-9a-z]{26})"`).FindAllStringSubmatch(neza.get(file+"/position").raw, -1) {
		if !strings.Contains(neza.get(m[1]).text, sentence(h, "positions.fixed")) {
			at = m[1]
		}
	}
	texts := map[*visitor]string{neza: "Nežini razlogi so tehtni.", oton: "Otonovi razlogi so drugačni."}
	forms := map[*visitor][]string{}
	for _, v := range []*visitor{neza, oton} {
		form := fields(v.get(at).is(http.StatusOK).raw, at)
		form.Set("reasons", texts[v])
		forms[v] = append(pairs(form), "state", "draft")
	}
	neza.post(at, forms[neza]...).is(http.StatusSeeOther)
	p := oton.post(at, forms[oton]...).is(http.StatusUnprocessableEntity)
	p.says("Neža Škrbec", sentence(h, "positions.changed", "who", "Neža Škrbec"), texts[oton])
	p.says("Nežini", "tehtni") // hers is shown as what it would change of his
	neza.get(at).is(http.StatusOK).says(texts[neza])
	// Saved once more, his stands, and hers is in the history.
	oton.post(at, append(pairs(fields(p.raw, at)), "state", "draft")...).is(http.StatusSeeOther)
	oton.get(at).is(http.StatusOK).says(texts[oton])
	oton.get(at+"/history").is(http.StatusOK).says("Nežini", "tehtni")
}

// invitation is the path of the personal link in the letter to the address.
func invitation(t testing.TB, h *app.House, to string) string {
	t.Helper()
	id := voice.CaseID(newest(t, h))
	list, err := h.Consult.Of(t.Context(), auth.House, id)
	if err != nil || len(list) != 1 {
		t.Fatal(len(list), err)
	}
	letters, err := h.Mail.Ledger(t.Context(), auth.House, consult.Subject(list[0].ID))
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range letters {
		if l.To == to && l.Kind == mail.Invite {
			whole, err := h.Mail.Get(t.Context(), auth.House, l.ID)
			if err != nil {
				t.Fatal(err)
			}
			return find(t, "<main"+whole.Text, `(/a/[A-Za-z0-9_-]{20,})`)
		}
	}
	t.Fatalf("no letter to %s", to)
	return ""
}
