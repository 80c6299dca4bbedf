package consult

import (
	"html"
	"net/url"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/mail"
)

// A writing is a letter as it is being written: paragraphs, once for the text and
// once for its HTML, in which nothing is fetched from anywhere.
type writing struct {
	*i18n.Printer
	text, html strings.Builder
}

// par adds a paragraph; lines within it stay lines.
func (w *writing) par(s string) {
	if s = strings.TrimSpace(s); s == "" {
		return
	}
	w.text.WriteString(s + "\n\n")
	w.html.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(s), "\n", "<br>") + "</p>\n")
}

// link adds an address on a line of its own.
func (w *writing) link(address string) {
	w.text.WriteString(address + "\n\n")
	address = html.EscapeString(address)
	w.html.WriteString(`<p><a href="` + address + `">` + address + "</a></p>\n")
}

// until writes the last day in words: do torka, 24. novembra 2026.
func until(p *i18n.Printer, d civil.Date) string {
	return p.T("consult.until."+strconv.Itoa(int(d.Weekday())), "date", p.Long(d))
}

// letter writes an invitation, a reminder or a link handed over.
func (h House) letter(kind string, c Consultation, v Invitation, link, from string) mail.Letter {
	w := &writing{Printer: h.In(v.Lang)}
	args := []any{"name", v.Name, "house", h.Name, "title", c.Title, "member", v.MemberName, "from", from, "n", len(c.Asked), "until", until(w.Printer, c.Closes)}
	w.par(w.T("consult.letter.hello", args...))
	w.par(w.T("consult.letter."+kind, args...))
	if kind == "remind" && v.Stage == Answering {
		w.par(w.T("consult.letter.remind.saved", args...))
	}
	w.par(c.Lead)
	w.par(w.T("consult.letter.until", args...))
	w.link(link)
	w.par(w.T("consult.letter.why", args...))
	w.par(w.T("consult.letter.decline", args...))
	w.par(h.Name)
	l := h.to(v, c, w)
	l.Kind, l.Subject = mail.Invite, w.T("consult.letter."+kind+".subject", args...)
	if kind == "remind" {
		l.Kind = mail.Reminder
	}
	// A program that looks into mail may open this: the page only asks.
	if u, err := url.Parse(link); err == nil {
		l.Unsubscribe = u.JoinPath("decline").String()
	}
	return l
}

func (h House) to(v Invitation, c Consultation, w *writing) mail.Letter {
	return mail.Letter{
		To: v.Email, ToName: v.Name, Lang: w.Lang, Text: w.text.String(), About: Subject(c.ID),
		HTML: `<!doctype html><html lang="` + w.Lang + `"><meta charset="utf-8"><body style="font:16px/1.5 sans-serif;max-width:38em">` + "\n" + w.html.String() + "</body></html>\n",
	}
}

// receipt writes what was answered.
func (h House) receipt(a Answer, link string) mail.Letter {
	c, v := a.Consultation, a.Invitation
	w := &writing{Printer: h.In(v.Lang)}
	args := []any{"name", v.Name, "house", h.Name, "title", c.Title, "member", v.MemberName, "until", until(w.Printer, c.Closes)}
	w.par(w.T("consult.letter.hello", args...))
	w.par(w.T("consult.letter.receipt", args...))
	for _, one := range c.Asked {
		said := a.Comments[one.Provision]
		if said.Empty() {
			continue
		}
		lines := []string{one.Cite + ": " + one.Title, w.T("consult.stance." + string(said.Stance)), said.Text, said.Wording}
		w.par(strings.Join(nonEmpty(lines), "\n"))
	}
	if v.Public {
		w.par(w.T("consult.letter.public", args...))
	} else {
		w.par(w.T("consult.letter.private", args...))
	}
	w.par(w.T("consult.letter.change", args...))
	w.link(link)
	w.par(h.Name)
	l := h.to(v, c, w)
	l.Kind, l.Subject = mail.Receipt, w.T("consult.letter.receipt.subject", args...)
	return l
}

func nonEmpty(lines []string) []string {
	var some []string
	for _, s := range lines {
		if s != "" {
			some = append(some, s)
		}
	}
	return some
}
