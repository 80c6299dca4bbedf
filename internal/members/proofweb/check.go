package proofweb

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
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
	Code  string
	Found bool
	Same  string // what the file that was given is; empty if none was given
	State stateView
	Facts []page.Fact
	Note  string
}

// check tells whoever was given an extract whether it is one of ours: by its code,
// or by the file.
func (s *Site) check(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	f.Title, f.Size = f.T("proof.check.title"), "read"
	v := checkView{Frame: f, Code: strings.TrimSpace(r.PathValue("token"))}
	if code := strings.TrimSpace(r.URL.Query().Get("code")); code != "" {
		v.Code = code
	}
	var e proof.Extract
	var err error
	switch {
	case r.Method == http.MethodPost:
		e, err = s.sameFile(w, r, &v)
	case v.Code != "":
		if e, err = s.desk.Checked(r.Context(), v.Code); fault.Is(err, fault.Missing) {
			err = fault.In("code", "proof.check.code")
		}
	}
	if err != nil && !v.Blame(err) {
		return err
	}
	if e.ID != "" {
		v.tell(e, f.Moment(s.site.Local(e.Made)))
	}
	w.Header().Set("X-Robots-Tag", "noindex")
	return page.RenderStatus(w, r, v.Again(), checkPage(v))
}

func (s *Site) sameFile(w http.ResponseWriter, r *http.Request, v *checkView) (proof.Extract, error) {
	r.Body = http.MaxBytesReader(w, r.Body, mostChecked)
	parts, err := r.MultipartReader()
	if err != nil {
		return proof.Extract{}, fault.In("file", "proof.check.none")
	}
	for {
		part, err := parts.NextPart()
		var big *http.MaxBytesError
		switch {
		case errors.As(err, &big):
			return proof.Extract{}, fault.In("file", "proof.check.big")
		case err != nil:
			return proof.Extract{}, fault.In("file", "proof.check.none")
		case part.FormName() != "file":
			continue
		}
		sum := sha256.New()
		n, err := io.Copy(sum, part)
		switch {
		case errors.As(err, &big):
			return proof.Extract{}, fault.In("file", "proof.check.big")
		case err != nil || n == 0:
			return proof.Extract{}, fault.In("file", "proof.check.none")
		}
		e, format, err := s.desk.CheckedFile(r.Context(), hex.EncodeToString(sum.Sum(nil)))
		if err == nil {
			v.Same = v.T("proof.check.same", "format", strings.ToUpper(format))
		}
		return e, err
	}
}

// tell fills the view with what anybody may know of the extract.
func (v *checkView) tell(e proof.Extract, made string) {
	f := v.Frame
	v.Found, v.State = true, stateOf(f, e)
	title := "proof.title"
	if e.Persons+e.Organisations == 1 {
		title = "proof.certificate"
	}
	v.Facts = []page.Fact{
		{Label: f.T("proof.check.is"), Value: f.T(title, "number", e.ID.Number()) + ", " + f.House.Name},
		{Label: f.T("proof.on"), Value: f.Long(e.On)}, {Label: f.T("proof.made"), Value: made},
		{Label: f.T("proof.counted"), Value: counts(f, e)},
		{Label: f.T("proof.proven"), Value: f.T("proof.proven.of", "proven", f.Number(e.Proven), "all", f.Number(e.All()))},
	}
	if e.State == proof.Withdrawn {
		v.Note = f.T("proof.withdrawn", "day", f.Date(e.Withdrawn), "reason", e.Reason)
	}
	for _, file := range e.Files {
		v.Facts = append(v.Facts, page.Fact{Label: "SHA-256, " + strings.ToUpper(file.Format), Value: file.Hash, ID: true})
	}
}
