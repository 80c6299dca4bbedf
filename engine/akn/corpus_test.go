package akn

import (
	"bytes"
	"encoding/xml"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// corpus returns the documents of others, by path under the folder of laws.
func corpus(t testing.TB) map[string][]byte {
	t.Helper()
	root := realtexts.Path(t, "law")
	docs := map[string][]byte{}
	for _, dir := range []string{"akn", "machine-gt/sr-akn", "machine-gt/de-risnorms"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, f fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".xml") {
				return err
			}
			data, err := os.ReadFile(path)
			name, _ := filepath.Rel(root, path)
			docs[name] = data
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return docs
}

// A reading is what a document says, as the standard library reads it.
type reading struct {
	text  string // every character between tags
	ids   string
	attrs string // of each element the name and attributes, without namespaces of Akoma Ntoso and identifiers
}

func readingOf(t *testing.T, data []byte) reading {
	t.Helper()
	var text, ids, attrs strings.Builder
	for d := xml.NewDecoder(bytes.NewReader(data)); ; {
		tok, err := d.Token()
		if tok == nil {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		switch k := tok.(type) {
		case xml.CharData:
			text.Write(bytes.TrimSpace(k))
			text.WriteByte('\n')
		case xml.StartElement:
			attrs.WriteString("\n" + k.Name.Local)
			for _, a := range k.Attr {
				switch {
				case a.Name.Space == "xmlns" || a.Name.Local == "xmlns":
				case a.Name.Local == "id" || a.Name.Local == "eId" || a.Name.Local == "wId" || a.Name.Local == "GUID" || a.Name.Local == "evolvingId":
					ids.WriteString(a.Name.Space + "|" + a.Value + "\n")
				default:
					attrs.WriteString(" " + a.Name.Space + "|" + a.Name.Local + "=" + a.Value)
				}
			}
		}
	}
	return reading{strings.Join(strings.Fields(text.String()), "\n"), ids.String(), attrs.String()}
}

// Every document of the corpus is written with its text, identifiers, elements
// and attributes, and written again as the same bytes.
func TestCorpus_roundTrip(t *testing.T) {
	t.Parallel()
	docs := corpus(t)
	var same, bytesRead int
	versions, kinds := map[string]int{}, map[string]int{}
	for name, data := range docs {
		bytesRead += len(data)
		d, err := Read(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		once := Write(d)
		again, err := Read(once)
		if err != nil {
			t.Errorf("%s: what was written is refused: %v", name, err)
			continue
		}
		was, is := readingOf(t, data), readingOf(t, once)
		switch {
		case was.text != is.text:
			t.Errorf("%s: the text changes: %s", name, firstDifference(was.text, is.text))
		case was.ids != is.ids:
			t.Errorf("%s: identifiers change: %s", name, firstDifference(was.ids, is.ids))
		case was.attrs != is.attrs:
			t.Errorf("%s: elements or attributes change: %s", name, firstDifference(was.attrs, is.attrs))
		case !bytes.Equal(Write(again), once):
			t.Errorf("%s: is written differently the second time", name)
		default:
			same++
		}
		versions[d.Version]++
		kinds[d.Kind()]++
	}
	realtexts.Measured(t, "Akoma Ntoso: import, export, import", "100 %", "all documents", "documents %d (%d bytes), the same after import, export and import %d; versions %v; kinds %v", len(docs), bytesRead, same, versions, kinds)
	if same < len(docs) || len(docs) < 150 {
		t.Errorf("%d of %d", same, len(docs))
	}
}

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return "\n- " + x[i] + "\n+ " + y[i]
		}
	}
	return "one is longer"
}
