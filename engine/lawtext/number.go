package lawtext

// Number counts what carries no number and gives every node its ID, as Parse
// does. It is for trees that others have made.
func Number(a *Act) { number(a) }
