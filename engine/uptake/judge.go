package uptake

import "github.com/asociacija/asociacija/engine/lawtext"

// The bounds of a judgement, as shares of the weight that was asked for. A word
// left out here and there is drafting; a third of what we asked for is something.
const (
	enough  = 0.80 // of ours found, for Taken
	cleared = 0.80 // of the draft's gone, for Taken
	struck  = 0.85 // of the draft's gone, when that is all we asked
	some    = 0.30 // for Partly
	alike   = 0.25 // likeness of a passage that can answer at all
	whole   = 0.85 // of a provision we wanted gone that stands, for Not
	most    = 0.60 // the same, when the passage is also like it
	part    = 0.40 // the same, for Partly
	likely  = 0.40 // likeness of a passage for these two
	kin     = 0.50 // likeness of a passage elsewhere, when we ask for a few words only
)

// clause is how many words in a row, fillers aside, may not be missing from Taken.
const clause = 4

// Judge answers one question. It never says Taken when a number, a negation or a
// limit of ours is missing, or a clause, or when a number we wanted gone still
// stands there.
func Judge(q Question) Finding { return Read(q.Lang, q.Adopted).Judge(q) }

// Judge answers a question about the act that was read; q.Adopted and q.Lang are
// not looked at.
func (r *Reading) Judge(q Question) Finding {
	if q.Wanted == Delete {
		q.Proposed = ""
	}
	req := r.lexicon.request(q.Draft, q.Proposed)
	switch {
	case len(req.draft)+len(req.proposed) == 0:
		return Finding{Judgement: Unclear, Reasons: []Reason{{Key: ReasonNothingAsked}}}
	case len(r.places) == 0:
		return Finding{Judgement: Unclear, Reasons: []Reason{{Key: ReasonNoAct}}}
	}
	list := r.candidates(q, req)
	var f Finding
	switch {
	case len(req.proposed) == 0:
		f = r.deletion(q, req, list)
	case len(list) == 0 || !answers(list[0], req):
		f = absent(q.Wanted)
	case q.Wanted == Keep:
		f = keep(req, list[0])
	default:
		f = rewrite(req, list[0])
	}
	if f.Passage.ID != "" && q.ID != "" && !related(q.ID, f.Passage.ID) {
		f.Reasons = append([]Reason{{Key: ReasonMoved}}, f.Reasons...)
	}
	for _, c := range list {
		if c.node.ID != f.Passage.ID && len(f.Candidates) < shown-1 {
			f.Candidates = append(f.Candidates, c.passage())
		}
	}
	return f
}

// answers reports whether a passage is about the matter at all.
func answers(c candidate, req request) bool {
	return c.like >= alike || req.askAdded > 0 && share(c.found, req.askAdded) >= 0.5
}

// absent is the finding when no passage answers. For Keep that is what we asked:
// an amending act that does not speak of the matter leaves the old text in force. A new provision that is nowhere is not taken. A
// provision that vanished with our change in it is for a person to look at.
func absent(w Wanted) Finding {
	switch w {
	case Keep:
		return Finding{Judgement: Taken, Score: 1, Reasons: []Reason{{Key: ReasonChangeDropped}}}
	case Insert:
		return Finding{Judgement: Not, Reasons: []Reason{{Key: ReasonNoPassage}}}
	}
	return Finding{Judgement: Unclear, Reasons: []Reason{{Key: ReasonNoPassage}}}
}

// finding begins a finding with the passage and the shares found and gone.
func (c candidate) finding(req request) Finding {
	f := Finding{Judgement: Not, Passage: c.passage()}
	if req.askAdded > 0 {
		f.because(ReasonAdded, float64(c.foundN), float64(c.addedN))
	}
	if req.askRemoved > 0 {
		f.because(ReasonRemoved, float64(c.goneN), float64(c.goN))
	}
	// What is gone counts half: a body that rewrites a sentence removes our
	// opponent's words without a thought of us.
	f.Score = share(2*c.found+c.gone, 2*req.askAdded+req.askRemoved)
	return f
}

func (f *Finding) because(key string, numbers ...float64) {
	f.Reasons = append(f.Reasons, Reason{key, numbers})
}

