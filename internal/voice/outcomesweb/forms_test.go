package outcomesweb

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/uptake"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
)

// A delivery is changed and thrown away until it is sent; proof is added after.
func TestDelivery_change(t *testing.T) {
	h := newHouse(t)
	link := h.deliver()
	if body := h.get(link + "/change"); !strings.Contains(body, `value="gp@mk.example"`) || !strings.Contains(body, `value="table/sl/docx" checked`) {
		t.Error("the form has lost what stands")
	}
	form := url.Values{"position": {string(h.position.ID) + ":1"}, "to": {"Vlada"}, "channel": {"post"}, "clock": {"own"}, "due": {"1. 12. 2026"}}
	if code, _ := h.post(link+"/change", form); code != http.StatusSeeOther {
		t.Errorf("change: %d", code)
	}
	if body := h.get(link + "/change"); !strings.Contains(body, "1.\u00a012.\u00a02026") {
		t.Error("the day of our own is lost")
	}
	if body := h.get(link); strings.Contains(body, "mailto:") {
		t.Error("what goes by post has an e-mail")
	}
	form.Set("due", "")
	if code, _ := h.post(link+"/change", form); code != http.StatusUnprocessableEntity {
		t.Errorf("a day of our own without a day: %d", code)
	}
	form.Set("due", "kmalu")
	if code, _ := h.post(link+"/change", form); code != http.StatusUnprocessableEntity {
		t.Errorf("a day that is none: %d", code)
	}
	h.get(link + "/drop")
	if code, to := h.post(link+"/drop", nil); code != http.StatusSeeOther || !strings.Contains(to, "dropped") {
		t.Errorf("drop: %d", code)
	}
	link = h.deliver()
	if code, _ := h.post(link+"/send", url.Values{"on": {"1. 1. 2030"}}); code != http.StatusUnprocessableEntity {
		t.Errorf("sent in the future: %d", code)
	}
	h.post(link+"/send", url.Values{"on": {"3. 6. 2026"}})
	h.get(link + "/proof")
	if code, _ := h.postFile(link+"/proof", nil, "prazno.txt", nil); code != http.StatusUnprocessableEntity {
		t.Errorf("no proof: %d", code)
	}
	if code, _ := h.postFile(link+"/proof", nil, "povratnica.txt", []byte("prevzeto")); code != http.StatusSeeOther {
		t.Errorf("proof: %d", code)
	}
	if body := h.get(link); !strings.Contains(body, "povratnica.txt") {
		t.Error("the proof is not there")
	}
	if code, _ := h.post(link+"/drop", nil); code != http.StatusConflict {
		t.Errorf("what is sent is thrown away: %d", code)
	}
}

// A file that is too large is refused in words, and nothing is noted.
func TestUpload_big(t *testing.T) {
	h := newHouse(t)
	link := h.deliver()
	code, _ := h.postFile(link+"/send", url.Values{"on": {"3. 6. 2026"}}, "velika.bin", make([]byte, outcomes.MaxFile+1))
	if code != http.StatusUnprocessableEntity {
		t.Errorf("a large file: %d", code)
	}
	if list := must(h.outcomes.Deliveries(t.Context(), neza, h.id))(t); list[0].Sent() {
		t.Error("it was sent all the same")
	}
}

// Clear suggestions become judgements of those that stay ticked; an answer is
// taken away again.
func TestAccept(t *testing.T) {
	h := newHouse(t)
	link := h.deliver()
	h.post(link+"/send", url.Values{"on": {"3. 6. 2026"}})
	at := h.path("/uptake/accept?text=" + string(h.v2))
	if body := h.get(at); strings.Contains(body, "Večletne pogodbe") {
		t.Error("what may be silence is offered as a refusal")
	}
	id := link[strings.LastIndexByte(link, '/')+1:]
	form := url.Values{"delivery": {id}, "from": {"Ministrstvo"}, "on": {"18. 6. 2026"}, "channel": {"mail"}, "tenor": {"refused"}, "summary": {"Ne."}}
	if code, _ := h.post(h.path("/answers/new"), form); code != http.StatusSeeOther {
		t.Fatalf("log: %d", code)
	}
	if body := h.get(at); !strings.Contains(body, "Večletne pogodbe") {
		t.Error("what was refused is not offered")
	}
	if code, _ := h.post(at, url.Values{"proposals": {string(h.proposals[0].ID), string(h.proposals[2].ID)}}); code != http.StatusSeeOther {
		t.Errorf("accept: %d", code)
	}
	if l := must(h.outcomes.Ledger(t.Context(), neza, h.id, "", 0))(t); l.Up() != 2 || l.Judged() != 2 || l.Lines[0].ByIs != neza.Name {
		t.Errorf("the ledger is %+v", l.Memory)
	}
	form.Set("summary", "")
	if code, _ := h.post(h.path("/answers/new"), form); code != http.StatusUnprocessableEntity {
		t.Errorf("an answer without words: %d", code)
	}
	a := must(h.outcomes.Answers(t.Context(), neza, h.id))(t)[0]
	if code, _ := h.post(h.path("/answers/"+string(a.ID)+"/drop"), nil); code != http.StatusSeeOther {
		t.Errorf("unlog: %d", code)
	}
	if code, _ := h.post(h.path("/uptake/silence"), url.Values{"note": {"Ker."}}); code != http.StatusUnprocessableEntity {
		t.Errorf("silence on nothing: %d", code)
	}
}

