package admission

import (
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/mail"
)

// link is the address behind a token.
func (h House) link(token string) string { return h.URL + "/join/" + token }

// confirmLetter asks whoever reads the address to press a button. A known address
// is told so here, and nowhere else.
func (d *Desk) confirmLetter(a Application, token string, known bool) mail.Letter {
	p := d.house.In(a.Lang)
	args := []any{"name", a.Called(), "house", d.house.Name}
	pars := []string{p.T("admission.letter.hello"), p.T("admission.letter.confirm", args...), d.house.link(token), p.T("admission.letter.confirm.not_you")}
	if known {
		pars = append(pars, p.T("admission.letter.known", "link", d.house.URL+"/sign-in"))
	}
	return d.letter(a, p.T("admission.letter.confirm.subject", args...), mail.Receipt, pars)
}

// decisionLetter tells what was decided, why, and what can be done against it.
func (d *Desk) decisionLetter(a Application, o Decision, rule Rule, token string) mail.Letter {
	p := d.house.In(a.Lang)
	args := []any{
		"name", a.Called(), "house", d.house.Name, "board", rule.Board, "number", o.Number, "application", a.Number(),
		"day", p.Long(o.On), "from", p.Long(o.From),
	}
	key := "admission.letter." + string(o.Outcome)
	pars := []string{p.T("admission.letter.hello"), p.T(key, args...)}
	if o.Reasons != "" {
		pars = append(pars, p.T("admission.letter.reasons")+"\n"+o.Reasons)
	}
	switch o.Outcome {
	case Reject:
		// ZDru-1, 13. člen, peti odstavek: the assembly hears appeals; 14. člen: the court.
		pars = append(pars, p.T("admission.letter.instruction"), instruction(p.T, rule), p.T("admission.letter.court"))
	case Dismiss:
		pars = append(pars, p.T("admission.letter.instruction"), p.T("admission.letter.court"))
	case Accept, Uphold:
		pars = append(pars, p.T("admission.letter.welcome", "link", d.house.URL+"/sign-in"))
	case More:
		pars = append(pars, p.T("admission.letter.reply"), d.house.link(token))
	}
	if o.Outcome != More {
		pars = append(pars, p.T("admission.letter.status"), d.house.link(token))
	}
	return d.letter(a, p.T(key+".subject", args...), mail.Receipt, pars)
}

// instruction says how to appeal, and until when.
func instruction(t func(string, ...any) string, rule Rule) string {
	if rule.Appeal == 0 {
		return t("admission.letter.appeal.open")
	}
	return t("admission.letter.appeal", "n", rule.Appeal)
}

func (d *Desk) letter(a Application, subject string, kind mail.Kind, pars []string) mail.Letter {
	return mail.Letter{
		To: a.Email, ToName: a.Called(), Lang: d.house.In(a.Lang).Lang, Subject: subject, Kind: kind, About: Subject(a.ID),
		Text: strings.Join(append(pars, d.house.Name), "\n\n"),
	}
}

// Due is the last day of an appeal against what was decided, as far as we know when
// the letter was received.
func (r Rule) Due(told civil.Date) civil.Date {
	if r.Appeal == 0 {
		return civil.Date{}
	}
	return told.AddDays(r.Appeal)
}
