package lawtext

// Find returns the node with the given ID, or nil if the act has none.
func (a *Act) Find(id string) *Node {
	for n := range a.All() {
		if n.ID == id {
			return n
		}
	}
	return nil
}

// Articles returns the articles of a component in order, at any depth of
// chapters. The main component has the empty ID.
func (a *Act) Articles(component string) []*Node {
	var out []*Node
	for _, c := range a.Components {
		if c.ID != component {
			continue
		}
		for _, n := range c.Nodes {
			n.visit(func(n *Node) bool {
				if n.Kind == Article {
					out = append(out, n)
				}
				return true
			})
		}
	}
	return out
}
