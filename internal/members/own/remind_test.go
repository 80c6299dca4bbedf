package own

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// token is the secret of the personal link in a letter.
func token(letter string) string {
	_, rest, _ := strings.Cut(letter, "/confirm/")
	token, _, _ := strings.Cut(rest, "\n")
	return token
}

// Who has not confirmed is reminded once; both letters have a link that holds; the
// register knows who is still asked.
func TestDesk_Remind(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		unsure := func() (names []string) {
			list, err := r.Members.List(t.Context(), office, members.Query{Filter: members.Filter{Unsure: true}})
			r.must(err)
			for _, m := range list {
				names = append(names, m.Name)
			}
			return names
		}
		_, err := r.Ask(t.Context(), office, 2026)
		r.must(err)
		r.must(r.Jobs.Drain(t.Context()))
		if n := len(unsure()); n != 2 {
			t.Errorf("%d are asked, by the register", n)
		}
		r.must(r.ConfirmOwn(t.Context(), tine, r.inst.ID))
		list, err := r.Campaigns(t.Context(), office)
		r.must(err)
		c := list[0].ID
		if err := r.Remind(t.Context(), taja, c); !fault.Is(err, fault.Denied) {
			t.Errorf("a member reminds: %v", err)
		}
		r.must(r.Remind(t.Context(), office, c))
		r.must(r.Jobs.Drain(t.Context()))
		if err := r.Remind(t.Context(), office, c); !fault.Is(err, fault.Conflict) {
			t.Errorf("reminded twice: %v", err)
		}
		r.must(r.GoOn(t.Context(), office, c)) // a job that is begun again writes to nobody twice
		r.must(r.Jobs.Drain(t.Context()))
		letters := r.letters("taja@benko.example")
		if len(letters) != 2 || len(r.letters("tine@prelom.example")) != 1 {
			t.Fatalf("%d letters to Taja, %d to Tine", len(letters), len(r.letters("tine@prelom.example")))
		}
		for _, l := range letters {
			if a, _, err := r.PeekConfirm(t.Context(), token(l)); err != nil || a.Member != r.person.ID {
				t.Errorf("a link leads to %+v, %v", a, err)
			}
		}
		r.must(r.Confirm(t.Context(), token(letters[0])))
		if names := unsure(); len(names) > 0 {
			t.Errorf("%v are still asked, by the register", names)
		}
	})
}
