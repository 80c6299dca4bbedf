package app_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/mail"
)

// The spine, walked by people: the coordinator pastes a draft and asks the members,
// one answers from a phone, the office writes a proposal, the board's decision is
// noted, the position is frozen and delivered, an answer comes, and the adopted text
// is judged.
func TestBrowser_spine(t *testing.T) {
	h, base := demoHouse(t)
	b := browser(t, base)
	b.size(1280, 900)
	b.open("/demo")
	b.send("Vstopi: Neža Škrbec")

	// A draft is pasted: the house says what it is, and the coordinator saves.
	draft, err := os.ReadFile("demo/zpnk-a-1.txt")
	if err != nil {
		t.Fatal(err)
	}
	b.open("/cases/new")
	b.set("text", strings.ReplaceAll(string(draft), "ZPNK-A", "ZPNK-B")+"\nPripombe pošljite do 20. 12. 2031.\n")
	b.send("Shranite in preberite")
	b.sound()
	b.shot("journey-1-intake")
	if got := b.value(`document.querySelector("[name=short]").value + " " + document.querySelector("[name=deadline]").value`); !strings.HasPrefix(got, "ZPNK-B") || !strings.Contains(got, "2031") {
		t.Errorf("the house read %q", got)
	}
	b.set("label", "osnutek novele B")
	b.send("Odprite zadevo")
	file := b.path()
	b.sees("ZPNK-B")
	b.sound()

	// Members are asked about two provisions.
	b.open(file + "/consultations/new")
	b.set("lead", "Ministrstvo znova spreminja zakon. Odgovorite na dve vprašanji.", "asked", "art_2", "asked", "art_7", "title:art_2", "Štiri leta delovanja", "audience", "organisations")
	b.send("Shranite in preglejte")
	b.sees("Štiri leta delovanja")
	b.shot("journey-2-consultation")
	consultation := b.path()
	b.open(consultation + "/open")
	b.send("Odprite")
	link := letterTo(t, h.Mail, "ana.dren@pesto.example", "ZPNK-B")

	// A member answers on a phone, by the link, without an account.
	b.forget()
	b.size(390, 844)
	b.open(strings.TrimPrefix(link, base))
	b.sees("Štiri leta delovanja")
	b.sound()
	b.shot("journey-3-phone")
	b.dark(true)
	b.shot("journey-3-phone-dark")
	b.dark(false)
	b.set("s1", "rewrite", "w1", "besedilo »pet let« nadomesti z besedilom »dve leti«", "t1", "Dve leti zadoščata.", "s2", "support")
	b.sees("2 od 2")
	b.sees("Shranjeno")
	b.send("Pošlji")
	b.sees("Hvala")
	b.sound()
	b.shot("journey-4-receipt")
	b.size(320, 700)
	b.open(strings.TrimPrefix(link, base))
	b.sound()
	if got := b.value(`document.querySelector("[name=w1]").value`); !strings.Contains(got, "dve leti") {
		t.Errorf("what was sent reads %q", got)
	}

	// The office sees who said what, and makes a proposal of it.
	b.size(1280, 900)
	b.open("/demo")
	b.send("Vstopi: Neža Škrbec")
	b.open(consultation + "/matrix")
	b.sees("Plesna zadruga Pesto")
	b.sound()
	b.shot("journey-5-matrix")
	b.open(file + "/position")
	b.shot("journey-6-position-empty")
	b.sound()
	propose(b, file)
	b.sees("pripravljen")

	// The position is decided on, frozen and numbered; its papers are made.
	b.open(file + "/position")
	b.set("title", "Stališče do novele B", "lead", "Predlagamo eno spremembo.")
	b.send("Odprite stališče")
	b.open(file + "/position/mandate")
	b.set("body", "board", "on", time.Now().Format("2. 1. 2006"), "for", "6", "against", "0", "abstained", "1", "person", "Ivo Tratar", "rule", "Statut, 31. člen")
	b.send("Shranite pooblastilo")
	b.open(file + "/position/approve")
	b.send("Potrdi")
	b.open(file + "/position/freeze")
	b.send("Zamrzni")
	b.sees("Zamrznjeno")
	b.sound()
	b.shot("journey-7-frozen")

	// It is delivered, answered, and judged on what was adopted.
	b.open(file + "/delivered/new")
	b.set("to", "Ministrstvo za umetnost in ustvarjalnost", "channel", "mail")
	b.send("Shranite pošiljko")
	b.shot("journey-8-delivery")
	b.sound()
	b.send("Označite kot poslano")
	b.send("Označite kot poslano")
	b.open(file + "/answers/new")
	b.set("from", "Ministrstvo", "summary", "Predlog bomo upoštevali.")
	b.send("Vpišite odgovor")
	b.open("/cases/new?for=" + strings.TrimPrefix(file, "/cases/"))
	b.set("text", strings.NewReplacer("štiri leta«.\n\n3. člen", "dve leti«.\n\n3. člen", "ZPNK-A", "ZPNK-B").Replace(string(draft)))
	b.send("Shranite in preberite")
	b.set("stage", "amending", "label", "sprejeto")
	b.send("Dodajte k zadevi")
	b.open(file + "/uptake")
	b.sound()
	b.shot("journey-9-uptake")
	b.press("Dve leti zadoščata")
	b.settle()
	b.sees("dve leti")
	b.sound()
	b.shot("journey-10-judge")
}

// propose writes a proposal from what the member said to the second article.
func propose(b *tab, file string) {
	b.t.Helper()
	b.press("Nov predlog")
	b.settle()
	b.shot("journey-6-choose")
	b.press("2. člen")
	b.settle()
	b.set("title", "Dve leti zadoščata", "text", "V 12. členu se v prvem odstavku besedilo »pet let« nadomesti z besedilom »dve leti«.", "reasons", "Od ustanovitve do prve prijave mine več kot šest let.")
	b.sees("dodano")
	b.shot("journey-6-editor")
	b.sound()
	b.send("Shranite kot pripravljen")
}

// letterTo waits for the letter to the address whose text has the words, and returns
// the personal link in it.
func letterTo(t *testing.T, desk *mail.Desk, to, words string) string {
	t.Helper()
	for range 200 {
		list, err := desk.Outbox(t.Context(), auth.House, mail.Query{Limit: 200})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			if e.To != to || e.Kind != mail.Invite {
				continue
			}
			whole, err := desk.Get(t.Context(), auth.House, e.ID)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(whole.Text+whole.Subject, words) {
				continue
			}
			for _, w := range strings.Fields(whole.Text) {
				if strings.Contains(w, "/a/") {
					return w
				}
			}
		}
		time.Sleep(50 * time.Millisecond) // the letters are written by a job
	}
	t.Fatalf("no letter to %s says %q", to, words)
	return ""
}