// Every form of the office is there in English too.
func TestEnglish(t *testing.T) {
	h := newHouse(t)
	h.lang = "en"
	link := h.deliver()
	for _, path := range []string{
		h.path("/delivered"), h.path("/delivered/new"), link, link + "/change", link + "/send", link + "/drop", h.path("/answers"), h.path("/answers/new"),
		h.path("/uptake"), h.path("/uptake/silence"), h.path("/uptake/accept?text=" + string(h.v2)), h.path("/uptake/" + string(h.proposals[0].ID)),
		h.path("/uptake/" + string(h.proposals[0].ID) + "?text=" + string(h.v1)), "/uptake", "/uptake?year=all", "/uptake?year=1999",
	} {
		h.get(path)
	}
	for _, path := range []string{h.path("/uptake/none"), h.path("/delivered/none"), link + "/paper/9", link + "/paper/x", h.path("/answers/none/file")} {
		if w := h.ask(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusNotFound {
			t.Errorf("GET %s: %d", path, w.Code)
		}
	}
}

// A paper is looked at before it is chosen, of a position of this case only.
func TestPreview(t *testing.T) {
	h := newHouse(t)
	at := h.path("/delivered/papers/" + string(h.position.ID) + "/1/letter/sl/pdf")
	if body := h.get(at); !strings.HasPrefix(body, "%PDF") {
		t.Errorf("the letter reads %.10q", body)
	}
	for _, path := range []string{strings.Replace(at, "/1/", "/x/", 1), strings.Replace(at, "/pdf", "/exe", 1), strings.Replace(at, string(h.position.ID), "2020-01", 1)} {
		if w := h.ask(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusNotFound {
			t.Errorf("GET %s: %d", path, w.Code)
		}
	}
}

// The figure has a bar for each of the last ten years in which something was
// judged, the oldest first, and says which year is not over.
func TestChart(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	f := page.Frame{Printer: h.words.In("sl"), Today: civil.On(2026, 11, 17)}
	var rows []outcomes.Row
	for year := 2026; year > 2014; year-- {
		rows = append(rows, outcomes.Row{Year: year, Memory: outcomes.Memory{Taken: 1, Partly: 1, Not: 2}}, outcomes.Row{Year: year, Body: "b", Memory: outcomes.Memory{Deliveries: 3}})
	}
	v := chart(f, rows)
	if len(v.Bars) != 10 || v.Bars[0].Year != "2017" || v.Bars[9].Year != "2026" || !v.Bars[9].Open || v.Bars[0].Open {
		t.Errorf("the bars are %+v", v.Bars)
	}
	if b := v.Bars[0]; b.Width != "50%" || b.Said != "2 od 4 · 50\u00a0%" {
		t.Errorf("a bar is %+v", b)
	}
	if !strings.Contains(v.Finding, "20 od 40") {
		t.Errorf("it finds %q", v.Finding)
	}
	if got := chart(f, nil); len(got.Bars) != 0 || got.Finding != "" {
		t.Errorf("of nothing: %+v", got)
	}
}

// Each reason of the program is a sentence with its numbers.
func TestSay(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sl, en := page.Frame{Printer: h.words.In("sl")}, page.Frame{Printer: h.words.In("en")}
	for _, c := range []struct {
		f       page.Frame
		key     string
		numbers []float64
		want    string
	}{
		{sl, uptake.ReasonAdded, []float64{3, 12}, "Najdene naše besede: 3 od 12."},
		{sl, uptake.ReasonNumberMissing, []float64{2.5}, "Našega števila 2,5 v\u00a0odlomku ni."},
		{en, uptake.ReasonNumberMissing, []float64{2.5}, "Our number 2.5 is not in the passage."},
		{en, uptake.ReasonNumberCloser, []float64{5, 2, 3}, "The draft had 5, we proposed 2, the text has 3: nearer to ours."},
	} {
		if got := say(c.f, uptake.Reason{Key: c.key, Numbers: c.numbers}); got != c.want {
			t.Errorf("%s: %q", c.key, got)
		}
	}
}
