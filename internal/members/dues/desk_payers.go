package dues

import (
	"cmp"
	"context"
	"slices"

	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Payer reads a payer.
func (d *Desk) Payer(ctx context.Context, by auth.Actor, id PayerID) (Payer, error) {
	return read(ctx, d, by, Read, func(tx *store.Tx) (Payer, error) { return getPayer(ctx, tx, id) })
}

// Payers lists payers who are no members, or pay for others, or have credit.
func (d *Desk) Payers(ctx context.Context, by auth.Actor) ([]Payer, error) {
	return read(ctx, d, by, Read, func(tx *store.Tx) ([]Payer, error) {
		list, err := listPayers(ctx, tx, `p.member = '' OR p.credit <> 0 OR EXISTS (SELECT 1 FROM dues_pays_for f WHERE f.payer = p.id) ORDER BY p.sort_key, p.id LIMIT 1000`)
		if err != nil {
			return nil, err
		}
		return list, d.name(ctx, tx, list)
	})
}

// name gives the payers who are members the name that they have in the register, but for
// those whom the office has named otherwise.
func (d *Desk) name(ctx context.Context, tx *store.Tx, list []Payer) error {
	var ids []members.ID
	for _, p := range list {
		if p.Name == "" {
			ids = append(ids, p.Member)
		}
	}
	called := map[members.ID]string{}
	for some := range slices.Chunk(ids, 1_000) {
		known, err := d.Members.MembersIn(ctx, tx, auth.House, some...)
		if err != nil {
			return err
		}
		for _, m := range known {
			called[m.ID] = m.Name
		}
	}
	for i, p := range list {
		list[i].Name = cmp.Or(p.Name, called[p.Member])
	}
	return nil
}

// whoPays says who pays for members, and how they are called where they are another. Who
// pays for others has their own dues on the same invoice.
func (d *Desk) whoPays(ctx context.Context, tx *store.Tx) (pays map[members.ID]PayerID, called map[members.ID]string, err error) {
	if pays, err = paysFor(ctx, tx); err != nil {
		return nil, nil, err
	}
	list, err := listPayers(ctx, tx, `p.member = '' OR EXISTS (SELECT 1 FROM dues_pays_for f WHERE f.payer = p.id)`)
	if err == nil {
		err = d.name(ctx, tx, list)
	}
	if err != nil {
		return nil, nil, err
	}
	names := map[PayerID]string{}
	for _, p := range list {
		names[p.ID] = p.Name
	}
	called = map[members.ID]string{}
	for id, p := range pays {
		called[id] = names[p]
	}
	for _, p := range list {
		if p.Member != "" && pays[p.Member] == "" {
			pays[p.Member] = p.ID
		}
	}
	return pays, called, nil
}

// PayerOf is who pays for a member, and for whom else they pay. A member who pays
// themself and has never been billed has a payer without an ID.
func (d *Desk) PayerOf(ctx context.Context, by auth.Actor, id members.ID) (p Payer, also []members.ID, err error) {
	if err := by.Must(Read); err != nil {
		return p, nil, err
	}
	err = d.db.Read(ctx, func(tx *store.Tx) error {
		of, err := payerOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if of != "" {
			p, err = getPayer(ctx, tx, of)
		} else if p, err = payerMember(ctx, tx, id); fault.Is(err, fault.Missing) {
			p, err = Payer{Member: id}, nil
		}
		if err == nil && p.ID != "" {
			also, err = paidBy(ctx, tx, p.ID)
		}
		if err != nil {
			return err
		}
		one := []Payer{p}
		err = d.name(ctx, tx, one)
		p = one[0]
		return err
	})
	return p, also, err
}

// SavePayer writes a payer, and has them pay for the members from now on. A payer
// without an ID is new, unless the member that they are has one.
func (d *Desk) SavePayer(ctx context.Context, by auth.Actor, p Payer, forWhom ...members.ID) (Payer, error) {
	if err := by.Must(Write); err != nil {
		return p, err
	}
	p = p.Tidy()
	if err := p.Check(); err != nil {
		return p, err
	}
	c := d.Currency(ctx)
	given := p
	return store.Write(ctx, d.db, func(tx *store.Tx) (Payer, error) {
		p, old := given, Payer{}
		var err error
		switch {
		case p.ID != "":
			old, err = getPayer(ctx, tx, p.ID)
		case p.Member != "":
			if old, err = payerMember(ctx, tx, p.Member); fault.Is(err, fault.Missing) {
				old, err = Payer{}, nil
			}
		}
		if err != nil {
			return p, err
		}
		if p.ID != "" && old.Revision != p.Revision {
			return old, fault.New(fault.Conflict, "dues.changed")
		}
		if p.ID = old.ID; p.ID == "" {
			p.ID = PayerID(tx.ID())
		} else {
			p.Member = old.Member
		}
		p.Revision, p.Credit = old.Revision+1, old.Credit
		if err := putPayer(ctx, tx, p, c); err != nil {
			return p, err
		}
		for _, id := range forWhom {
			if _, err := d.member(ctx, tx, id); err != nil {
				return p, err
			}
			to := p.ID
			if id == p.Member {
				to = ""
			}
			if err := setPayer(ctx, tx, id, to); err != nil {
				return p, err
			}
		}
		return p, audit.Note(ctx, tx, by, "dues.payer", "payer/"+string(p.ID), "members", itoa(len(forWhom)))
	})
}

// PaysSelf has a member pay for themself again.
func (d *Desk) PaysSelf(ctx context.Context, by auth.Actor, id members.ID) error {
	return d.write(ctx, by, func(tx *store.Tx) error {
		if err := setPayer(ctx, tx, id, ""); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "dues.payer.self", aboutMember(id))
	})
}

// payers finds or makes the payers behind the keys of charges, as invoices have them.
func (d *Desk) payers(ctx context.Context, tx *store.Tx, c money.Currency, keys []string) (map[string]Payer, error) {
	of, ids := map[string]Payer{}, []members.ID{}
	for _, key := range keys {
		var p Payer
		var err error
		if id, is := memberOf(key); is {
			if p, err = payerMember(ctx, tx, id); fault.Is(err, fault.Missing) {
				p = Payer{ID: PayerID(tx.ID()), Member: id, Credit: money.Of(0, c), Revision: 1}
				err = putPayer(ctx, tx, p, c)
			}
		} else {
			p, err = getPayer(ctx, tx, PayerID(key))
		}
		if err != nil {
			return nil, err
		}
		if of[key] = p; p.Member != "" {
			ids = append(ids, p.Member)
		}
	}
	list, err := d.Members.MembersIn(ctx, tx, auth.House, ids...)
	if err != nil {
		return nil, err
	}
	answerers, err := d.Members.AnswerersIn(ctx, tx, auth.House, ids...)
	if err != nil {
		return nil, err
	}
	known, email := map[members.ID]members.Member{}, map[members.ID]string{}
	for _, m := range list {
		known[m.ID], email[m.ID] = m, m.Email
	}
	for _, a := range answerers {
		if email[a.Member] == "" {
			email[a.Member] = a.Email
		}
	}
	for key, p := range of {
		if p.Member != "" {
			of[key] = p.filled(known[p.Member], email[p.Member])
		}
	}
	return of, nil
}
