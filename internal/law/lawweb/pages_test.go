package lawweb

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// Every page stands on both databases.
func TestPages(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := houseOn(t, db)
		old, now, draft := h.demo()
		if n := strings.Count(plainText(h.get(clerk, "/acts/zpnk")), "Zakon o podpori neodvisni kulturi"); n != 1 {
			t.Errorf("the page says %d times what the act is called", n)
		}
		link := "/acts/zpnk/" + string(now.ID)
		for path, words := range map[string][]string{
			"/acts":                      {"ZPNK", "Zakon o podpori neodvisni kulturi", "3 različice"},
			"/acts?q=neodvisn&kind=":     {"ZPNK"},
			"/acts?q=gozd":               {"Takega predpisa nimamo"},
			"/acts/new":                  {"Prilepite besedilo", "Veljavno besedilo"},
			"/acts/new?act=zpnk":         {"ZPNK"},
			"/acts/zpnk":                 {"velja od 1. januarja 2024", "Ima 64 členov", `id="art_14a"`, "Osnutek: 2. osnutek novele", `href="` + link + `/art_4__para_1__point_3"`},
			"/acts/zpnk?on=2022-05-01":   {"velja od 1. januarja 2022", "Ima 63 členov"},
			"/acts/zpnk?on=1.+5.+2022":   {"velja od 1. januarja 2022"},
			"/acts/zpnk?on=2001-01-01":   {"Za ta dan nimamo", "velja od 1. januarja 2024"},
			"/acts/zpnk?on=jutri":        {"Vpišite datum", "velja od 1. januarja 2024"},
			link:                         {"NPB 1", "pisrs.example", now.Hash[:16]},
			link + "/art_12__para_1":     {"12. člen, prvi odstavek, Zakon o podpori neodvisni kulturi (ZPNK), veljavno besedilo, NPB 1, 1. 1. 2024", "https://mnk.example" + link + "/art_12__para_1", "najmanj pet let", "11. člen", "13. člen"},
			link + "/art_14a":            {"14.a člen (začasna nezmožnost izvajanja)", "nova določba", "te določbe ni", "14. člen", "15. člen"},
			link + ".txt":                {"23. člen\n\n(izplačilo sredstev)\n\nMinistrstvo prvi obrok"},
			"/acts/zpnk/compare":         {"NPB 1, 1. 1. 2024 → 2. osnutek novele", "Spremembe so na 7 mestih"},
			versionLink(draft):           {"Osnutek besedila z dne 29. oktobra 2026", "samo prijavljeni", "Objavite za vse"},
			versionLink(draft) + "/open": {"Naj to besedilo lahko berejo vsi?"},
			versionLink(old):             {"sprejeto besedilo"},
		} {
			h.shows(h.get(clerk, path), words...)
		}
	}, corpus.Steps(), audit.Steps())
}

