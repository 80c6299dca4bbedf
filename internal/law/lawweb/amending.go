package lawweb

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/asociacija/asociacija/engine/amend/drafting"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/paper"
)

// An amendingView is the amending act between two versions.
type amendingView struct {
	page.Frame
	Act      corpus.Act
	Old, New string // names
	Back     string // the comparison
	Files    []page.Crumb
	Lines    []amendingLine
	None     string // why there is none
	Wide     []string
	Broken   []page.Fact
}

// An amendingLine is a line of it; the head of an article stands apart.
type amendingLine struct {
	Text string
	Head bool
}

var articleHead = regexp.MustCompile(`^\d+\. člen$`)

// amending shows the amending act that turns one version into another:
// GET /acts/zujik/amending?a=01hk…&b=01hm….
func (s *Site) amending(w http.ResponseWriter, r *http.Request) error {
	c, draft, no, err := s.drafted(r)
	if err != nil {
		return err
	}
	v := amendingView{Frame: s.site.Frame(r, Section, ""), Act: c.Act}
	v.Title = v.T("law.amending.title", "name", c.Act.Name())
	v.Old, v.New = name(v.Frame, c.Old), name(v.Frame, c.New)
	query := "?a=" + string(c.Old.ID) + "&b=" + string(c.New.ID)
	v.Back = actLink(c.Act.ID) + "/compare" + query
	v.Foot = fmt.Sprintf("%s · %s · %s", v.Title, v.House.URL+actLink(c.Act.ID)+"/amending"+query, c.New.Hash[:8])
	if no != nil {
		v.None = v.T("law.amending.none." + string(no.Reason))
		return page.Render(w, r, amendingPage(v))
	}
	for _, ext := range []string{"docx", "txt"} {
		v.Files = append(v.Files, page.Crumb{Label: strings.ToUpper(ext), Link: actLink(c.Act.ID) + "/amending." + ext + query})
	}
	for _, line := range amendingLines(draft.Text) {
		v.Lines = append(v.Lines, amendingLine{line, articleHead.MatchString(line)})
	}
	for _, a := range draft.Articles {
		if a.Wide {
			v.Wide = append(v.Wide, v.T("law.amending.wide", "article", a.Num))
		}
	}
	tree, err := s.desk.Tree(r.Context(), v.Actor, c.New.ID)
	if err != nil {
		return err
	}
	for _, b := range draft.Broken {
		v.Broken = append(v.Broken, page.Fact{Label: tree.Cite(b.From), Value: b.Words})
	}
	return page.Render(w, r, amendingPage(v))
}

// drafted is the draft that the query asks for, or why there is none.
func (s *Site) drafted(r *http.Request) (c comparison, d corpus.Redraft, no *drafting.Refusal, err error) {
	if err := auth.From(r.Context()).Must(corpus.Write); err != nil {
		return c, d, nil, err
	}
	if c, err = s.between(r); err != nil {
		return c, d, nil, err
	}
	d, err = s.desk.Draft(r.Context(), auth.From(r.Context()), c.Old.ID, c.New.ID)
	if errors.As(err, &no) {
		return c, d, no, nil
	}
	return c, d, nil, err
}

// amendingLines are the lines of an act that say something.
func amendingLines(text string) (list []string) {
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// amendingFile is the draft as a file to work on.
func (s *Site) amendingFile(ext string) page.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		c, draft, no, err := s.drafted(r)
		switch {
		case err != nil:
			return err
		case no != nil:
			return page.Go(w, r, actLink(c.Act.ID)+"/amending?a="+string(c.Old.ID)+"&b="+string(c.New.ID), "")
		case ext == "txt":
			page.Attach(w, "text/plain; charset=utf-8", string(c.Act.ID)+"-novela.txt")
			_, err = w.Write([]byte(draft.Text))
			return err
		}
		doc := paper.Document{Lang: c.New.Lang, Title: draft.Title}
		if doc.Title == "" {
			doc.Title = c.Act.Title
		}
		for i, line := range amendingLines(draft.Text) {
			switch text := paper.Plain(line); {
			case i == 0:
				doc.Blocks = append(doc.Blocks, paper.Heading{Level: 1, Text: text})
			case articleHead.MatchString(line):
				doc.Blocks = append(doc.Blocks, paper.Heading{Level: 2, Text: text})
			default:
				doc.Blocks = append(doc.Blocks, paper.Paragraph{Text: text})
			}
		}
		var b bytes.Buffer
		if err := paper.DOCX(&b, doc); err != nil {
			return err
		}
		page.Attach(w, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", string(c.Act.ID)+"-novela.docx")
		_, err = b.WriteTo(w)
		return err
	}
}
