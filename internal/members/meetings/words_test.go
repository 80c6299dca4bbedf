package meetings

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Somebody is found by beginnings of words, whatever the marks on letters, also by
// the name of who came for them, and not any more once that is another.
func TestDesk_Attendees_search(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		m := r.plan(r.board(nil), false)
		m = must(r.Call(r.ctx, clerk, m.ID, "", true))(t)
		var arh Attendee
		for _, name := range []string{"Škrbec-Čeh, Špela", "Novak, Ana", "Novak, Žan", "KUD Nov dan"} {
			arh = must(r.Admit(r.ctx, clerk, m.ID, "", name))(t)
		}
		must(r.Attend(r.ctx, clerk, m.ID, arh.ID, Coming{Way: InPerson, Acts: "Zoja Arhar"}))(t)
		for _, tt := range []struct{ text, way, want string }{
			{"nov", "", "KUD Nov dan|Novak, Ana|Novak, Žan|"}, {"n", "", "Novak, Ana|Novak, Žan|"}, {"novak zan", "", "Novak, Žan|"}, {"ŽAN novák", "", "Novak, Žan|"},
			{"ceh", "", "Škrbec-Čeh, Špela|"}, {"arhar", "", "KUD Nov dan|"}, {"nov", "noted", "KUD Nov dan|"}, {"novakx", "", ""}, {"skrbec", "", "Škrbec-Čeh, Špela|"}, {"škrb šp", "", "Škrbec-Čeh, Špela|"}, {"novak an", "", "Novak, Ana|"}, {"nov nov", "", "KUD Nov dan|Novak, Ana|Novak, Žan|"}, {"%", "", ""}, {"vid", "", "Vid Arh|"},
		} {
			got := ""
			for _, a := range must(r.Attendees(r.ctx, clerk, AttendeeQuery{Meeting: m.ID, Text: tt.text, Way: tt.way}))(t) {
				got += a.Name + "|"
			}
			if got != tt.want {
				t.Errorf("%q %s finds %s, want %s", tt.text, tt.way, got, tt.want)
			}
		}
		first := must(r.Attendees(r.ctx, clerk, AttendeeQuery{Meeting: m.ID, Text: "nov", Limit: 2}))(t)
		if rest := must(r.Attendees(r.ctx, clerk, AttendeeQuery{Meeting: m.ID, Text: "nov", After: first[1].ID}))(t); len(rest) != 1 || rest[0].Name != "Novak, Žan" {
			t.Errorf("after %s there is %+v", first[1].Name, rest)
		}
		must(r.Attend(r.ctx, clerk, m.ID, arh.ID, Coming{Way: InPerson, Acts: "Miha Bor"}))(t)
		if now := must(r.Attendees(r.ctx, clerk, AttendeeQuery{Meeting: m.ID, Text: "arhar"}))(t); len(now) != 0 {
			t.Errorf("who does not come any more is found: %+v", now)
		}
	})
}

// An assembly whose letters were stopped in the middle is called to the end, and
// nobody has two letters; who joins the register later gets theirs too.
func TestDesk_Invite(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		add := func(i int) {
			must(r.Members.Add(r.ctx, clerk, members.Member{Kind: members.Person, Name: fmt.Sprintf("Oseba %03d", i), Email: fmt.Sprintf("o%03d@posta.example", i), Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}}))(t)
		}
		for i := range 3 {
			add(i)
		}
		oz := must(r.Bodies.AddBody(r.ctx, clerk, bodies.Body{Kind: bodies.Assembly, Name: "Občni zbor", Prefix: "OZ", Rule: bodies.Law(bodies.Assembly)}))(t)
		m := r.plan(oz, false)
		m = must(r.Call(r.ctx, clerk, m.ID, "", false))(t)
		if err := r.Jobs.Cancel(r.ctx, clerk, m.Job); err != nil {
			t.Fatal(err)
		}
		r.drain()
		if n := letterCount(must(r.Sent(r.ctx, clerk, m.ID))(t)); n != 0 {
			t.Fatalf("%d letters of what was stopped", n)
		}
		// One letter was posted before the process died.
		err := r.db.Write(r.ctx, func(tx *store.Tx) error {
			one := Attendee{ID: AttendeeID(tx.ID()), Meeting: m.ID, Name: "Oseba 000", Email: "o000@posta.example", Votes: true}
			list := must(r.Members.List(r.ctx, clerk, members.Query{}))(t)
			one.Member = list[0].ID
			if err := putAttendee(r.ctx, tx, one); err != nil {
				return err
			}
			return r.postAll(r.ctx, tx, m, inviting{m.ID, "invite", 0}, []Attendee{one})
		})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			m = must(r.Invite(r.ctx, clerk, m.ID))(t)
			add(len(must(r.Members.List(r.ctx, clerk, members.Query{}))(t)))
			r.drain()
		}
		if e := must(r.Jobs.Get(r.ctx, clerk, m.Job))(t); e.State != jobs.Done || e.Done != 5 || e.Total != 5 {
			t.Errorf("the work is %s, %d of %d", e.State, e.Done, e.Total)
		}
		for i := range 5 {
			if n := len(r.letters(fmt.Sprintf("o%03d@posta.example", i))); n != 1 {
				t.Errorf("%d letters to person %d", n, i)
			}
		}
		must(r.Cancel(r.ctx, clerk, m.ID))(t)
		if _, err := r.Invite(r.ctx, clerk, m.ID); key(err) != "bodies.invite.state" {
			t.Errorf("invitations to what is called off: %v", err)
		}
	})
}

// Lists from before there was a table of words get the same words by its steps as
// lists that are written today.
func TestSteps_words(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		m := r.plan(r.board(nil), false)
		m = must(r.Call(r.ctx, clerk, m.ID, "", true))(t)
		for _, name := range []string{"Škrbec-Čeh, Špela", "Li, A", "KUD Nov dan", "Novakovič, Žana Marija", "Kos, Abcde Abcd"} {
			must(r.Admit(r.ctx, clerk, m.ID, "", name))(t)
		}
		all := func() (list []string) {
			err := r.db.Read(r.ctx, func(tx *store.Tx) (err error) {
				list, err = store.List(r.ctx, tx, func(row store.Scanner) (s string, err error) { return s, row.Scan(&s) }, `SELECT attendee || ' ' || word FROM meeting_words ORDER BY attendee, word`)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		want := all()
		err := r.db.Write(r.ctx, func(tx *store.Tx) error {
			if _, err := tx.ExecContext(r.ctx, `DELETE FROM meeting_words`); err != nil {
				return err
			}
			for _, name := range []string{"sql/0003_words.sql", "sql/0004_longer.sql"} {
				text := string(must(files.ReadFile(name))(t))
				_, text, _ = strings.Cut(text, "INSERT INTO meeting_words")
				text, _, _ = strings.Cut(text, "-- +goose Down")
				if _, err := tx.ExecContext(r.ctx, "INSERT INTO meeting_words"+text); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if got := all(); !slices.Equal(got, want) {
			t.Errorf("the steps write %q, want %q", got, want)
		}
	})
}
