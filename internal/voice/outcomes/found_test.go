package outcomes

import (
	"testing"

	"github.com/asociacija/asociacija/internal/voice"
)

// A judgement is found by those who have signed in, also of what is public: it would
// still be found by others once that is taken back.
func TestJudge_foundByMembers(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		w.publish(t)
		w.say(t, 0, voice.Not, w.v2)
		if doc := (*w.docs)[len(*w.docs)-1]; doc.Kind != "uptake" || doc.Open {
			t.Errorf("search is told %+v", doc)
		}
	})
}
