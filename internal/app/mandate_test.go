package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/mail"
)

// Membership, walked by people: somebody applies and is admitted, a member declares,
// is billed and pays, the assembly is called, a vote is cast and counted, and an
// extract says who the members are, which a stranger checks. With the scripts of the
// pages and without.
func TestBrowser_mandate(t *testing.T) {
	for name, on := range map[string]bool{"scripts": true, "plain": false} {
		t.Run(name, func(t *testing.T) { mandate(t, on) })
	}
}

func mandate(t *testing.T, scripts bool) {
	h, base := demoHouse(t)
	b := browser(t, base)
	b.scripts(scripts)

	// A dancer applies on a phone, without an account, and confirms by the letter.
	b.size(390, 844)
	b.open("/join/person")
	b.set("given", "Ema", "family", "Čebul", "place", "2000 Maribor", "email", "ema.cebul@posta.example", "statute", "1")
	time.Sleep(3 * time.Second) // whoever fills in a form faster is no person
	b.send("Pošljite izjavo")
	b.sound()
	b.open(strings.TrimPrefix(linkTo(t, h.Mail, "ema.cebul@posta.example", "/join/"), base))
	b.send("Potrdite")
	b.sound()
	b.shot("mandate-1-applied")

	// The board's decision makes her a member.
	b.size(1280, 900)
	b.open("/demo")
	b.send("Vstopi: Neža Škrbec")
	b.open("/applications")
	b.press("Čebul")
	b.send("Vpišite odločitev")
	b.set("outcome", "accept", "number", "UO-9/2026-1", "from", time.Now().In(h.Config.TimeZone).Format("2. 1. 2006"))
	b.send("Shranite in obvestite")
	b.sound()
	b.open("/members?q=čebul")
	b.sees("Čebul, Ema")

	// An organisation corrects its declaration, is billed, and pays.
	list, err := h.Members.List(t.Context(), auth.House, members.Query{Filter: members.Filter{Text: "pesto"}})
	if err != nil || len(list) != 1 {
		t.Fatal(len(list), err)
	}
	pesto := string(list[0].ID)
	b.open("/demo")
	b.send("Vstopi: Ana Dren")
	b.open("/dues/own/" + pesto)
	b.sound()
	b.shot("mandate-2-declaration")
	b.set("state", "60.000", "municipality", "20.000", "eu", "0", "other", "0")
	b.send("Popravite izjavo")
	b.open("/demo")
	b.send("Vstopi: Neža Škrbec")
	b.open("/dues/runs/new")
	b.sound()
	b.press("Pošljite jih plačnikom")
	b.send("Izdajte")
	b.sound()
	invoice := billed(t, h.Dues, list[0].ID)
	if got := invoice.Total.Plain(); got != "240.00" {
		t.Errorf("0.3 %% of 80,000 is billed as %s", got)
	}
	b.open("/dues/invoices/" + string(invoice.ID))
	b.sound()
	b.shot("mandate-3-invoice")
	b.press("Knjižite plačilo")
	b.set("amount", "240,00")
	b.send("Knjižite plačilo")
	b.sees("plačan")

	assembly(t, h, b)

	// Members vote on a motion; one casts it on a phone and keeps the receipt.
	b.open("/votes")
	b.press("Sprememba pravil")
	b.settle()
	vote := b.path()
	b.open("/demo")
	b.send("Vstopi: Ana Dren")
	b.size(390, 844)
	b.open(vote)
	b.send("Glasujte")
	b.sound()
	b.press("za")
	b.shot("mandate-5-ballot")
	b.send("Preglejte pred oddajo")
	b.sound()
	b.send("Oddajte glas")
	b.sees("glas je oddan")
	b.shot("mandate-6-receipt")
	b.size(1280, 900)
	b.open("/demo")
	b.send("Vstopi: Neža Škrbec")
	b.open(vote + "/close")
	b.send("Zaključite")
	b.sound()
	b.shot("mandate-7-result")

	// The extract counts the new member, and a stranger checks it.
	b.open("/extracts/new")
	b.set("purpose", "volitve v Državni svet")
	b.send("Izdajte izpisek")
	b.sees("355 posameznic")
	b.sound()
	b.shot("mandate-8-extract")
	check := b.value(`document.querySelector('main a[href^="/check/"]').getAttribute("href")`)
	b.forget()
	b.open(check)
	b.sees("smo izdali")
	b.sound()
	b.shot("mandate-9-check")
}

// choose takes the option with the words.
func (b *tab) choose(name, words string) {
	b.t.Helper()
	b.set(name, b.value(`[...document.querySelector("main select[name=`+name+`]").options].find((o) => o.textContent.includes(`+quote(words)+`)).value`))
}

// linkTo waits for the letter to the address that has a link to the path, and returns
// the link.
func linkTo(t *testing.T, desk *mail.Desk, to, path string) string {
	t.Helper()
	for range 200 {
		list, err := desk.Outbox(t.Context(), auth.House, mail.Query{Limit: 200})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			if e.To != to {
				continue
			}
			whole, err := desk.Get(t.Context(), auth.House, e.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range strings.Fields(whole.Text) {
				if strings.Contains(w, path) {
					return w
				}
			}
		}
		time.Sleep(50 * time.Millisecond) // the letters are written by a job
	}
	t.Fatalf("no letter to %s leads to %s", to, path)
	return ""
}

// billed waits for this year's invoice of the member.
func billed(t *testing.T, desk *dues.Desk, id members.ID) dues.Invoice {
	t.Helper()
	for range 600 {
		list, err := desk.Invoices(t.Context(), auth.House, dues.Query{Member: id, Year: time.Now().Year()})
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 1 && list[0].Paper != "" {
			return list[0]
		}
		time.Sleep(100 * time.Millisecond) // the run is a job
	}
	t.Fatal("no invoice was made in a minute")
	return dues.Invoice{}
}
