package dues

import (
	"strings"

	"github.com/asociacija/asociacija/engine/payslip"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/paper"
)

// Compose is the paper of the invoice in the language of the printer. It says what
// was frozen, and what was open when it was made.
func (i Invoice) Compose(p *i18n.Printer) paper.Document {
	s := i.Seller
	title := p.T("dues.paper.invoice", "number", i.Number)
	if i.State == Note {
		title = p.T("dues.paper.note", "number", i.Number)
	}
	d := paper.Document{Lang: p.Lang, Title: title, Author: s.Name, Footer: strings.Join(filled(s.Name, s.Street, s.Place, s.Email), ", ")}
	place := s.Place
	if _, town, ok := strings.Cut(place, " "); ok {
		place = town // without the postcode
	}
	d.Blocks = []paper.Block{
		paper.Address{Sender: true, Lines: filled(s.Name, s.Street, s.Place, prefixed(p, "dues.paper.tax", s.Tax))},
		paper.Address{Lines: filled(i.Payer.Name, i.Payer.Street, i.Payer.Place, prefixed(p, "dues.paper.tax", i.Payer.Tax))},
		paper.Date{Text: strings.Join(filled(place, p.Long(i.Issued)), ", ")},
		paper.Heading{Level: 1, Text: paper.Plain(title)},
		i.table(p),
	}
	if i.State == Note {
		d.Blocks = append(d.Blocks, paper.Paragraph{Text: paper.Plain(p.T("dues.paper.note.why", "reason", i.Reason))})
	} else if settled := i.Total.Minus(i.Open); !settled.IsZero() {
		d.Blocks = append(d.Blocks, paper.Facts{
			{Label: p.T("dues.paper.settled"), Value: paper.Plain(settled.Format(p.Lang))}, {Label: p.T("dues.paper.open"), Value: paper.Plain(i.Open.Format(p.Lang))},
		})
	}
	if i.Open.Positive() && i.State != Note {
		d.Blocks = append(d.Blocks, i.slip(p))
	}
	if s.Remark != "" {
		d.Blocks = append(d.Blocks, paper.Paragraph{Face: paper.Sans, Text: paper.Text{{Text: s.Remark, Style: paper.Muted}}})
	}
	if s.Signer != "" {
		d.Blocks = append(d.Blocks, paper.Signature{Closing: "", Lines: filled(s.Signer, s.Office)})
	}
	return d
}

func (i Invoice) table(p *i18n.Printer) paper.Table {
	t := paper.Table{RowHeads: true, Columns: []paper.Column{{Head: p.T("dues.paper.what"), Share: 4}, {Head: p.T("dues.paper.amount"), Share: 1, Numeric: true}}}
	for _, l := range i.Lines {
		what := p.T("dues.paper.line", "year", itoa(l.Year))
		if len(i.Lines) > 1 || l.Member != i.Payer.Member {
			what += ": " + spoken(members.Member{Name: l.Name, Kind: l.Kind})
		}
		t.Rows = append(t.Rows, []paper.Cell{{paper.Plain(what)}, {paper.Plain(l.Amount.Format(p.Lang))}})
	}
	total := paper.Text{{Text: p.T("dues.paper.total"), Style: paper.Bold}}
	t.Rows = append(t.Rows, []paper.Cell{{total}, {paper.Text{{Text: i.Total.Format(p.Lang), Style: paper.Bold}}}})
	return t
}

// slip is what the payer needs to pay, with the code of the country of the account.
// An account that no code is for has none.
func (i Invoice) slip(p *i18n.Printer) paper.Block {
	s := i.Seller
	facts := paper.Facts{
		{Label: p.T("dues.paper.open"), Value: paper.Text{{Text: i.Open.Format(p.Lang), Style: paper.Bold}}},
		{Label: p.T("dues.paper.due"), Value: paper.Plain(p.Date(i.Due))},
		{Label: p.T("dues.paper.to"), Value: paper.Plain(s.Name)},
		{Label: "IBAN", Value: paper.Plain(s.IBAN.String())},
	}
	if s.BIC != "" || s.Bank != "" {
		facts = append(facts, paper.Fact{Label: p.T("dues.paper.bank"), Value: paper.Plain(strings.Join(filled(s.Bank, s.BIC), ", "))})
	}
	facts = append(facts,
		paper.Fact{Label: p.T("dues.paper.reference"), Value: paper.Plain(i.Reference.String())},
		paper.Fact{Label: p.T("dues.paper.purpose"), Value: paper.Plain(s.Purpose + ", " + i.purpose(p))},
	)
	code, form, err := i.code(p)
	if err != nil {
		return facts
	}
	code.Alt = p.T("dues.paper.code", "amount", i.Open.Format(p.Lang), "iban", s.IBAN.String(), "reference", i.Reference.String())
	return paper.Slip{Code: code, Facts: facts, Form: form}
}

func (i Invoice) purpose(p *i18n.Printer) string {
	return p.T("dues.paper.purpose.words", "year", itoa(i.Year), "number", i.Number)
}

// code is what a telephone reads, and the form in which it stands where the banks of
// the country have one.
func (i Invoice) code(p *i18n.Printer) (paper.Code, *payslip.Form, error) {
	s := i.Seller
	if !s.Domestic() {
		text, err := payslip.EPC{BIC: s.BIC, Name: s.Name, IBAN: s.IBAN, Amount: i.Open, Code: s.Purpose, Reference: i.Reference}.Text()
		return paper.Code{Content: []byte(text)}, nil, err
	}
	u := payslip.UPN{
		Payer: i.Payer.Name, Street: i.Payer.Street, Place: i.Payer.Place, Amount: i.Open, Code: s.Purpose, Purpose: i.purpose(p), Due: i.Due,
		IBAN: s.IBAN, Reference: i.Reference, Name: s.Name, Address: s.Street, Town: s.Place,
	}
	form, err := u.Form()
	if err != nil {
		return paper.Code{}, nil, err
	}
	raw, err := u.Bytes()
	return paper.Code{Content: raw, Charset: payslip.UPNCharset, Version: payslip.UPNVersion}, &form, err
}

func filled(list ...string) (some []string) {
	for _, s := range list {
		if s != "" {
			some = append(some, s)
		}
	}
	return some
}

func prefixed(p *i18n.Printer, key, s string) string {
	if s == "" {
		return ""
	}
	return p.T(key) + " " + s
}
