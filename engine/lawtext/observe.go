package lawtext

// Observations reads the source of an act again and returns every heuristic that
// decided something, with its place, in the order in which reading used them.
// Notes are the few of them that a person should check.
//
// The keys:
//
//	language        the language was told from the words
//	line-ends       the line ends of PISRS told wraps from paragraphs
//	row-goes-on     a row was joined although its line end says otherwise
//	row-breaks      a row was not joined although its line end says otherwise
//	wrap            the shape of a row told that a paragraph ends there
//	title           a line was taken for the title
//	chained-heading a heading without a number, believed for what follows it
//	chained-number  a numbered line is a heading, believed for what follows it
//	bare-heading    a heading without parentheses was given to the article after it
//	caption         a heading was given to the article before it
//	wrap-up         unmarked text was taken for the end of a list
//	goes-on         unmarked text was kept in the paragraph before it
//	list-level      an item continues no list, and its level was guessed
//	payload         an announced text was quoted as one
//
// and those of Act.Notes.
func Observations(a *Act) []Note {
	var seen []Note
	d := *DialectOf(a.Lang)
	d.seen = &seen
	fm, from := front(a.Source)
	if told := recognise(fm, ""); told.Lang != a.Lang || frontValue(fm, "country") == "" {
		seen = append(seen, Note{Key: "language", Text: a.Lang})
	}
	again := d.parse(a.Source, fm, from)
	return append(seen, again.Notes...)
}

// note writes a heuristic down if somebody asked for them.
func (d *Dialect) note(at Span, key, text string) {
	if d.seen != nil {
		*d.seen = append(*d.seen, Note{at, key, text})
	}
}