// What is changed is marked in words too; what is not is hidden until asked for.
func TestCompare(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, now, draft := h.demo()
	query := "?a=" + string(now.ID) + "&b=" + string(draft.ID)
	body := h.get(clerk, "/acts/zpnk/compare"+query)
	h.shows(body,
		`najmanj <del><span class="vh" lang="sl">črtano: </span>pet let</del><ins><span class="vh" lang="sl">dodano: </span>tri leta</ins> neprekinjeno`,
		`<ins><span class="vh" lang="sl">dodano: </span>36.a člen (prazni javni prostori)`, "Te določbe prej ni bilo", "1 od 7", "7 od 7")
	if n := strings.Count(body, `<article class="change"`); n != 7 {
		t.Errorf("%d articles are shown, 7 changed", n)
	}
	if strings.Contains(body, "raznolikost kulturnih programov") {
		t.Error("what did not change is shown")
	}
	h.shows(h.get(clerk, "/acts/zpnk/compare"+query+"&all=1"), "raznolikost kulturnih programov", "nespremenjeno")
	h.shows(h.get(clerk, "/acts/zpnk/compare?a="+string(now.ID)+"&b="+string(now.ID)), "Besedili se ne razlikujeta")

	// The other way round, what came is what goes.
	h.shows(h.get(clerk, "/acts/zpnk/compare?a="+string(draft.ID)+"&b="+string(now.ID)),
		`<del><span class="vh" lang="sl">črtano: </span>36.a člen (prazni javni prostori)`, "Te določbe ni več")

	// With the amending act at hand the third column has its words.
	novela, err := os.ReadFile(filepath.Join("..", "..", "app", "demo", "zpnk-a-2.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.desk.Add(t.Context(), clerk, corpus.Given{Act: "zpnk", Stage: corpus.Amending, Label: "2. osnutek novele", Open: true, Text: string(novela)}); err != nil {
		t.Fatal(err)
	}
	h.shows(h.get(clerk, "/acts/zpnk/compare"+query), "besedilo »pet let« nadomesti z besedilom »tri leta«", "2. osnutek novele, 3. člen", "nastane natanko to besedilo")

	var data struct {
		Old, New struct{ ID string }
		Changes  []struct{ Kind, Old, New, Was, Now string }
	}
	if err := json.Unmarshal([]byte(h.get(clerk, "/acts/zpnk/compare.json"+query)), &data); err != nil {
		t.Fatal(err)
	}
	if len(data.Changes) != 10 || data.Old.ID != string(now.ID) || data.Changes[5].Now != "Ministrstvo prvi obrok sredstev izplača v 30 dneh po podpisu pogodbe. Za zamudo prejemniku pripadajo zakonske zamudne obresti." {
		t.Errorf("as data it is %+v", data)
	}
	table := csv.NewReader(strings.NewReader(h.get(clerk, "/acts/zpnk/compare.csv"+query)))
	table.Comma = ';'
	rows, err := table.ReadAll()
	if err != nil || len(rows) != 11 || rows[10][0] != "novo" || rows[10][2] != "art_36a" {
		t.Errorf("as a table it is %q, %v", rows, err)
	}
}

// From two versions comes the amending act, as a page and as files, for the office.
func TestAmending(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, now, draft := h.demo()
	query := "?a=" + string(now.ID) + "&b=" + string(draft.ID)
	h.shows(h.get(clerk, "/acts/zpnk/compare"+query), `href="/acts/zpnk/amending`, "Napišite novelo")
	h.shows(h.get(clerk, "/acts/zpnk/amending"+query), "ZAKONA O PODPORI NEODVISNI KULTURI", "v prvem odstavku besedilo »pet let« nadomesti z besedilom »tri leta«", "Za 36. členom se doda nov 36.a člen, ki se glasi:", `<h2>1. člen</h2>`)
	h.shows(h.get(clerk, "/acts/zpnk/amending.txt"+query), "Za 36. členom se doda nov 36.a člen")
	if w := h.ask(clerk, "GET", "/acts/zpnk/amending.docx"+query, nil); w.Code != http.StatusOK || !bytes.HasPrefix(w.Body.Bytes(), []byte("PK")) {
		t.Errorf("the file answers %d", w.Code)
	}
	h.shows(h.get(clerk, "/acts/zpnk/amending?a="+string(now.ID)+"&b="+string(now.ID)), "Besedili se ne razlikujeta")
	if w := h.ask(nobody, "GET", "/acts/zpnk/amending"+query, nil); w.Code == http.StatusOK {
		t.Error("a stranger makes the house work")
	}
}

// Without a choice the newest text is compared with what was in force before.
func TestNewest(t *testing.T) {
	t.Parallel()
	v := func(id law.VersionID, stage corpus.Stage) corpus.Version { return corpus.Version{ID: id, Stage: stage} }
	for _, c := range []struct {
		versions []corpus.Version
		a, b     law.VersionID
	}{
		{[]corpus.Version{v("3", corpus.Draft), v("2", corpus.InForce), v("1", corpus.InForce)}, "2", "3"},
		{[]corpus.Version{v("4", corpus.Amending), v("3", corpus.Draft), v("2", corpus.Draft), v("1", corpus.InForce)}, "1", "3"},
		{[]corpus.Version{v("2", corpus.Amending), v("1", corpus.InForce)}, "1", "1"},
		{[]corpus.Version{v("2", corpus.Draft), v("1", corpus.Draft)}, "1", "2"},
		{[]corpus.Version{v("1", corpus.Amending)}, "1", "1"},
	} {
		if a, b := newest(c.versions); a != c.a || b != c.b {
			t.Errorf("of %v it is %s with %s", c.versions, a, b)
		}
	}
}

// The office pastes a text and finds it read; others may not.
func TestAdd(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	form := url.Values{"text": {"Pravilnik o žogah\n\n1. člen\nŽoga je okrogla.\n"}, "stage": {"in_force"}, "on": {"1. 3. 2025"}, "open": {"1"}}
	w := h.ask(clerk, "POST", "/acts", form)
	to := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/acts/pravilnik-o-zogah/") {
		t.Fatalf("answered %d to %s\n%s", w.Code, to, w.Body)
	}
	h.shows(h.get(nobody, to), "Besedilo je prebrano in shranjeno", "velja od 1. marca 2025", "Žoga je okrogla")

	form.Set("text", " ")
	form.Set("label", "NPB 7")
	w = h.ask(clerk, "POST", "/acts", form)
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("an empty text is answered %d", w.Code)
	}
	h.shows(w.Body.String(), "Prilepite besedilo ali dodajte datoteko", "NPB 7", "1. 3. 2025")
	form.Set("on", "nekoč")
	h.shows(h.ask(clerk, "POST", "/acts", form).Body.String(), "Vpišite datum")

	if w := h.ask(member, "POST", "/acts", form); w.Code != http.StatusForbidden {
		t.Errorf("a member adds, and is answered %d", w.Code)
	}
	if w := h.ask(member, "GET", "/acts/new", nil); w.Code != http.StatusForbidden {
		t.Errorf("a member is shown the form: %d", w.Code)
	}
}

