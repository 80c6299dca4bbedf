package bodies

import (
	"path"
	"strings"
	"time"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// MaxPaper is the most that a paper may weigh, in bytes.
const MaxPaper = 25 << 20

// A Paper is a file of a body, of a meeting, or of a point of its agenda.
type Paper struct {
	ID      string
	Body    BodyID
	Meeting MeetingID // none for one of the body's own
	Item    string
	Name    string
	MIME    string
	Hash    string
	Size    int64
	At      time.Time
	By      auth.UserID
	ByIs    string
}

// A Note is what somebody wrote down for a working group.
type Note struct {
	ID   string
	Body BodyID
	At   time.Time
	By   auth.UserID
	ByIs string
	Text string
}

// taken are the kinds of files that are taken in: by the ending of the name, with
// how the content of such a file begins.
var taken = map[string]struct{ mime, begins string }{
	".pdf":  {"application/pdf", "%PDF-"},
	".docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK\x03\x04"},
	".xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK\x03\x04"},
	".pptx": {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "PK\x03\x04"},
	".odt":  {"application/vnd.oasis.opendocument.text", "PK\x03\x04"},
	".ods":  {"application/vnd.oasis.opendocument.spreadsheet", "PK\x03\x04"},
	".odp":  {"application/vnd.oasis.opendocument.presentation", "PK\x03\x04"},
	".png":  {"image/png", "\x89PNG\r\n"},
	".jpg":  {"image/jpeg", "\xff\xd8\xff"},
	".jpeg": {"image/jpeg", "\xff\xd8\xff"},
	".txt":  {"text/plain; charset=utf-8", ""},
	".csv":  {"text/csv; charset=utf-8", ""},
}

// Endings are those of the files that are taken in, for the field of a form.
func Endings() string { return ".pdf,.docx,.odt,.xlsx,.ods,.pptx,.odp,.png,.jpg,.jpeg,.txt,.csv" }

// sniff is the type of a file by its name and how it begins, or a fault if it is
// none that is taken, or not what its name says.
func sniff(name string, head []byte) (string, error) {
	kind, ok := taken[strings.ToLower(path.Ext(name))]
	if !ok {
		return "", fault.In("file", "bodies.paper.kind")
	}
	text := kind.begins == "" && strings.IndexByte(string(head), 0) < 0
	if !text && (kind.begins == "" || !strings.HasPrefix(string(head), kind.begins)) {
		return "", fault.In("file", "bodies.paper.other")
	}
	return kind.mime, nil
}

// fileName is the name of a file without its folders.
func fileName(s string) string {
	s = line(strings.ReplaceAll(s, "\\", "/"))
	s = path.Base(s)
	if s == "." || s == "/" {
		s = ""
	}
	if r := []rune(s); len(r) > 150 {
		ext := path.Ext(s)
		s = string(r[:150-min(len(ext), 20)]) + ext
	}
	return s
}
