// Package listed reads amending acts whose instructions are items of lists, as
// German and European ones have them: the sentence above a list says the place,
// and its items inherit it.
//
// It walks the act and hands the places down; a language reads the sentences.
package listed

import (
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// Above is what a list hands down to its items.
type Above struct {
	Act    string
	At     Place
	Lost   bool // the sentence above the list was not understood
	Left   bool // the list is about something that is left for a person
	Amends bool // the article says in its heading that it amends
}

// A Saying is one sentence to be read.
type Saying struct {
	Text    string
	Payload string // the quoted provision that follows, without its outer marks
	List    bool   // a list follows
	Above   Above
}

// A Language reads the sentences of amending acts.
type Language struct {
	Item    string                    // what an item of the list of an article is called: "Nummer"
	Amends  func(heading string) bool // whether the article of that heading amends
	Ends    func(text string) []int   // where the sentences of a text end
	Unquote func(string) string       // takes the outer marks off a payload
	// One returns operations or a refusal, with places in bytes of the text, and
	// what a list below inherits. Without either the sentence only says where its
	// list applies.
	One func(Saying) ([]amend.Op, *amend.Refusal, Above)
}

// Read reads the instructions of an amending act. Every sentence becomes an
// instruction. What is applied wholly or not at all is an item of the list of
// an article: Article is "1 Nummer 2".
func (l *Language) Read(a *lawtext.Act) []amend.Instruction {
	w := &walker{l: l, act: a}
	var walk func(nodes []*lawtext.Node)
	walk = func(nodes []*lawtext.Node) {
		for _, n := range nodes {
			switch n.Kind {
			case lawtext.Article:
				w.article(n)
			case lawtext.Part, lawtext.Chapter, lawtext.Section:
				walk(n.Children)
			}
		}
	}
	if len(a.Components) > 0 {
		walk(a.Components[0].Nodes)
	}
	return w.out
}

// ReadSentence reads one instruction by itself.
func (l *Language) ReadSentence(text, payload string, within Place) amend.Instruction {
	w := &walker{l: l, act: &lawtext.Act{Source: text}}
	w.sentences(text, 0, payload, Above{At: within}, false)
	if len(w.out) == 0 {
		return amend.Instruction{Text: text, Refused: &amend.Refusal{Reason: amend.NoPattern, Words: text}}
	}
	return w.out[0]
}

type walker struct {
	l      *Language
	act    *lawtext.Act
	number string
	out    []amend.Instruction
}

func (w *walker) article(n *lawtext.Node) {
	w.number = n.Num
	up := Above{Amends: w.l.Amends(n.Heading)}
	if n.Intro != "" {
		up = w.node(&lawtext.Node{Intro: n.Intro, Span: n.Span}, up)
	}
	for _, c := range n.Children {
		item := c.Kind == lawtext.Point || c.Kind == lawtext.Paragraph && c.Label != ""
		if w.number = n.Num; item {
			w.number += " " + w.l.Item + " " + c.Num
		}
		if down := w.node(c, up); !item && len(c.Children) == 0 {
			up = down
		}
	}
	w.number = n.Num
	if n.Tail != "" {
		w.node(&lawtext.Node{Intro: n.Tail, Span: n.Span}, Above{})
	}
}

// node reads a sentence with what stands under it: a quoted provision, or a list
// of which it says the place. It returns what the sentence hands down.
func (w *walker) node(n *lawtext.Node, up Above) Above {
	if n.Kind == lawtext.Quote {
		w.refuse(n, amend.NoPattern, "a quotation that nothing announces")
		return up
	}
	var quotes, items []*lawtext.Node
	for _, c := range n.Children {
		if c.Kind == lawtext.Quote {
			quotes = append(quotes, c)
		} else {
			items = append(items, c)
		}
	}
	payload := ""
	if len(quotes) > 0 {
		payload = w.l.Unquote(w.act.Source[quotes[0].Span.Start:quotes[0].Span.End])
	}
	down := w.sentences(n.Intro, amend.TextAt(w.act.Source, n), payload, up, len(items) > 0)
	switch {
	case len(quotes) > 1:
		w.refuse(n, amend.BadPayload, "several quotations after one sentence")
	case len(quotes) == 1 && len(items) > 0:
		w.refuse(n, amend.NoPattern, "a list beside a quotation")
		down.Lost = true
	}
	top := w.number
	for _, c := range items {
		if c.Kind == lawtext.Point && !strings.Contains(top, " ") {
			w.number = top + " " + w.l.Item + " " + c.Num
		}
		w.node(c, down)
	}
	w.number = top
	if n.Tail != "" {
		w.sentences(n.Tail, n.Span.Start, "", Above{}, false)
	}
	return down
}

func (w *walker) refuse(n *lawtext.Node, why amend.Reason, words string) {
	w.out = append(w.out, amend.Unread(w.number, n, why, words))
}

// sentences reads the sentences of one text. The payload and the list belong to
// the last.
func (w *walker) sentences(text string, start int, payload string, up Above, list bool) Above {
	from, down := 0, up
	ends := w.l.Ends(text)
	for i, end := range ends {
		s := Saying{Text: strings.TrimSpace(text[from:end]), Above: up}
		if i == len(ends)-1 {
			s.Payload, s.List = payload, list
		}
		at := amend.SpanIn(w.act.Source, start, text[from:end], strings.Index(text[from:end], s.Text), end-from)
		if from, start = end, at.End; s.Text == "" {
			continue
		}
		in := amend.Instruction{Article: w.number, Text: s.Text, Span: at}
		in.Ops, in.Refused, down = w.l.One(s)
		if in.Refused != nil {
			in.Ops = nil
			in.Refused.Span = amend.SpanIn(w.act.Source, at.Start, s.Text, in.Refused.Span.Start, in.Refused.Span.End)
		}
		for k := range in.Ops {
			in.Ops[k].Span = in.Span
		}
		if in.Ops != nil || in.Refused != nil {
			w.out = append(w.out, in)
		}
	}
	return down
}
