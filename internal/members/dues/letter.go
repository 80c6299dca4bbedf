package dues

import (
	"html"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/mail"
)

// wrap makes the HTML of a letter of its text: paragraphs, and addresses as links.
func wrap(p *i18n.Printer, l mail.Letter) mail.Letter {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="` + p.Lang + `"><meta charset="utf-8"><body style="font:16px/1.5 sans-serif;max-width:38em">` + "\n")
	for _, par := range strings.Split(strings.TrimSpace(l.Text), "\n\n") {
		safe := strings.ReplaceAll(html.EscapeString(par), "\n", "<br>")
		if strings.HasPrefix(par, "http") && !strings.ContainsAny(par, " \n") {
			safe = `<a href="` + safe + `">` + safe + "</a>"
		}
		b.WriteString("<p>" + safe + "</p>\n")
	}
	l.HTML, l.Lang = b.String()+"</body></html>\n", p.Lang
	return l
}

// askLetter asks one who answers for a member for its declaration.
func (h House) askLetter(to members.Answerer, a asking, token string, until civil.Date) mail.Letter {
	p, key, kind := h.In(to.Lang), "dues.letter.ask", mail.Invite
	if a.Remind {
		key, kind = "dues.letter.ask.again", mail.Reminder
	}
	link := h.URL + "/declare/" + token
	args := []any{"name", to.PersonName, "member", to.MemberName, "year", itoa(a.Year - 1), "fee", itoa(a.Year), "house", h.Name, "link", link, "until", p.Long(until)}
	if family, given, ok := strings.Cut(to.PersonName, ", "); ok {
		args[1] = given + " " + family
	}
	return wrap(p, mail.Letter{
		To: to.Email, ToName: to.PersonName, About: "dues/declare/" + string(to.Member), Kind: kind, Readers: Declared.Roles,
		Subject: p.T(key+".subject", args...), Text: p.T(key+".text", args...),
	})
}

// words are what letters about an invoice say of it.
func (i Invoice) words(p *i18n.Printer, house string) []any {
	return []any{
		"name", i.Payer.Name, "house", house, "number", i.Number, "year", itoa(i.Year), "total", i.Total.Format(p.Lang), "open", i.Open.Format(p.Lang),
		"due", p.Long(i.Due), "iban", i.Seller.IBAN.String(), "reference", i.Reference.String(),
	}
}

func (i Invoice) attached(p *i18n.Printer) []mail.File {
	return []mail.File{{Name: i.FileName(p, "pdf"), Type: "application/pdf", Hash: i.Paper}}
}

// FileName is what the paper of the invoice is called.
func (i Invoice) FileName(p *i18n.Printer, format string) string {
	if i.State == Note {
		return p.T("dues.paper.file.note") + "-" + i.Number + "." + format
	}
	return p.T("dues.paper.file") + "-" + i.Number + "." + format
}

func (h House) invoiceLetter(i Invoice) mail.Letter {
	p, key := h.In(i.Payer.Lang), "dues.letter.invoice"
	switch {
	case i.State == Note:
		key = "dues.letter.note"
	case !i.Open.Positive():
		key = "dues.letter.paid"
	}
	args := i.words(p, h.Name)
	return wrap(p, mail.Letter{
		To: i.Payer.Email, ToName: i.Payer.Name, About: Subject(i.ID), Kind: mail.Receipt, Readers: Read.Roles, ReplyTo: i.Seller.Email,
		Subject: p.T(key+".subject", args...), Text: p.T(key+".text", args...), Files: i.attached(p),
	})
}

// reminder fills in the words of a step: what stands in braces.
func (h House) reminder(i Invoice, s Step, day civil.Date) mail.Letter {
	p := h.In(i.Payer.Lang)
	w, ok := s.Words[p.Lang]
	if !ok {
		for _, lang := range i18n.Spoken() {
			if w, ok = s.Words[lang]; ok {
				break
			}
		}
	}
	fill := strings.NewReplacer("{name}", i.Payer.Name, "{number}", i.Number, "{open}", i.Open.Format(p.Lang), "{due}", p.Long(i.Due), "{days}", itoa(i.Late(day)),
		"{iban}", i.Seller.IBAN.String(), "{reference}", i.Reference.String(), "{house}", h.Name, "{year}", itoa(i.Year))
	return wrap(p, mail.Letter{
		To: i.Payer.Email, ToName: i.Payer.Name, About: Subject(i.ID), Kind: mail.Reminder, Readers: Read.Roles, ReplyTo: i.Seller.Email,
		Subject: fill.Replace(w.Subject), Text: fill.Replace(w.Text), Files: i.attached(p),
	})
}

// boardLetter tells one of the board who got the last reminder.
func (h House) boardLetter(to auth.Actor, last []Reminder) mail.Letter {
	p := h.In(to.Lang)
	var rows []string
	for _, r := range last {
		rows = append(rows, "– "+r.Payer.Name+", "+r.Number)
	}
	args := []any{"name", to.Name, "house", h.Name, "n", len(last), "list", strings.Join(rows, "\n"), "link", h.URL + "/dues"}
	return wrap(p, mail.Letter{To: to.Email, ToName: to.Name, About: "dues/reminders", Kind: mail.Reminder, Subject: p.T("dues.letter.board.subject", args...), Text: p.T("dues.letter.board.text", args...)})
}
