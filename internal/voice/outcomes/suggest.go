package outcomes

import (
	"context"
	"regexp"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/engine/uptake"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// A judge keeps what it has suggested, for neither a frozen position nor a version
// of an act ever changes. It works on one ledger at a time, so that many who ask
// cannot take the machine.
type judge struct {
	turn  chan struct{}
	made  map[asked][]Suggestion
	order []asked
}

// asked is what suggestions depend on.
type asked struct {
	position    voice.PositionID
	edition     int
	text, force law.VersionID
}

// most is how many ledgers of suggestions are kept.
const most = 32

func newJudge() *judge { return &judge{turn: make(chan struct{}, 1), made: map[asked][]Suggestion{}} }

// suggest returns what is kept, else what find makes of it, and keeps that.
func (j *judge) suggest(ctx context.Context, key asked, find func() ([]Suggestion, error)) ([]Suggestion, error) {
	select {
	case j.turn <- struct{}{}:
		defer func() { <-j.turn }()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	if list, ok := j.made[key]; ok {
		return list, nil
	}
	list, err := find()
	if err != nil {
		return nil, err
	}
	if len(j.order) == most {
		delete(j.made, j.order[0])
		j.order = j.order[1:]
	}
	j.made[key], j.order = list, append(j.order, key)
	return list, nil
}

// A source is a version of an act that was read.
type source struct {
	corpus.Version
	tree *lawtext.Act
}

// amends reports whether the text is instructions to another text, not the text
// itself: the words of one are not where those of the other are.
func (s source) amends() bool {
	if s.Stage == corpus.Amending {
		return true
	}
	title := strings.ToLower(strings.Join(strings.Fields(s.tree.Title), " "))
	for _, word := range []string{"o spremembah", "o spremembi", "o dopolnitvah", "o dopolnitvi", "izmjenama", "izmenama", "amending"} {
		if strings.Contains(title, word) {
			return true
		}
	}
	return false
}

// question makes a proposal a question about a text. Draft is what the proposal is
// written against, force the act in force; either may be nil.
func question(p positions.Proposal, text source, draft, force *source) uptake.Question {
	q := uptake.Question{Wanted: uptake.Wanted(p.Wanted), Draft: unlabelled(p, p.Old()), Proposed: unlabelled(p, p.New())}
	same := draft != nil && draft.amends() == text.amends()
	switch {
	case same:
		q.ID, q.Before = p.Provision, draft.tree
	case force != nil && force.amends() == text.amends():
		q.Before = force.tree
	}
	if p.Wanted == positions.Keep {
		// The draft's own words are what we want; that they stood in it is the point.
		q.Wanted, q.Draft, q.Before = uptake.Insert, "", nil
	}
	return q
}

// unlabelled is the text of a proposal without the labels of provisions: in a text
// that is judged they are no words, and "(2)" is no number that we asked for.
func unlabelled(p positions.Proposal, text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if n := len(p.Place); i == 0 && n > 0 {
			line = strings.TrimPrefix(line, p.Place[n-1].Label)
		}
		lines[i] = label.ReplaceAllString(line, "")
	}
	return strings.Join(lines, "\n")
}

// label is what begins a line of an article: "(2)", "a)", "–", or stands alone on
// it: "12. člen". A bare "2." may as well begin a date.
var label = regexp.MustCompile(`^(?:\(\d+[a-zčšž]?\)\s|[a-zčšž]{1,2}\)\s|[-–—]\s|\d+(?:\.\s?[a-zčšž])?\.?\s*člen$)`)

// of makes a finding a suggestion.
func (s *Suggestion) of(f uptake.Finding, cites map[string]string) {
	s.Reasons, s.Score = f.Reasons, f.Score
	s.Unclear = f.Judgement == uptake.Unclear
	if !s.Unclear {
		s.Suggested = voice.Verdict(f.Judgement)
	}
	s.Passage, s.PassageIs, s.Text, s.Marks = f.Passage.ID, cites[f.Passage.ID], f.Passage.Text, f.Passage.Marks
	for _, c := range f.Candidates {
		s.Candidates = append(s.Candidates, Passage{ID: c.ID, Cite: cites[c.ID], Text: c.Text, Marks: c.Marks})
	}
}
