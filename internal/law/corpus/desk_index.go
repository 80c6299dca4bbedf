package corpus

import (
	"context"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
)

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
	// A later document of the same subject takes the place of the text in force.
	doc := search.Doc{
		Kind: "act", Subject: "act/" + string(v.Act), Title: a.Name(), Link: "/acts/" + string(v.Act) + "/" + string(v.ID),
		Audience: search.Open(v.Open), At: search.On(v.On), Lang: v.Lang,
	}
	if v.Stage != InForce {
		doc.Subject = "version/" + string(v.ID)
		if v.Label != "" {
			doc.Title += " (" + v.Label + ")"
		}
	}
	return d.tellAll(ctx, tx, v, t, doc, a.Title)
}

func (d *Desk) tellAll(ctx context.Context, tx *store.Tx, v Version, t *text, whole search.Doc, title string) error {
	docs := []search.Doc{whole}
	// The articles hold the words of all other texts.
	if docs[0].Body = title; v.Articles == 0 {
		docs[0].Body = t.tree.Source
	}
	if v.Stage == InForce {
		gone, err := goneArticles(ctx, tx, v)
		if err != nil {
			return err
		}
		for _, id := range gone {
			if err := d.index.Drop(ctx, tx, whole.Subject+"/"+id); err != nil {
				return err
			}
		}
	}
	for i, r := range t.rows {
		if r.Kind == lawtext.Article {
			one := whole
			one.Kind, one.Subject, one.Link = "provision", whole.Subject+"/"+r.ID, whole.Link+"/"+r.ID
			one.Title = strings.TrimSpace(whole.Title + ", " + t.cite(v.Lang, i) + " " + r.Heading)
			one.Body = strings.Join(r.Lines(), "\n")
			docs = append(docs, one)
		}
	}
	for _, one := range docs {
		if err := d.index.Put(ctx, tx, one); err != nil {
			return err
		}
	}
	return nil
}
