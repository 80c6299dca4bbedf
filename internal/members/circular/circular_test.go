package circular

import (
	"fmt"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var clerk = auth.Actor{User: "u1", Name: "Neža", Email: "neza@mnk.example", Roles: auth.Office}

// All of the filter who have an address get the letter, once, however many members
// they read mail for.
func TestDesk_Send(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		ctx, m, j := t.Context(), members.New(db), jobs.New(db, nil)
		post, err := mail.New(db, j, mail.SMTP{From: "pisarna@mnk.example"})
		if err != nil {
			t.Fatal(err)
		}
		d := New(db, m, j, post)
		add := func(k members.Kind, name, email string) members.ID {
			one, err := m.Add(ctx, clerk, members.Member{Kind: k, Name: name, Email: email, Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}})
			if err != nil {
				t.Fatal(err)
			}
			return one.ID
		}
		for i := range atATime + 20 {
			add(members.Person, fmt.Sprintf("Oseba %03d", i), fmt.Sprintf("o%d@x.example", i))
		}
		add(members.Person, "Brez naslova", "")
		var orgs []members.ID
		for _, name := range []string{"Bunker", "Odmev"} {
			id := add(members.Organisation, name, "")
			orgs = append(orgs, id)
			if _, err := m.AddAgent(ctx, clerk, members.Agent{Member: id, Name: "Vid", Email: "vid@x.example", Since: civil.On(2020, 1, 1), Answers: true}); err != nil {
				t.Fatal(err)
			}
		}
		send := func(to members.Selection) Circular {
			c, err := d.Send(ctx, clerk, Circular{Subject: "Vabilo", Body: "Pridite.", To: to})
			if err == nil {
				err = j.Drain(ctx)
			}
			if err == nil {
				c, err = d.Circular(ctx, clerk, c.ID)
			}
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		if c := send(members.Selection{}); !c.Over || c.Letters != atATime+21 {
			t.Errorf("to all: %+v", c)
		}
		c := send(members.Selection{IDs: orgs})
		if !c.Over || c.Letters != 1 {
			t.Errorf("to two of one agent: %+v", c)
		}
		list, err := post.Ledger(ctx, clerk, Subject(c.ID))
		if err != nil || len(list) != 1 || list[0].To != "vid@x.example" || list[0].ReplyTo != clerk.Email {
			t.Errorf("the ledger has %+v, %v", list, err)
		}
		for _, wrong := range []Circular{{Body: "x"}, {Subject: "x", Body: " "}} {
			if _, err := d.Send(ctx, clerk, wrong); !fault.Is(err, fault.Invalid) {
				t.Errorf("%+v: %v", wrong, err)
			}
		}
		if _, err := d.Send(ctx, auth.Actor{Roles: auth.Member}, Circular{Subject: "x", Body: "y"}); !fault.Is(err, fault.Denied) {
			t.Errorf("a member sends: %v", err)
		}
	}, members.Steps(), Steps(), mail.Steps(), jobs.Steps(), audit.Steps())
}
