package proofweb

import (
	"errors"
	"net/http"
	"strings"

	"github.com/asociacija/asociacija/internal/members/proof"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// mostChecked is the largest file that is checked, far above an extract of a
// hundred thousand members.
const mostChecked = 64 << 20

type checkView struct {
	page.Frame
	Code    string
	Verdict verdict // the zero verdict until something was checked
	Facts   []page.Fact
}

// A verdict says in a word and a sentence what was found.
type verdict struct {
	Tone       page.Tone
	Word, Says string
}

// check tells whoever was given an extract whether it is one of ours, and whether it
// stands: by its code, or by the file.
func (s *Site) check(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	f.Title, f.Size = f.T("proof.check.title"), "read"
	v := checkView{Frame: f, Code: strings.TrimSpace(r.PathValue("token"))}
	if code := strings.TrimSpace(r.URL.Query().Get("code")); code != "" {
		v.Code = code
	}
	w.Header().Set("X-Robots-Tag", "noindex")
	if r.Method != http.MethodPost && v.Code == "" {
		return page.Render(w, r, checkPage(v))
	}
	if err := s.desk.Knock(page.Origin(r)); err != nil {
		return err
	}
	var e proof.Extract
	var err error
	if r.Method == http.MethodPost {
		var format string
		if e, format, err = s.sameFile(w, r); err == nil {
			v.Verdict = ofFile(f, e, format)
		}
	} else if e, err = s.desk.Checked(r.Context(), v.Code); err == nil {
		v.Verdict = ofState(f, e, f.T("proof.check.found"))
	} else if fault.Is(err, fault.Missing) {
		err = fault.In("code", "proof.check.code")
	}
	if err != nil && !v.Blame(err) {
		return err
	}
	status := v.Again()
	if e.ID != "" {
		v.Facts = s.told(f, e)
		if v.Verdict.Word == f.T("proof.verdict.altered") {
			status = http.StatusUnprocessableEntity
		}
	}
	return page.RenderStatus(w, r, status, checkPage(v))
}

func (s *Site) sameFile(w http.ResponseWriter, r *http.Request) (proof.Extract, string, error) {
	r.Body = http.MaxBytesReader(w, r.Body, mostChecked)
	none := fault.In("file", "proof.check.none")
	parts, err := r.MultipartReader()
	if err != nil {
		return proof.Extract{}, "", none
	}
	for {
		part, err := parts.NextPart()
		if err == nil && part.FormName() != "file" {
			continue
		}
		var read proof.Reading
		if err == nil {
			read, err = proof.Read(part)
		}
		switch big := (*http.MaxBytesError)(nil); {
		case errors.As(err, &big):
			return proof.Extract{}, "", fault.In("file", "proof.check.big")
		case err != nil || read.Size == 0:
			return proof.Extract{}, "", none
		}
		return s.desk.CheckedFile(r.Context(), read)
	}
}

// ofFile is the verdict on a file that is one of ours, or that says so.
func ofFile(f page.Frame, e proof.Extract, format string) verdict {
	if format == "" {
		return verdict{"error", f.T("proof.verdict.altered"), f.T("proof.check.altered", "number", e.ID.Number())}
	}
	return ofState(f, e, f.T("proof.check.same", "format", strings.ToUpper(format)))
}

// ofState is the verdict on an extract of ours, which says the sentence while it stands.
func ofState(f page.Frame, e proof.Extract, stands string) verdict {
	switch e.State {
	case proof.Withdrawn:
		return verdict{"error", f.T("proof.verdict.withdrawn"), f.T("proof.withdrawn", "day", f.Date(e.Withdrawn), "reason", e.Reason)}
	case proof.Replaced:
		return verdict{"warn", f.T("proof.verdict.replaced"), f.T("proof.replaced", "day", f.Date(e.Withdrawn), "number", e.Instead.Number())}
	}
	return verdict{"ok", f.T("proof.verdict.valid"), stands}
}

// told is what anybody may know of the extract.
func (s *Site) told(f page.Frame, e proof.Extract) []page.Fact {
	title := "proof.title"
	if e.Persons+e.Organisations == 1 {
		title = "proof.certificate"
	}
	list := []page.Fact{
		{Label: f.T("proof.check.is"), Value: f.T(title, "number", e.ID.Number()) + ", " + f.House.Name},
		{Label: f.T("proof.on"), Value: f.Long(e.On)}, {Label: f.T("proof.made"), Value: f.Moment(s.site.Local(e.Made))},
		{Label: f.T("proof.counted"), Value: counts(f, e)},
		{Label: f.T("proof.proven"), Value: f.T("proof.proven.of", "proven", f.Number(e.Proven), "all", f.Number(e.All()))},
	}
	if e.Replaces != "" {
		list = append(list, page.Fact{Label: f.T("proof.replaces.label"), Value: e.Replaces.Number()})
	}
	for _, file := range e.Files {
		list = append(list, page.Fact{Label: "SHA-256, " + strings.ToUpper(file.Format), Value: file.Hash, ID: true})
	}
	return list
}
