package app_test

import (
	"net/http"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
)

// Who is a member no more, or acts for one no more, sees nothing that members see,
// though their account and its session are there still.
func TestFormer(t *testing.T) {
	t.Parallel()
	h := furnished(t)
	handler := h.Handler()
	last := civil.Of(h.DB.Now(), h.Config.TimeZone).AddDays(-1)
	for door, email := range map[int]string{freelancer: "jana.vrabic@posta.example", organisation: "ana.dren@pesto.example"} {
		v := visit(t, h, handler, door)
		v.get("/members").is(http.StatusOK)
		who, err := h.Members.ActsFor(t.Context(), auth.Actor{Email: email, Roles: auth.Member})
		if err != nil || len(who) != 1 {
			t.Fatal(email, who, err)
		}
		if m := who[0]; m.Kind == members.Person {
			_, err = h.Members.Leave(t.Context(), auth.House, m.ID, last)
		} else if agents, more := h.Members.Agents(t.Context(), auth.House, m.ID); more != nil {
			err = more
		} else {
			_, err = h.Members.EndAgent(t.Context(), auth.House, agents[0].ID, last)
		}
		if err != nil {
			t.Fatal(err)
		}
		for path, want := range map[string]int{"/members": 403, "/api/v1/members": 403, "/votes": 403, "/bodies": 403, "/cases": 403, "/my": 200, "/account": 200} {
			if got := v.get(path).StatusCode; got != want {
				t.Errorf("%s of %s, a member no more: %d, want %d", path, email, got, want)
			}
		}
	}
}