// flaws names what keeps a passage from being Taken, and reports whether there is any.
func (c candidate) flaws(f *Finding) bool {
	for _, l := range c.missing {
		f.because(ReasonNumberMissing, l.value)
	}
	for _, l := range c.standing {
		f.because(ReasonNumberStands, l.value)
	}
	if c.gap >= clause {
		f.because(ReasonClauseMissing, float64(c.gap))
	}
	if c.lost > 0 {
		f.because(ReasonNegationLost, float64(c.lost))
	}
	if c.strange > 0 {
		f.because(ReasonNegationFound, float64(c.strange))
	}
	return len(c.missing)+len(c.standing)+c.lost+c.strange > 0 || c.gap >= clause
}

// rewrite judges other or more words.
func rewrite(req request, c candidate) Finding {
	f := c.finding(req)
	found, gone := share(c.found, req.askAdded), share(c.gone, req.askRemoved)
	flawed := c.flaws(&f)
	switch {
	case req.askAdded == 0:
		f.Judgement = bySize(gone, struck, flawed)
	case found >= enough && gone >= cleared:
		f.Judgement = bySize(1, 1, flawed)
	case found >= some, c.whole > 0, c.closer != nil:
		f.Judgement = Partly
	case gone >= struck && c.goN > 0 && !c.compared:
		f.Judgement = Unclear
		f.because(ReasonOnlyRemoved)
	}
	c.sayCloser(&f)
	return f
}

func (c candidate) sayCloser(f *Finding) {
	if c.closer != nil && f.Judgement == Partly {
		f.because(ReasonNumberCloser, c.closer...)
	}
}

func bySize(done, enough float64, flawed bool) Judgement {
	switch {
	case done >= enough && !flawed:
		return Taken
	case done >= some:
		return Partly
	}
	return Not
}

// keep judges whether the old text stands again. The draft's words must be gone;
// that they are is what we asked first.
func keep(req request, c candidate) Finding {
	f := c.finding(req)
	found, gone := share(c.found, req.askAdded), share(c.gone, req.askRemoved)
	flawed := c.flaws(&f)
	switch {
	case gone >= struck && found >= enough:
		f.Judgement = bySize(1, 1, flawed)
	case c.closer != nil, gone >= some && found >= some:
		f.Judgement = Partly
	case gone >= struck && !c.compared:
		f.Judgement = Unclear
		f.because(ReasonOnlyRemoved)
	}
	c.sayCloser(&f)
	return f
}

// deletion judges whether a provision is gone: a tombstone in its place, or no
// passage with its words.
func (r *Reading) deletion(q Question, req request, list []candidate) Finding {
	words := 0
	for _, l := range req.draft {
		if l.sort >= content {
			words++
		}
	}
	all := float64(req.askRemoved)
	stands, at := 0.0, candidate{}
	for _, c := range list {
		if s := 1 - float64(c.gone)/all; s > stands {
			stands, at = s, c
		}
	}
	switch tomb := r.tombstone(q.ID); {
	case stands >= whole, stands >= part && at.like >= likely:
		f := Finding{Judgement: Partly, Passage: at.passage(), Score: 1 - stands}
		if stands >= most {
			f.Judgement = Not
		}
		f.because(ReasonStands, float64(at.goN-at.goneN), float64(at.goN))
		return f
	case tomb != nil:
		return Finding{Judgement: Taken, Passage: *tomb, Score: 1, Reasons: []Reason{{Key: ReasonTombstone}}}
	case words < 3:
		return Finding{Judgement: Unclear, Reasons: []Reason{{ReasonProvisionShort, []float64{float64(words)}}}}
	}
	return Finding{Judgement: Taken, Score: 1 - stands, Reasons: []Reason{{Key: ReasonNoPassage}}}
}

// tombstone returns the provision of the given address if it is marked as deleted.
func (r *Reading) tombstone(id string) *Passage {
	for _, n := range r.tombs {
		if id != "" && n.ID == id {
			return &Passage{ID: n.ID, Text: textOrLabel(n), Score: 1}
		}
	}
	return nil
}

func textOrLabel(n *lawtext.Node) string {
	if n.Intro != "" {
		return n.Intro
	}
	return n.Label
}
