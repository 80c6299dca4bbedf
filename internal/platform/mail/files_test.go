package mail

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/blob"
)

// A file goes with its letter, as it is kept, and the ledger says which.
func TestDesk_Post_files(t *testing.T) {
	each(t, nil, func(t *testing.T, h *house) {
		disk, err := blob.NewDisk(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		ref, err := disk.Put(t.Context(), strings.NewReader("%PDF-1.7 račun"), -1)
		if err != nil {
			t.Fatal(err)
		}
		h.Blobs = disk
		l := plain("ana@primer.si")
		l.Files = []File{{Name: "racun.pdf", Type: "application/pdf", Hash: ref.Hash}}
		id := h.post(l)
		h.after(0)
		if all := h.server.all(); len(all) != 1 || !strings.Contains(all[0], `filename="racun.pdf"`) || !strings.Contains(all[0], "JVBERi0xLjcgcmHEjXVu") {
			t.Errorf("arrived: %s", all)
		}
		if e := h.get(id); e.State != Sent || len(e.Files) != 1 || e.Files[0] != l.Files[0] {
			t.Errorf("the ledger keeps %+v", e)
		}
	})
}
