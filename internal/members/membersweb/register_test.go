package membersweb

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/emersion/go-vcard"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/store"
)

func (h *house) must(code int, to string) string {
	h.t.Helper()
	if code != http.StatusSeeOther {
		h.t.Fatalf("answered with %d %.2000s", code, to)
	}
	return to
}

// The standing goes from one to the next, and the last step is taken back.
func TestSteps(t *testing.T) {
	h := open(t)
	m := h.add(members.Person, "Benko, Taja", "Koper", "dance", "taja@benko.example")
	card := link(m.ID)
	wants(t, h.get(card+"?tab=standing"), "Zapišite mirovanje", "Zapišite izključitev", "Zapišite smrt", "1. 5. 2011")
	h.must(h.post(card+"/step?do=suspend", url.Values{"from": {"1. 6. 2026"}, "reason": {"študij v tujini"}, "decision": {"UO 4/2026"}}))
	wants(t, h.get(card+"?tab=standing"), "mirovanje", "UO 4/2026 · študij v tujini", "Končajte mirovanje", "Razveljavite zadnji korak")
	code, body := h.post(card+"/step?do=expel", url.Values{"last": {"30. 6. 2026"}})
	if code != http.StatusUnprocessableEntity {
		t.Errorf("expelled without a reason: %d", code)
	}
	wants(t, body, "Napišite razlog.", `value="30. 6. 2026"`)
	h.get(card + "/undo-step")
	h.must(h.post(card+"/undo-step", nil))
	h.must(h.post(card+"/redate", url.Values{"from": {"1. 3. 2010"}}))
	wants(t, h.get(card), "Član od", "1. 3. 2010")
	if w := h.do(httptest.NewRequest("GET", card+"/step?do=fly", nil)); w.Code != http.StatusNotFound {
		t.Errorf("a step that there is not: %d", w.Code)
	}
}

