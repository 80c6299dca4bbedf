package civil

// A Span is a run of days, from From up to but without Until. No From means
// since ever, no Until means without end; the zero Span holds every day.
type Span struct {
	From  Date `json:"from"`
	Until Date `json:"until"`
}

// Through returns the span from the first to the last day, both of them in it.
func Through(first, last Date) Span {
	return Span{From: first, Until: last.AddDays(1)}
}

// Holds reports whether d is a day of the span. None is in no span.
func (s Span) Holds(d Date) bool {
	return !d.IsZero() && !d.Before(s.From) && (s.Until.IsZero() || d.Before(s.Until))
}

// Empty reports whether the span holds no day.
func (s Span) Empty() bool { return !s.Until.IsZero() && !s.From.Before(s.Until) }

// Days returns how many days the span has, and false if it has no first or no last.
func (s Span) Days() (n int, bounded bool) {
	if s.From.IsZero() || s.Until.IsZero() {
		return 0, false
	}
	return max(0, s.Until.Sub(s.From)), true
}

// Last returns the last day of the span, none if it is without end or empty.
func (s Span) Last() Date {
	if s.Empty() {
		return Date{}
	}
	return s.Until.AddDays(-1)
}

// Overlaps reports whether some day is in both spans.
func (s Span) Overlaps(t Span) bool {
	if t.From.After(s.From) {
		s.From = t.From
	}
	if s.Until.IsZero() || (!t.Until.IsZero() && t.Until.Before(s.Until)) {
		s.Until = t.Until
	}
	return !s.Empty()
}
