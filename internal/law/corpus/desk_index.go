package corpus

import (
	"context"
	"fmt"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Doc is what search learns of an article. A later Doc of the same Subject
// takes its place.
type Doc struct {
	Subject string // "act/zujik/art_5" for the text in force, "version/01hk…/art_5" for all others
	Title   string // "ZUJIK, 5. člen (pomen izrazov)"
	Body    string // with the title empty if the act in force has no such article any more
	Link    string
	Open    bool
	On      civil.Date
	Lang    string
	Kind    string // "act", or "provision" for an article
}

// An Index takes in what search should find, in the transaction of the deed.
type Index func(context.Context, *store.Tx, Doc) error

// tell tells the index each article of a version; a text without articles is one
// document. Of the texts in force only the latest is found.
func (d *Desk) tell(ctx context.Context, tx *store.Tx, v Version, t *text) error {
	if d.index == nil {
		return nil
	}
	a, err := getAct(ctx, tx, v.Act, true)
	if err != nil {
		return err
	}
	if v.Stage == InForce && a.Latest != v.ID {
		return nil
	}
	subject := "version/" + string(v.ID)
	if v.Stage == InForce {
		subject = "act/" + string(v.Act)
	}
	doc := Doc{
		Subject: subject, Title: strings.TrimSuffix(a.Short+" · "+a.Title, " · "), Link: "/acts/" + string(v.Act) + "/" + string(v.ID),
		Open: v.Open, On: v.On, Lang: v.Lang, Kind: "act",
	}
	// The articles hold the words of all other texts.
	if doc.Body = a.Title; v.Articles == 0 {
		doc.Body = t.tree.Source
	}
	if err := d.index(ctx, tx, doc); err != nil {
		return fmt.Errorf("corpus: index %s: %w", v.ID, err)
	}
	if v.Stage == InForce {
		gone, err := goneArticles(ctx, tx, v)
		if err != nil {
			return err
		}
		for _, id := range gone {
			if err := d.index(ctx, tx, Doc{Subject: subject + "/" + id, Lang: v.Lang, Kind: "provision"}); err != nil {
				return fmt.Errorf("corpus: index %s: %w", v.ID, err)
			}
		}
	}
	for i, r := range t.rows {
		if r.Kind != lawtext.Article {
			continue
		}
		one := doc
		one.Kind, one.Subject, one.Link = "provision", subject+"/"+r.ID, doc.Link+"/"+r.ID
		one.Title = strings.TrimSpace(a.Name() + ", " + t.cite(v.Lang, i) + " " + r.Heading)
		one.Body = strings.Join(r.Lines(), "\n")
		if err := d.index(ctx, tx, one); err != nil {
			return fmt.Errorf("corpus: index %s: %w", v.ID, err)
		}
	}
	return nil
}
