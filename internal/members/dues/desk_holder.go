package dues

import (
	"context"
	"errors"
	"io"
	"reflect"
	"slices"

	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Holder is what the register asks of this desk when a member goes or becomes another.
func (d *Desk) Holder() members.Holder {
	return members.Holder{Name: "dues", Holds: holds, Tell: d.tell, Files: d.files, Merge: d.merge, Erase: d.erase}
}

// A told is what is handed to a member of their dues.
type told struct {
	Declarations []toldDeclaration `json:"declarations,omitempty"`
	Asked        []int             `json:"asked,omitempty"` // for the declarations of which years
	Waivers      []fees.Waiver     `json:"waivers,omitempty"`
	Payer        *Payer            `json:"payer,omitempty"` // as the office has written them
	Invoices     []toldInvoice     `json:"invoices,omitempty"`
	Payments     []Payment         `json:"payments,omitempty"`
	Ledger       []Row             `json:"ledger,omitempty"`
}

type toldDeclaration struct {
	Year  int                    `json:"year"`
	At    string                 `json:"at"`
	Funds map[fees.Source]string `json:"funds"`
	Note  string                 `json:"note,omitempty"`
	Via   Via                    `json:"via"`
	By    string                 `json:"by"`
}

type toldInvoice struct {
	Number string `json:"number"`
	Issued string `json:"issued"`
	Due    string `json:"due"`
	Payer  string `json:"payer"`
	Amount string `json:"amount"` // of the member's own lines
	State  State  `json:"state"`
	// What the invoice has of the member alone.
	Lines  []string `json:"lines,omitempty"` // names on their lines
	Reason string   `json:"reason,omitempty"`
	Street string   `json:"street,omitempty"`
	Place  string   `json:"place,omitempty"`
	Email  string   `json:"email,omitempty"`
	Tax    string   `json:"tax,omitempty"`
}

func (d *Desk) tell(ctx context.Context, tx *store.Tx, id members.ID) (any, error) {
	var t told
	decs, err := declarationsOf(ctx, tx, id, 0)
	if err != nil {
		return nil, err
	}
	for _, dec := range decs {
		one := toldDeclaration{Year: dec.Year, At: store.Time(dec.At), Funds: map[fees.Source]string{}, Note: dec.Note, Via: dec.Via, By: dec.By}
		for _, s := range fees.Sources() {
			one.Funds[s] = dec.Of(s).String()
		}
		t.Declarations = append(t.Declarations, one)
	}
	list, err := d.invoicesOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	for _, i := range list {
		one := toldInvoice{Number: i.Number, Issued: i.Issued.String(), Due: i.Due.String(), Payer: i.Payer.Name, State: i.State}
		var own money.Amount
		for _, l := range i.Lines {
			if l.Member == id {
				own, one.Lines = own.Plus(l.Amount), append(one.Lines, l.Name)
			}
		}
		if i.Payer.Member == id {
			one.Reason, one.Street, one.Place, one.Email, one.Tax = i.Reason, i.Payer.Street, i.Payer.Place, i.Payer.Email, i.Payer.Tax
		}
		one.Amount = own.String()
		t.Invoices = append(t.Invoices, one)
	}
	if err := t.read(ctx, tx, id); err != nil || reflect.DeepEqual(t, told{}) {
		return nil, err
	}
	return t, nil
}

// invoicesOf lists the invoices on which the member stands, and those they pay.
func (d *Desk) invoicesOf(ctx context.Context, tx *store.Tx, id members.ID) ([]Invoice, error) {
	list, err := listInvoices(ctx, tx, Query{Member: id, Limit: 1_000})
	if err != nil {
		return nil, err
	}
	p, err := payerMember(ctx, tx, id)
	if fault.Is(err, fault.Missing) {
		return list, nil
	}
	if err != nil {
		return nil, err
	}
	pays, err := listInvoices(ctx, tx, Query{Payer: p.ID, Limit: 1_000})
	for _, i := range pays {
		if !slices.ContainsFunc(list, func(o Invoice) bool { return o.ID == i.ID }) {
			list = append(list, i)
		}
	}
	return list, err
}

// files are the papers of the invoices that the member pays, or that name nobody else.
func (d *Desk) files(ctx context.Context, tx *store.Tx, id members.ID) (all []members.HeldFile, err error) {
	list, err := d.invoicesOf(ctx, tx, id)
	for _, i := range list {
		if i.Payer.Member != id && slices.ContainsFunc(i.Lines, func(l Line) bool { return l.Member != id }) {
			continue
		}
		f := members.HeldFile{Name: i.FileName(d.house.In(i.Payer.Lang), "pdf"), Hash: i.Paper}
		if f.Hash == "" {
			f.Print = func(w io.Writer) error { return d.printTo(w, i) }
		}
		all = append(all, f)
	}
	return all, err
}

// merge moves all to the other member. Of two payers one is left, with the invoices,
// the payments and the credit of both.
func (d *Desk) merge(ctx context.Context, tx *store.Tx, from, to members.ID) error {
	a, err := payerMember(ctx, tx, from)
	if err != nil && !fault.Is(err, fault.Missing) {
		return err
	}
	b, other := payerMember(ctx, tx, to)
	if other != nil && !fault.Is(other, fault.Missing) {
		return other
	}
	if err == nil && other == nil {
		if !a.Credit.IsZero() && a.Credit.Currency() != b.Credit.Currency() {
			return fault.New(fault.Conflict, "dues.credit.currency")
		}
		if err := mergePayers(ctx, tx, a.ID, b.ID); err != nil {
			return err
		}
	}
	if err := merge(ctx, tx, from, to); err != nil {
		return err
	}
	return d.handMark(ctx, tx, from, to)
}

// erase takes out what is personal: invoices keep their numbers, days and sums, and a
// name that says that it was taken out. Their papers go, also where another is the
// payer, and are made anew when they are asked for.
func (d *Desk) erase(ctx context.Context, tx *store.Tx, id members.ID) error {
	name := d.house.In("").T("dues.erased")
	p, err := payerMember(ctx, tx, id)
	if err != nil && !fault.Is(err, fault.Missing) {
		return err
	}
	if err := erase(ctx, tx, id, name); err != nil {
		return err
	}
	list, err := d.invoicesOf(ctx, tx, id)
	if err != nil {
		return err
	}
	if p.ID != "" {
		if err := putPayer(ctx, tx, Payer{ID: p.ID, Member: id, Name: name, Revision: p.Revision + 1}, p.Credit.Currency()); err != nil {
			return err
		}
	}
	var gone []string
	for _, i := range list {
		if i.Payer.ID == p.ID {
			i.Payer = Payer{Name: name, Lang: i.Payer.Lang}
		}
		papers, err := blank(ctx, tx, i)
		if err != nil {
			return err
		}
		gone = append(gone, papers...)
	}
	return d.forget(ctx, tx, gone)
}

// blank writes the invoice as it is now, and returns the papers that went with it as
// it was: its own, and those of letters, for what was still open went out on a paper
// that no invoice knows.
func blank(ctx context.Context, tx *store.Tx, i Invoice) ([]string, error) {
	papers, err := mail.Detach(ctx, tx, Subject(i.ID))
	if i.Paper != "" {
		papers = append(papers, i.Paper)
	}
	return papers, errors.Join(err, refreeze(ctx, tx, i))
}

// forget has papers taken out of the files.
func (d *Desk) forget(ctx context.Context, tx *store.Tx, papers []string) error {
	if len(papers) == 0 {
		return nil
	}
	_, err := d.Jobs.Add(ctx, tx, jobs.Job{Kind: forgetJob, Args: papers, Title: forgetJob})
	return err
}

// forgetJob is the kind of the job that takes out papers of one who was erased.
const forgetJob = "dues.job.forget"

// forgetWork takes the papers out of the files.
func (d *Desk) forgetWork(ctx context.Context, r jobs.Run) error {
	var papers []string
	if err := r.Args(&papers); err != nil {
		return jobs.Stop(err)
	}
	for _, hash := range papers {
		if err := d.Files.Drop(ctx, hash); err != nil {
			return err
		}
	}
	return nil
}
