package proofweb

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/proof"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/table"
)

// hand hands a table out as CSV or as a workbook.
func hand(w http.ResponseWriter, f page.Frame, as, name string, rows [][]string) error {
	if as == "xlsx" {
		page.Attach(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name+".xlsx")
		return table.WriteBook(w, f.T("members.view.extracts"), slices.Values(rows))
	}
	return page.Table(w, name+".csv", rows)
}

// export hands out the list of all extracts and certificates, or of those of a kind:
// GET /extracts/export?as=csv|xlsx&only=certificates.
func (s *Site) export(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	rows := [][]string{extractHeads(f)}
	for before := proof.ID(""); ; {
		list, err := s.desk.List(r.Context(), auth.From(r.Context()), before)
		if err != nil {
			return err
		}
		for _, e := range list {
			if r.FormValue("only") != "certificates" || e.Member != "" {
				rows = append(rows, s.extractRow(f, e))
			}
		}
		if len(list) < proof.Page {
			break
		}
		before = list[len(list)-1].ID
	}
	return hand(w, f, r.FormValue("as"), "extracts", rows)
}

// exportOwn hands out the list of the certificates of a member.
func (s *Site) exportOwn(w http.ResponseWriter, r *http.Request) error {
	list, err := s.desk.Own(r.Context(), auth.From(r.Context()), members.ID(r.PathValue("member")))
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "", "")
	rows := [][]string{extractHeads(f)}
	for _, e := range list {
		rows = append(rows, s.extractRow(f, e))
	}
	return hand(w, f, r.FormValue("as"), "certificates", rows)
}

func extractHeads(f page.Frame) []string {
	var list []string
	for _, key := range []string{"proof.number", "proof.on", "proof.purpose", "proof.sum.organisation", "proof.sum.person", "proof.proven", "proof.made", "proof.state", "proof.since.state", "proof.hash", "proof.check"} {
		list = append(list, f.T(key))
	}
	return list
}

func (s *Site) extractRow(f page.Frame, e proof.Extract) []string {
	return []string{
		e.ID.Number(), e.On.String(), what(f, e), strconv.Itoa(e.Organisations), strconv.Itoa(e.Persons), strconv.Itoa(e.Proven), s.site.Local(e.Made).Format("2006-01-02 15:04"),
		f.T("proof.state." + string(e.State)), e.Withdrawn.String(), e.Hash(), s.desk.URL + "/check/" + e.Token,
	}
}