func TestAdd_file(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	send := func(name, whole string) *httptest.ResponseRecorder {
		var b bytes.Buffer
		m := multipart.NewWriter(&b)
		m.WriteField("stage", "draft")
		f, _ := m.CreateFormFile("file", name)
		f.Write([]byte(whole))
		m.Close()
		r := httptest.NewRequest("POST", "/acts", &b)
		r.Header.Set("Content-Type", m.FormDataContentType())
		r.Header.Set("Accept-Language", "sl")
		w := httptest.NewRecorder()
		h.mux.ServeHTTP(w, r.WithContext(auth.With(r.Context(), clerk)))
		return w
	}
	w := send("osnutek.txt", "Odlok o tišini\n\n1. člen\nTiho.\n")
	if w.Code != http.StatusSeeOther {
		t.Fatalf("answered %d\n%s", w.Code, w.Body)
	}
	h.shows(h.get(clerk, w.Header().Get("Location")), "Odlok o tišini", "osnutek.txt", "Osnutek")
	if w := send("osnutek.xyz", "?"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a file that nobody can read is answered %d", w.Code)
	}
}

// A draft is for those who have signed in, until the office opens it.
func TestOpen(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, _, draft := h.demo()
	link := versionLink(draft)
	for _, path := range []string{link, link + ".json", link + "/art_1", "/acts/zpnk/compare?b=" + string(draft.ID)} {
		if w := h.ask(nobody, "GET", path, nil); w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/sign-in") {
			t.Errorf("GET %s by a passer-by is answered %d", path, w.Code)
		}
	}
	if body := h.get(nobody, "/acts/zpnk"); strings.Contains(body, "2. osnutek novele") || strings.Contains(body, "Dodajte različico") {
		t.Error("a passer-by sees that there is a draft, or what the office does")
	}
	if w := h.ask(member, "POST", link+"/open", url.Values{}); w.Code != http.StatusForbidden {
		t.Errorf("a member opens, and is answered %d", w.Code)
	}
	if w := h.ask(clerk, "POST", link+"/open", url.Values{}); w.Code != http.StatusSeeOther {
		t.Fatalf("the office opens, and is answered %d", w.Code)
	}
	h.shows(h.get(nobody, link), "Osnutek besedila")
}

// What the office remarks stands beside the provision and in the comparison.
func TestRemark(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, now, draft := h.demo()
	link := versionLink(draft)
	form := url.Values{"provision": {"art_36a__para_1"}, "words": {"Osnutek ne pove, kaj sledi, če seznama ni."}}
	if w := h.ask(member, "POST", link+"/remark", form); w.Code != http.StatusForbidden {
		t.Errorf("a member remarks, and is answered %d", w.Code)
	}
	w := h.ask(clerk, "POST", link+"/remark", form)
	if w.Code != http.StatusSeeOther {
		t.Fatalf("answered %d\n%s", w.Code, w.Body)
	}
	h.shows(h.get(member, w.Header().Get("Location")), "kaj sledi, če seznama ni", "Neža Škrbec", "Opomba je shranjena")
	compare := "/acts/zpnk/compare?a=" + string(now.ID) + "&b=" + string(draft.ID)
	h.shows(h.get(member, compare), "kaj sledi, če seznama ni")

	form.Set("words", strings.Repeat("a", corpus.MaxRemark+1))
	if w := h.ask(clerk, "POST", link+"/remark", form); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a remark without end is answered %d", w.Code)
	}
	form.Set("words", "")
	h.ask(clerk, "POST", link+"/remark", form)
	if strings.Contains(h.get(member, compare), "kaj sledi") {
		t.Error("a remark taken away is still there")
	}
	form.Set("provision", "art_99")
	if w := h.ask(clerk, "POST", link+"/remark", form); w.Code != http.StatusNotFound {
		t.Errorf("a remark beside nothing is answered %d", w.Code)
	}
}

func TestMissing(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, now, _ := h.demo()
	for _, path := range []string{
		"/acts/zujik", "/acts/zujik/compare", "/acts/zpnk/none", "/acts/zujik/" + string(now.ID), versionLink(now) + ".pdf",
		versionLink(now) + "/art_99", "/acts/zpnk/compare?a=none", "/acts/zpnk/none.json",
	} {
		if w := h.ask(clerk, "GET", path, nil); w.Code != http.StatusNotFound {
			t.Errorf("GET %s is answered %d", path, w.Code)
		}
	}
}

