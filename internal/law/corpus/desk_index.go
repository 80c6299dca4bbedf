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
	Title   string // "ZUJIK", "ZPNK (2. osnutek)", "ZUJIK, 5. člen (pomen izrazov)"
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
	doc := Doc{
		Subject: "act/" + string(v.Act), Title: a.Name(), Link: "/acts/" + string(v.Act) + "/" + string(v.ID),
		Open: v.Open, On: v.On, Lang: v.Lang, Kind: "act",
	}
	if v.Stage != InForce {
		doc.Subject = "version/" + string(v.ID)
		if v.Label != "" {
			doc.Title += " (" + v.Label + ")"
		}
	}
	return d.tellAll(ctx, tx, v, t, doc, a.Title)
}

func (d *Desk) tellAll(ctx context.Context, tx *store.Tx, v Version, t *text, whole Doc, title string) error {
	docs := []Doc{whole}
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
			docs = append(docs, Doc{Subject: whole.Subject + "/" + id, Lang: v.Lang, Kind: "provision"})
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
		if err := d.index(ctx, tx, one); err != nil {
			return fmt.Errorf("corpus: index %s: %w", v.ID, err)
		}
	}
	return nil
}
