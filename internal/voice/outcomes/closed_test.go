package outcomes

import (
	"testing"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/voice"
)

// The words of a text are for those who may read it: who is not signed in sees them
// in the ledger once the text is open, and never the notes of the office.
func TestLedger_closedText(t *testing.T) {
	each(t, func(t *testing.T, w world) {
		ctx := t.Context()
		w.publish(t)
		must(w.Judge(ctx, clerk, Judgement{Case: w.id, Proposal: w.proposals[1].ID, Version: w.v2, Verdict: voice.Taken, Passage: "art_23__para_1", Note: "Za nas."}))(t)
		words := func(by auth.Actor) string { return must(w.Ledger(ctx, by, w.id, "", 0))(t).Lines[1].Text }
		if words(nobody) != "" || words(member) == "" {
			t.Errorf("of a closed text a passer-by reads %q, a member %q", words(nobody), words(member))
		}
		note := func(by auth.Actor) string { return must(w.Ledger(ctx, by, w.id, "", 0))(t).Lines[1].Note }
		if note(nobody) != "" || note(member) != "Za nas." {
			t.Errorf("a passer-by reads the note %q, a member %q", note(nobody), note(member))
		}
		if err := w.corpus.Open(ctx, clerk, w.v2); err != nil {
			t.Fatal(err)
		}
		if words(nobody) == "" {
			t.Error("of an open text a passer-by reads nothing")
		}
	})
}
