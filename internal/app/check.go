package app

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"

	"github.com/asociacija/asociacija/internal/platform/auth"
)

// A Grade says how much a finding matters.
type Grade string

// The grades.
const (
	Good    Grade = "good"
	Missing Grade = "missing" // needed before the house meets the real world
	Broken  Grade = "broken"
)

// A Finding is one thing that Check looked at.
type Finding struct {
	Grade Grade
	Text  string
}

// Check tells what is missing for the real world, and whether anything is broken.
func (h *House) Check(ctx context.Context) ([]Finding, error) {
	var list []Finding
	add := func(ok bool, otherwise Grade, good, bad string) {
		if ok {
			list = append(list, Finding{Good, good})
		} else {
			list = append(list, Finding{otherwise, bad})
		}
	}
	n, err := h.DB.Pending(ctx, Steps()...)
	if err != nil {
		return nil, err
	}
	add(n == 0, Broken, "tables are of this version", fmt.Sprintf("%d steps of the tables are not taken", n))
	kept, err := h.Files.Check(ctx)
	if err != nil {
		return nil, err
	}
	add(len(kept.Wrong) == 0, Broken, fmt.Sprintf("%d files are whole", kept.Files), "files are damaged: "+strings.Join(kept.Wrong, ", "))
	add(h.Config.SMTP.Host != "", Missing, "letters go out by "+h.Config.SMTP.Host, "no mail server: letters stay in the outbox; set ASOCIACIJA_SMTP_HOST")
	add(strings.HasPrefix(h.Config.URL, "https://"), Missing, "people reach the house at "+h.Config.URL, "no public address: set ASOCIACIJA_URL to one that begins with https://")
	_, err = exec.LookPath("pdftotext")
	add(err == nil, Missing, "PDF files are read by pdftotext", "pdftotext is not installed: PDF files are read by the simpler reader; install poppler-utils")
	add(h.Config.Second, Missing, "the office and administrators need a second factor", "no second factor is asked of the office and administrators: set ASOCIACIJA_SECOND_FACTOR=true")
	last := h.lastBackup()
	add(h.DB.Now().Sub(last) < 48*time.Hour, Missing, "the last backup is of "+last.Format(time.DateTime), "no backup within two days in "+filepath.Join(h.Config.Data, "backups"))
	failed, err := h.Jobs.List(ctx, auth.House, jobs.Query{State: jobs.Failed, Limit: 1})
	if err != nil {
		return nil, err
	}
	add(len(failed) == 0, Broken, "no work has failed", "some work has failed: see /house/jobs?state=failed")
	refused, err := h.Mail.Outbox(ctx, auth.House, mail.Query{State: mail.Refused, Limit: 1})
	if err != nil {
		return nil, err
	}
	add(len(refused) == 0, Missing, "no letter was refused", "some letters were refused: see /house/letters?state=refused")
	return list, nil
}

func (h *House) lastBackup() time.Time {
	var last time.Time
	found, _ := filepath.Glob(filepath.Join(h.Config.Data, "backups", "*.tar.zst"))
	for _, name := range found {
		if st, err := os.Stat(name); err == nil && st.ModTime().After(last) {
			last = st.ModTime()
		}
	}
	return last
}
