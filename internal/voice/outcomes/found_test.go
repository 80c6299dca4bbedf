package outcomes

import (
	"testing"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/voice"
)

// A judgement is found by those who have signed in, also of what is public: it would
// still be found by others once that is taken back.
func TestJudge_foundByMembers(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.publish(t)
		w.say(t, 0, voice.Not, w.v2)
		if got := w.found(t, member, "uptake"); len(got) == 0 {
			t.Error("a member does not find the judgement")
		}
		if got := w.found(t, auth.Actor{}, "uptake"); len(got) > 0 {
			t.Errorf("who is not signed in finds %v", got)
		}
	})
}
