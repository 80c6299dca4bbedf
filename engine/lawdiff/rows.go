package lawdiff

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// A Row is one provision of an act written out as a list: what it says itself, and
// how deep it stands. The first row of an act is the act, of Kind "act": its title
// is Heading, its short title Label, its language Num, its front matter Intro. Each
// component begins with a row of Kind "component" of depth 1: its ID is Num, its
// title Heading.
type Row struct {
	Depth   int          `json:"depth"`
	Kind    lawtext.Kind `json:"kind"`
	Key     string       `json:"key,omitempty"` // lawtext.Node.Key, no part of what the row says
	Label   string       `json:"label,omitempty"`
	Num     string       `json:"num,omitempty"`
	Heading string       `json:"heading,omitempty"`
	Above   bool         `json:"above,omitempty"`
	Intro   string       `json:"intro,omitempty"`
	Tail    string       `json:"tail,omitempty"`
	Deleted bool         `json:"deleted,omitempty"`
}

const (
	actRow       lawtext.Kind = "act"
	componentRow lawtext.Kind = "component"
)

// Rows writes an act out: all that it says, in order, without what reading it
// noted. Two acts with the same rows are the same act.
func Rows(a *lawtext.Act) []Row {
	list, _ := rows(a)
	return list
}

// rows returns the node of each row too, nil for the act and its components.
func rows(a *lawtext.Act) ([]Row, []*lawtext.Node) {
	list := []Row{{Kind: actRow, Label: a.Short, Num: a.Lang, Heading: a.Title, Intro: a.Front}}
	nodes := []*lawtext.Node{nil}
	var visit func(of []*lawtext.Node, depth int)
	visit = func(of []*lawtext.Node, depth int) {
		for _, n := range of {
			list = append(list, rowOf(n, depth))
			nodes = append(nodes, n)
			visit(n.Children, depth+1)
		}
	}
	for _, c := range a.Components {
		list = append(list, Row{Depth: 1, Kind: componentRow, Num: c.ID, Heading: c.Title})
		nodes = append(nodes, nil)
		visit(c.Nodes, 2)
	}
	return list, nodes
}

func rowOf(n *lawtext.Node, depth int) Row {
	return Row{depth, n.Kind, n.Key, n.Label, n.Num, n.Heading, n.Above, n.Intro, n.Tail, n.Deleted}
}

// A Field names a column of a row.
type Field string

// The columns of a row, in their order.
const (
	DepthField   Field = "depth"
	KindField    Field = "kind"
	LabelField   Field = "label"
	NumField     Field = "num"
	HeadingField Field = "heading"
	AboveField   Field = "above"
	IntroField   Field = "intro"
	TailField    Field = "tail"
	DeletedField Field = "deleted"
)

var fields = []Field{DepthField, KindField, LabelField, NumField, HeadingField, AboveField, IntroField, TailField, DeletedField}

func (r Row) get(f Field) string {
	switch f {
	case DepthField:
		return strconv.Itoa(r.Depth)
	case KindField:
		return string(r.Kind)
	case LabelField:
		return r.Label
	case NumField:
		return r.Num
	case HeadingField:
		return r.Heading
	case AboveField:
		return strconv.FormatBool(r.Above)
	case IntroField:
		return r.Intro
	case TailField:
		return r.Tail
	case DeletedField:
		return strconv.FormatBool(r.Deleted)
	}
	return ""
}

// set reports whether the field can have the value.
func (r *Row) set(f Field, value string) bool {
	var err error
	switch f {
	case DepthField:
		r.Depth, err = strconv.Atoi(value)
	case KindField:
		r.Kind = lawtext.Kind(value)
	case LabelField:
		r.Label = value
	case NumField:
		r.Num = value
	case HeadingField:
		r.Heading = value
	case AboveField:
		r.Above, err = strconv.ParseBool(value)
	case IntroField:
		r.Intro = value
	case TailField:
		r.Tail = value
	case DeletedField:
		r.Deleted, err = strconv.ParseBool(value)
	default:
		return false
	}
	return err == nil
}

// says reports whether two rows are the same but for their keys.
func (r Row) says(other Row) bool {
	r.Key = other.Key
	return r == other
}

// digest is the SHA-256 of what rows say.
func digest(list []Row) string {
	h := sha256.New()
	for _, r := range list {
		for _, f := range fields {
			s := r.get(f)
			h.Write([]byte(strconv.Itoa(len(s)) + ":" + s))
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// assemble makes an act of rows, or says which row cannot stand where it does. The
// nodes are copies of those given, if there are any, and the act of like.
func assemble(list []Row, nodes []*lawtext.Node, like *lawtext.Act) (*lawtext.Act, int) {
	act := *like
	act.Components = nil
	var path []*lawtext.Node // of the last row, from depth 2 on
	for k, r := range list {
		n := &lawtext.Node{}
		if nodes[k] != nil {
			*n = *nodes[k]
		}
		n.Kind, n.Key, n.Label, n.Num, n.Heading, n.Above = r.Kind, r.Key, r.Label, r.Num, r.Heading, r.Above
		n.Intro, n.Tail, n.Deleted, n.Children = r.Intro, r.Tail, r.Deleted, nil
		switch {
		case (k == 0) != (r.Kind == actRow), (r.Depth == 0) != (r.Kind == actRow), (r.Depth == 1) != (r.Kind == componentRow):
			return nil, k
		case r.Kind == actRow:
			act.Short, act.Lang, act.Title, act.Front = r.Label, r.Num, r.Heading, r.Intro
		case r.Kind == componentRow:
			act.Components = append(act.Components, componentLike(like, r))
			path = path[:0]
		case len(act.Components) == 0 || r.Depth < 2 || r.Depth > len(path)+2:
			return nil, k
		case r.Depth == 2:
			c := &act.Components[len(act.Components)-1]
			c.Nodes = append(c.Nodes, n)
			path = append(path[:0], n)
		default:
			up := path[r.Depth-3]
			up.Children = append(up.Children, n)
			path = append(path[:r.Depth-2], n)
		}
	}
	return &act, -1
}

func componentLike(like *lawtext.Act, r Row) lawtext.Component {
	c := lawtext.Component{ID: r.Num, Title: r.Heading}
	k := slices.IndexFunc(like.Components, func(c lawtext.Component) bool { return c.ID == r.Num })
	if k >= 0 {
		c.Span = like.Components[k].Span
	}
	return c
}