// Texts are shown as words, whatever they hold.
func TestAct_escaped(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	v, err := h.desk.Add(t.Context(), clerk, corpus.Given{Title: "Zakon <u>", Text: "1. člen\n(<script>alert(1)</script>)\n\n(1) A & B <img src=x>\n\n- \"c\" <i>\n"})
	if err != nil {
		t.Fatal(err)
	}
	w, err := h.desk.Add(t.Context(), clerk, corpus.Given{Act: v.Act, Text: "1. člen\n(<script>alert(2)</script>)\n\n(1) A & C <img src=y>\n"})
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{versionLink(v), versionLink(v) + "/art_1", "/acts", "/acts/" + string(v.Act) + "/compare?all=1&a=" + string(v.ID) + "&b=" + string(w.ID)} {
		body := h.get(clerk, path)
		for _, bad := range []string{"<script>alert", "<img", "<u>", "<i>"} {
			if strings.Contains(body, bad) {
				t.Errorf("GET %s lets %s through", path, bad)
			}
		}
	}
}

// The act that the house was made for, where its text is at hand.
func TestAct_zujik(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile(realtexts.Path(t, "law", "si-npb", "ZAKO3370.txt"))
	if err != nil {
		t.Fatal(err)
	}
	h := newHouse(t)
	v, err := h.desk.Add(t.Context(), clerk, corpus.Given{
		Title: "Zakon o uresničevanju javnega interesa za kulturo", Short: "ZUJIK", Label: "NPB 14", On: civil.On(2022, 8, 18), Open: true, Text: string(whole),
	})
	if err != nil {
		t.Fatal(err)
	}
	if v.Act != "zujik" || v.Articles < 150 {
		t.Errorf("it is %+v", v)
	}
	body := h.get(nobody, "/acts/zujik")
	h.shows(body, "2. člen (pomen izrazov)", "Prehodne in končne določbe: ZUJIK-B")
	tree, err := h.desk.Tree(t.Context(), nobody, v.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := ink(lawtext.Print(tree)), ink(string(whole)); got != want {
		t.Error("the text lost or won letters on its way through the database")
	}
	for n := range tree.All() {
		if !strings.Contains(body, `id="`+n.ID+`"`) {
			t.Fatalf("%s cannot be linked to", n.ID)
		}
		if w := h.ask(nobody, "GET", versionLink(v)+"/"+n.ID, nil); w.Code != http.StatusOK {
			t.Fatalf("%s has no page: %d", n.ID, w.Code)
		}
	}
}

func ink(s string) string { return strings.Join(strings.Fields(s), "") }

func TestAPI(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	_, now, draft := h.demo()
	h.shows(h.get(nobody, "/api/v1/acts"), `"id":"zpnk"`, `"versions":2`)
	h.shows(h.get(member, "/api/v1/acts?limit=1"), `"next":"zpnk"`, `"versions":3`)
	h.shows(h.get(nobody, "/api/v1/acts/zpnk"), `"latest":"`+string(now.ID)+`"`, `"label":"NPB 1"`)
	h.shows(h.get(nobody, "/api/v1/acts/zpnk/versions/"+string(now.ID)), `"id":"art_4__para_1__point_7__point_b"`, `"heading":"(honorarji)"`)

	post := func(by auth.Actor, body string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("POST", "/api/v1/acts", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		h.mux.ServeHTTP(w, r.WithContext(auth.With(r.Context(), by)))
		return w
	}
	for _, c := range []struct {
		w    *httptest.ResponseRecorder
		code int
		says string
	}{
		{post(clerk, `{"text":"Zakon o miru (ZMir)\n\n1. člen\nMir.\n","stage":"draft","on":"2026-11-01"}`), 201, `"act":"zmir"`},
		{post(member, `{"text":"Zakon"}`), 403, `"detail":"auth.denied"`},
		{post(nobody, `{"text":"Zakon"}`), 403, `"detail":"auth.sign_in_first"`},
		{post(clerk, `{"text":" "}`), 422, `"location":"body.text"`},
		{h.ask(nobody, "GET", "/api/v1/acts/zpnk/versions/"+string(draft.ID), nil), 403, "auth.sign_in_first"},
		{h.ask(clerk, "GET", "/api/v1/acts/none", nil), 404, "law.act.missing"},
		{h.ask(clerk, "GET", "/api/v1/acts/none/versions/"+string(now.ID), nil), 404, "law.version.missing"},
	} {
		if c.w.Code != c.code || !strings.Contains(c.w.Body.String(), c.says) {
			t.Errorf("answered %d %s, want %d %s", c.w.Code, c.w.Body, c.code, c.says)
		}
	}
}