// What the house names itself is in forms, on cards, in columns, filters and exports.
func TestSettings(t *testing.T) {
	h := open(t)
	h.must(h.post("/members/category", url.Values{"name": {"podporni član"}}))
	code, body := h.post("/members/detail", url.Values{"label": {"Dvorana"}, "form": {"choice"}, "choices": {"velika"}, "seen": {"office"}})
	if code != http.StatusUnprocessableEntity {
		t.Errorf("a choice of one: %d", code)
	}
	wants(t, body, "Napišite od 2 do 100 možnosti", "velika</textarea>")
	h.must(h.post("/members/detail", url.Values{"label": {"Dvorana"}, "form": {"choice"}, "choices": {"velika\nmala"}, "seen": {"members"}}))
	set := h.get("/members/set")
	wants(t, set, "podporni član", "ne glasuje", "Dvorana", "vsi člani")
	detail := regexp.MustCompile(`/members/detail\?d=([^"]+)`).FindStringSubmatch(set)[1]
	category := regexp.MustCompile(`/members/category\?c=([^"]+)`).FindStringSubmatch(set)[1]
	h.get("/members/detail?d=" + detail)
	h.get("/members/category?c=" + category)
	form := h.get("/members/new")
	wants(t, form, `name="detail-`+detail+`"`, "podporni član", "Osrednjeslovenska")
	to := h.must(h.post("/members/new", url.Values{
		"kind": {"organisation"}, "name": {"Bunker"}, "standing": {"active"}, "from": {"1. 1. 2020"}, "lang": {"sl"}, "place": {"Ljubljana"}, "street": {"Slomškova 11"}, "postcode": {"1000"},
		"region": {"osrednja"}, "field": {"theatre"}, "fields": {"dance", "music"}, "languages": {"sl", "hr"}, "interest_since": {"1. 2. 2012"}, "interest_decision": {"6110-4/2012"},
		"category": {category}, "detail-" + detail: {"velika"}, "tags": {"festival, Dvorane"},
	}))
	card, _, _ := strings.Cut(to, "?")
	wants(t, h.get(card), "ples, glasba", "Slomškova 11, 1000 Ljubljana", "Osrednjeslovenska", "podporni član", "velika", "festival", "6110-4/2012")
	wants(t, h.get(card+"/edit"), `value="Dvorane, festival"`, `checked`, "velika")
	wants(t, h.get("/members?detail="+detail+"&value=velika"), "Bunker")
	wants(t, h.get("/members?detail="+detail+"&value=mala"), "Nikogar ni")
	wants(t, h.get("/members?category="+category), "Bunker")
	wants(t, h.get("/members?field=music"), "Bunker")
	h.must(h.post("/members/columns", url.Values{"columns": {"tags", "detail-" + detail, "region"}}))
	roll := h.get("/members")
	wants(t, roll, "Stolpci 4 od", "Dvorane, festival", "velika", `data-label="Regija"`)
	if strings.Contains(roll, `data-label="Kraj"`) {
		t.Error("a column that was not chosen is shown")
	}
	for _, file := range []string{h.get("/members/export?as=csv"), h.whole("csv", ""), h.whole("json", "")} {
		wants(t, file, "Bunker", "velika", "festival")
	}
	wants(t, h.whole("csv", ""), "Dvorana", "Slomškova 11", "podporni član")
	if seen := h.get("/members/export?as=csv"); strings.Contains(seen, "Slomškova") || strings.Count(seen, ";") != 2*3 {
		t.Errorf("what is not on the list goes out with it: %s", seen)
	}
	h.by = member
	wants(t, h.get(card), "velika")
	for _, secret := range []string{"festival", "6110-4", "Slomškova"} {
		if strings.Contains(h.get(card), secret) {
			t.Errorf("a member sees %s", secret)
		}
	}
	for _, path := range []string{"/members/set", "/members/category", "/members/detail", "/members/tag?t=x", "/members/filters", "/members/columns", "/members/bulk?do=tag&m=1", "/members/duplicates", "/members/merge?a=1&b=2", "/members?tag=x"} {
		if w := h.do(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusForbidden {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// A field of the house that is a number or a day is filtered from–to, one of words by
// what it contains; what was typed wrongly stays, with a word for it, and a kept filter
// keeps it.
func TestFilter_fromTo(t *testing.T) {
	h := open(t)
	fields := map[string]string{}
	for label, form := range map[string]string{"Sedežev": "number", "Odprto": "day", "Vodja": "text"} {
		h.must(h.post("/members/detail", url.Values{"label": {label}, "form": {form}, "seen": {"office"}}))
	}
	for _, m := range regexp.MustCompile(`/members/detail\?d=([^"]+)">([^<]+)`).FindAllStringSubmatch(h.get("/members/set"), -1) {
		fields[m[2]] = m[1]
	}
	for name, v := range map[string][3]string{"Bunker": {"90", "1. 5. 1998", "Alma Novak"}, "Odmev": {"1.200", "2. 2. 2015", "Vid Arh"}} {
		h.must(h.post("/members/new", url.Values{
			"kind": {"organisation"}, "name": {name}, "standing": {"active"}, "from": {"1. 1. 2020"}, "lang": {"sl"},
			"detail-" + fields["Sedežev"]: {strings.ReplaceAll(v[0], ".", "")}, "detail-" + fields["Odprto"]: {v[1]}, "detail-" + fields["Vodja"]: {v[2]},
		}))
	}
	path := "/members?detail=" + fields["Sedežev"]
	wants(t, h.get(path+"&least=50&most=100"), "Bunker", `name="least"`, `value="50"`, `name="most"`, `value="100"`)
	if strings.Contains(h.get(path+"&least=50&most=100"), ">Odmev<") {
		t.Error("1200 is between 50 and 100")
	}
	wants(t, h.get("/members?detail="+fields["Odprto"]+"&least=1.+1.+2010"), "Odmev", `value="1. 1. 2010"`)
	wants(t, h.get("/members?detail="+fields["Vodja"]+"&value=novak"), "Bunker", "Vsebuje")
	w := h.do(httptest.NewRequest("GET", path+"&least=veliko", nil))
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a number that is none: %d", w.Code)
	}
	wants(t, w.Body.String(), `value="veliko"`, "število")
	h.must(h.post("/members/filters?detail="+fields["Sedežev"]+"&least=1000", url.Values{"name": {"Veliki"}}))
	wants(t, h.get("/members"), "Veliki 1", "least=1000")
	wants(t, h.get("/members/export/whole?detail="+fields["Sedežev"]+"&least=1000"), "Sedežev: od 1000", "Za 1 člana.")
}

// A proof is uploaded with its number, and taken away again as it was.
func TestRegistration(t *testing.T) {
	h := open(t)
	m := h.add(members.Organisation, "Bunker", "Ljubljana", "theatre", "")
	path := link(m.ID, "/registration")
	h.get(path)
	send := func(fields map[string]string, file string) (int, string) {
		var b bytes.Buffer
		form := multipart.NewWriter(&b)
		for name, value := range fields {
			form.WriteField(name, value)
		}
		part, err := form.CreateFormFile("file", "izpisek.pdf")
		if err != nil {
			t.Fatal(err)
		}
		part.Write([]byte(file))
		form.Close()
		r := httptest.NewRequest("POST", path, &b)
		r.Header.Set("Content-Type", form.FormDataContentType())
		w := h.do(r)
		return w.Code, w.Header().Get("Location") + w.Body.String()
	}
	code, body := send(map[string]string{"in": "tax", "number": "15012556", "proof": "extract", "proof_day": "1. 9. 2026"}, "")
	if code != http.StatusUnprocessableEntity {
		t.Errorf("a wrong number: %d", code)
	}
	wants(t, body, "Davčna številka ima osem števk", `value="15012556"`, `value="1. 9. 2026"`)
	if code, body = send(map[string]string{"in": "tax", "number": "15012557"}, "MZ program"); code != http.StatusUnprocessableEntity {
		t.Errorf("a program: %d", code)
	}
	wants(t, body, "Dokazilo je lahko PDF, PNG ali JPEG.")
	code, body = send(map[string]string{"in": "tax", "number": "SI15012557", "proof": "extract", "proof_day": "1. 9. 2026"}, "%PDF-1.7 izpisek")
	h.must(code, body)
	tab := h.get(link(m.ID, "?tab=registrations"))
	wants(t, tab, "15012557", "izpisek iz registra, 1. 9. 2026", "izpisek.pdf")
	file := regexp.MustCompile(`/members/[^"]*registration/file[^"]*`).FindString(tab)
	w := h.do(httptest.NewRequest("GET", strings.ReplaceAll(file, "&amp;", "&"), nil))
	if w.Body.String() != "%PDF-1.7 izpisek" || w.Header().Get("Content-Type") != "application/pdf" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("the proof: %d %v %s", w.Code, w.Header(), w.Body)
	}
	drop := regexp.MustCompile(`/members/[^"]*registration/drop[^"]*`).FindString(tab)
	h.get(drop)
	h.must(h.post(drop, nil))
	wants(t, h.get(link(m.ID, "?tab=registrations")), "Ni še nobenega vpisa")
}

// Filters are kept with their counts, and many are tagged at once.
func TestBulk(t *testing.T) {
	h := open(t)
	var ids []string
	for i := range 3 {
		m := h.add(members.Person, fmt.Sprintf("Oseba %d", i), "Celje", "dance", fmt.Sprintf("o%d@x.example", i))
		ids = append(ids, string(m.ID))
	}
	h.must(h.post("/members/filters?field=dance", url.Values{"name": {"Plesalke"}, "shared": {"1"}}))
	wants(t, h.get("/members?field=dance"), "Plesalke 3", `aria-current="true"`)
	path := "/members/bulk?do=tag&m=" + ids[0] + "&m=" + ids[1]
	wants(t, h.get(path), "Za 2 člana.")
	h.must(h.post("/members/bulk?do=tag&m="+ids[1], url.Values{"tag": {"festival"}}))
	to := h.must(h.post(path, url.Values{"tag": {"festival"}}))
	wants(t, h.get(to), "Oznaka »festival« je dodana 1 članu.", "Razveljavite")
	undo := "/members/bulk/undo?" + strings.SplitN(to, "?", 2)[1]
	h.must(h.post(undo, nil))
	if code, _ := h.post(undo, nil); code != http.StatusNotFound {
		t.Errorf("undone twice: %d", code)
	}
	first := regexp.MustCompile(`value="([^"]+)">festival`).FindStringSubmatch(h.get("/members"))[1]
	if body := h.get("/members?tag=" + first); !strings.Contains(body, "Oseba 1") || strings.Contains(body, "Oseba 0<") {
		t.Errorf("undone: %s", body)
	}
	h.must(h.post(path, url.Values{"tag": {"festival"}}))
	tag := regexp.MustCompile(`value="([^"]+)">festival`).FindStringSubmatch(h.get("/members"))[1]
	if body := h.get("/members?tag=" + tag); strings.Count(body, `scope="row"`) != 2 {
		t.Errorf("tagged: %s", body)
	}
	h.must(h.post("/members/bulk?do=untag&all=1&tag="+tag, url.Values{"tag": {tag}}))
	wants(t, h.get("/members?tag="+tag), "Nikogar ni")
	if to := h.must(h.code(h.do(httptest.NewRequest("GET", "/members/bulk?do=tag", nil)))); !strings.Contains(to, "said.members.bulk.nobody") {
		t.Errorf("nobody leads to %s", to)
	}
	wants(t, h.get("/members/bulk?do=export&all=1"), "Excelov zvezek", "Vsi podatki")
	wants(t, h.get("/members/export/whole?all=1&field=dance"), "vCard", "Za 3 člane.", "Področje: ples")
	to = h.must(h.post("/members/bulk?do=message&all=1&field=dance", url.Values{"subject": {"Vabilo"}, "body": {"Pridite."}}))
	if err := h.jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	wants(t, h.get(to), "Oddana so 3 pisma.", "Pridite.")
	code, body := h.post("/members/bulk?do=message&all=1", url.Values{"subject": {""}, "body": {"Ostane."}})
	if code != http.StatusUnprocessableEntity {
		t.Errorf("without a subject: %d", code)
	}
	wants(t, body, "Napišite zadevo.", "Ostane.")
	h.must(h.post("/members/tag?t="+tag, url.Values{"do": {"drop"}}))
}

func (h *house) code(w *httptest.ResponseRecorder) (int, string) {
	return w.Code, w.Header().Get("Location")
}

// Two entries become one, field by field; the address of the other leads to it.
func TestMerge(t *testing.T) {
	h := open(t)
	a := h.add(members.Organisation, "Bunker", "Ljubljana", "theatre", "")
	b := h.add(members.Organisation, "KUD Bunker", "Ljubljana", "dance", "info@bunker.example")
	pairs := h.get("/members/duplicates")
	wants(t, pairs, "Bunker, Ljubljana", "KUD Bunker, Ljubljana", "podobno ime")
	path := "/members/merge?a=" + string(a.ID) + "&b=" + string(b.ID)
	wants(t, h.get(path), "info@bunker.example", `name="field" value="b"`)
	form := url.Values{"do": {"merge"}, "a_revision": {"1"}, "b_revision": {"1"}, "name": {"a"}, "email": {"b"}, "field": {"b"}, "standing": {"a"}}
	b.Phone = "01 234"
	if _, err := h.desk.Save(t.Context(), clerk, b); err != nil {
		t.Fatal(err)
	}
	code, body := h.post(path, form)
	if code != http.StatusUnprocessableEntity {
		t.Errorf("merged what was changed: %d", code)
	}
	wants(t, body, "Medtem je enega od vpisov nekdo spremenil", `value="2"`)
	form.Set("b_revision", "2")
	h.must(h.post(path, form))
	wants(t, h.get(link(a.ID)), "info@bunker.example", "ples")
	w := h.do(httptest.NewRequest("GET", link(b.ID), nil))
	if w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != link(a.ID) {
		t.Errorf("the old address: %d %s", w.Code, w.Header().Get("Location"))
	}
	wants(t, h.get(link(a.ID, "?tab=history")), "Združen z drugim vpisom", "KUD Bunker")
	wants(t, h.get("/members/duplicates"), "Dvojnikov ni")
}

// whole takes a file with all data, of a filter.
func (h *house) whole(as, filter string) string {
	h.t.Helper()
	r := httptest.NewRequest("POST", "/members/export/whole?"+filter, strings.NewReader("as="+as))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := h.do(r)
	if w.Code != http.StatusOK {
		h.t.Fatalf("all data as %s: %d %s", as, w.Code, w.Header().Get("Location"))
	}
	return w.Body.String()
}

// All data go out to the office alone, to who has just proved who they are, and the book
// keeps how many members went out by which filter, but no name.
func TestExport_whole(t *testing.T) {
	h := open(t)
	h.add(members.Person, "Benko, Taja", "Koper", "dance", "taja@benko.example")
	h.add(members.Person, "Arh, Vid", "Koper", "music", "vid@arh.example")
	fresh := false
	h.site.site.Sure = func(*http.Request) error {
		if fresh {
			return nil
		}
		return fault.New(fault.Denied, "auth.sure_first")
	}
	for _, method := range []string{"GET", "POST"} {
		if w := h.do(httptest.NewRequest(method, "/members/export/whole?field=dance", nil)); !strings.HasPrefix(w.Header().Get("Location"), "/sure?next=") {
			t.Errorf("%s without proof: %d %s", method, w.Code, w.Header().Get("Location"))
		}
	}
	if lines := h.book("members.export"); len(lines) != 0 {
		t.Errorf("the book has %v", lines)
	}
	fresh = true
	wants(t, h.get("/members/export/whole?field=dance&q=benko"), "Za 1 člana.", "Področje: ples · Iskano: benko")
	if file := h.whole("csv", "field=dance&q=benko"); !strings.Contains(file, "taja@benko.example") || strings.Contains(file, "Arh") {
		t.Error(file)
	}
	if lines := h.book("members.export"); len(lines) != 1 || lines[0] != "as: csv · filter: field=dance q=… · members: 1" {
		t.Errorf("the book has %q", lines)
	}
	h.by = member
	for _, path := range []string{"/members/export", "/members/export/whole"} {
		if w := h.do(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusForbidden {
			t.Errorf("a member at %s: %d", path, w.Code)
		}
	}
}

// book are the lines of a deed.
func (h *house) book(deed string) (said []string) {
	h.t.Helper()
	lines, err := store.Read(h.t.Context(), h.db, func(tx *store.Tx) ([]audit.Line, error) { return audit.Read(h.t.Context(), tx, audit.Query{}) })
	if err != nil {
		h.t.Fatal(err)
	}
	for _, l := range lines {
		if l.Deed == deed {
			said = append(said, l.Said())
		}
	}
	return said
}

// Who owes dues is a filter, a column and a part of exports, for those who may see it;
// members neither see it nor can ask for it.
func TestOwing(t *testing.T) {
	h := open(t)
	late := h.add(members.Person, "Benko, Taja", "Koper", "dance", "taja@benko.example")
	soon := h.add(members.Person, "Arh, Vid", "Koper", "music", "vid@arh.example")
	h.add(members.Organisation, "Bunker", "Ljubljana", "theatre", "")
	err := h.db.Write(t.Context(), func(tx *store.Tx) error {
		return errors.Join(h.desk.MarkIn(t.Context(), tx, late.ID, members.OwesDues, civil.On(2026, 10, 31)), h.desk.MarkIn(t.Context(), tx, soon.ID, members.OwesDues, civil.On(2026, 12, 15)))
	})
	if err != nil {
		t.Fatal(err)
	}
	wants(t, h.get("/members"), "Benko, Taja", "Arh, Vid", "Bunker", "Zamujajo s članarino 1")
	body := h.get("/members?owing=overdue")
	wants(t, body, "zapadla 31. 10. 2026", `value="overdue" selected`)
	if strings.Contains(body, "Arh, Vid") {
		t.Error("who need not pay yet is late")
	}
	wants(t, h.get("/members?owing=owes"), "zapadla 31. 10. 2026", "do 15. 12. 2026")
	wants(t, h.get("/members/export?as=csv&owing=owes&columns=owes+overdue"), "Benko, Taja;da;2026-11-01", "Arh, Vid;da;")
	wants(t, h.whole("json", "owing=overdue"), `"dues_by": "2026-10-31"`)
	h.must(h.post("/members/filters?owing=overdue", url.Values{"name": {"Opomniti"}}))
	wants(t, h.get("/members?owing=overdue"), "Opomniti 1")
	h.by = auth.Actor{User: "u7", Name: "Boris", Roles: auth.Board}
	wants(t, h.get("/members?owing=owes"), "zapadla 31. 10. 2026", "do 15. 12. 2026")
	h.by = member
	if strings.Contains(h.get("/members?columns=owes"), "31. 10. 2026") || strings.Contains(h.get("/members"), "owing") {
		t.Error("a member sees who owes")
	}
	if w := h.do(httptest.NewRequest("GET", "/members?owing=owes", nil)); w.Code != http.StatusForbidden {
		t.Errorf("a member asks who owes: %d", w.Code)
	}
}

// Address books read what is exported for them, in lines that are not too long.
func TestExport_cards(t *testing.T) {
	h := open(t)
	m := h.add(members.Person, "Čeh Žužek, Špela", "Škofja Loka", "dance", "spela@x.example")
	m.Note, m.Street, m.Postcode = strings.Repeat("Žoga, in; še\nvrstica. ", 20), "Mestni trg 1", "4220"
	if _, err := h.desk.Save(t.Context(), clerk, m); err != nil {
		t.Fatal(err)
	}
	h.add(members.Organisation, "Zavod Šum", "Celje", "music", "")
	raw := h.whole("vcf", "")
	for line := range strings.SplitSeq(raw, "\r\n") {
		if len(line) > 75 || strings.Contains(line, "\n") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
	dec := vcard.NewDecoder(strings.NewReader(raw))
	person, err := dec.Decode()
	if err != nil {
		t.Fatal(err)
	}
	if n := person.Name(); n == nil || n.FamilyName != "Čeh Žužek" || n.GivenName != "Špela" || person.Value(vcard.FieldFormattedName) != "Špela Čeh Žužek" || person.Address().Locality != "Škofja Loka" || person.Value(vcard.FieldNote) != strings.TrimSpace(m.Note) {
		t.Errorf("the card is %+v", person)
	}
	if org, err := dec.Decode(); err != nil || org.Kind() != vcard.KindOrganization || org.Value(vcard.FieldOrganization) != "Zavod Šum" {
		t.Errorf("the organisation is %+v, %v", org, err)
	}
}

// The card of a person says for whom they act; other rooms tell what they know.
func TestCard_whole(t *testing.T) {
	h := open(t)
	p := h.add(members.Person, "Arh, Vid", "Ljubljana", "music", "vid@arh.example")
	for _, name := range []string{"Bunker", "Odmev"} {
		o := h.add(members.Organisation, name, "Ljubljana", "music", "")
		if _, err := h.desk.AddAgent(t.Context(), clerk, members.Agent{Member: o.ID, Person: p.ID, Since: civil.On(2020, 1, 1), Answers: true}); err != nil {
			t.Fatal(err)
		}
	}
	wants(t, h.get(link(p.ID)), "Odgovarja za", "Bunker", "Odmev")
	wants(t, h.get(link(p.ID, "?tab=acting")), "od 1. 1. 2020")
	h.site.Rooms = func(_ context.Context, by auth.Actor, id members.ID, f page.Frame) ([]Room, error) {
		return []Room{{Name: "Članarina", Link: "/dues?m=" + string(id), Rows: []RoomRow{{Title: "Račun 2026-14", Link: "/dues/x", Note: "20,00 €", Status: "plačano", Tone: "ok", Icon: "taken"}}}}, nil
	}
	wants(t, h.get(link(p.ID)), "Članarina", "Račun 2026-14", "plačano", "/dues?m="+string(p.ID))
}
