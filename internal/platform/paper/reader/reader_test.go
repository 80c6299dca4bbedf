package reader

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// The test program is its own PDF child.
func TestMain(m *testing.M) {
	switch os.Getenv("LC_ALL") + strings.Join(os.Args[1:], " ") {
	case "Cserve-pdf":
		os.Exit(ServePDF(os.Stdin, os.Stdout, os.Stderr))
	case "Chang":
		time.Sleep(time.Minute)
	case "Ceat":
		var all [][]byte
		for range 1000 {
			all = append(all, bytes.Repeat([]byte{1}, 1<<20))
		}
		os.Exit(len(all) % 2)
	}
	os.Exit(m.Run())
}

// simple has PDF read without pdftotext.
func simple(t testing.TB) Limits {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Limits{PDFToText: "-", PDFChild: []string{self, "serve-pdf"}}
}

// require finds a program, or ends the test: skipped on a desk that lacks the
// program, failed where all must be there.
func require(t testing.TB, program string) string {
	path, err := exec.LookPath(program)
	switch {
	case err == nil:
	case os.Getenv("ASOCIACIJA_REQUIRE_ALL") == "1":
		t.Fatalf("%s is not installed", program)
	default:
		t.Skipf("%s is not installed", program)
	}
	return path
}

// pack makes a ZIP of names and contents in turn.
func pack(t testing.TB, parts ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		h := zip.FileHeader{Name: parts[i], Method: zip.Deflate}
		if h.Name == "mimetype" {
			h.Method = zip.Store // ODF asks for that
		}
		w, err := z.CreateHeader(&h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, parts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func wantText(t *testing.T, content []byte, lim Limits, want string) Text {
	t.Helper()
	got, err := Read(t.Context(), Source{Name: "osnutek", Bytes: content}, lim)
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	if got.Content != want {
		t.Errorf("Read:\n%q\nwant\n%q", got.Content, want)
	}
	return got
}

func wantRefusal(t *testing.T, content []byte, lim Limits, key string) *Refusal {
	t.Helper()
	got, err := Read(t.Context(), Source{Name: "osnutek", Bytes: content}, lim)
	var no *Refusal
	if !errors.As(err, &no) || no.Key != key || no.Name != "osnutek" {
		t.Fatalf("Read = %.200q, %v; want refusal %s", got.Content, err, key)
	}
	return no
}

// What is no text is refused with the key for its reason, whatever its name.
func TestRead_refuses(t *testing.T) {
	t.Parallel()
	ole := func(stream string) string {
		wide, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(stream)
		if err != nil {
			t.Fatal(err)
		}
		return "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 70000) + wide + strings.Repeat("\xff", 500)
	}
	whole := string(pack(t, "word/document.xml", docBody(`<w:p><w:r><w:t>člen</w:t></w:r></w:p>`)))
	for _, c := range []struct{ name, content, want string }{
		{"empty", "", Empty},
		{"spaces", " \r\n\t\n", Empty},
		{"exe", "MZ\x90\x00\x03\x00\x00\x00" + strings.Repeat("\x00\x01\x02ab", 100), UnknownKind},
		{"noise without zeros", strings.Repeat("\x01\x02\x03\x04\x05\x06abc", 50), UnknownKind},
		{"rtf", `{\rtf1\ansi člen}`, UnknownKind},
		{"jpeg", "\xff\xd8\xff\xe0\x00\x10JFIF\x00" + strings.Repeat("\x80", 100), Image},
		{"png", "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00", 100), Image},
		{"webp", "RIFF\x00\x01\x00\x00WEBPVP8 ", Image},
		{"old Word", ole("WordDocument"), OldDoc},
		{"Word with a password", ole("EncryptedPackage"), Encrypted},
		{"old Excel", ole("Workbook"), UnknownKind},
		{"cut DOCX", whole[:len(whole)/2], DOCXBroken},
		{"cut ODT", string(pack(t, "mimetype", "application/vnd.oasis.opendocument.text"))[:90], ODTBroken},
		{"DOCX without document", string(pack(t, "[Content_Types].xml", "<Types/>")), DOCXBroken},
		{"DOCX with cut XML", string(pack(t, "word/document.xml", `<w:document><w:body><w:p>`)), DOCXBroken},
		{"DOCX too deep", string(pack(t, "word/document.xml", strings.Repeat("<a>", 2000)+strings.Repeat("</a>", 2000))), DOCXBroken},
		{"DOCX without text", string(pack(t, "word/document.xml", docBody(`<w:p/>`))), Empty},
		{"DOCX with an entity", string(pack(t, "word/document.xml", `<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>`)), DOCXBroken},
		{"XLSX", string(pack(t, "[Content_Types].xml", "<Types/>", "_rels/.rels", `<Relationships><Relationship Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`)), UnknownKind},
		{"ODS", string(pack(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", "<x/>")), UnknownKind},
		{"ODT without content", string(pack(t, "mimetype", "application/vnd.oasis.opendocument.text")), ODTBroken},
		{"ODT with a password", string(pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml", `<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>`, "content.xml", "\x01\x02")), Encrypted},
		{"ZIP", string(pack(t, "slika.jpg", "x")), UnknownKind},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			wantRefusal(t, []byte(c.content), Limits{}, c.want)
		})
	}
}

// zeros is a file of any size that takes no memory and fails when it is read.
type zeros struct{ t *testing.T }

func (z zeros) ReadAt([]byte, int64) (int, error) {
	z.t.Error("a file that is too large was read")
	return 0, io.EOF
}

func TestRead_tooLarge(t *testing.T) {
	t.Parallel()
	_, err := Read(t.Context(), Source{Name: "200 MB", ReaderAt: zeros{t}, Size: 200 << 20}, Limits{})
	var no *Refusal
	if !errors.As(err, &no) || no.Key != TooLarge || no.Limit != 50<<20 {
		t.Fatalf("Read = %v, want %s", err, TooLarge)
	}
	no = wantRefusal(t, []byte("člen člen"), Limits{Text: 5}, TooLarge)
	if no.Limit != 5 {
		t.Errorf("limit = %d, want 5", no.Limit)
	}
	long := docBody(strings.Repeat("<w:p><w:r><w:t>1234567</w:t></w:r></w:p>", 100))
	wantRefusal(t, pack(t, "word/document.xml", long), Limits{Text: 500}, TooLarge)
	wantRefusal(t, []byte("<html>"+strings.Repeat("<p>1234567</p>", 100)), Limits{Text: 500}, TooLarge)
	cells := strings.Repeat("<tc/>", 1000)
	wantRefusal(t, pack(t, "word/document.xml", "<a><tr>"+cells+"</tr></a>"), Limits{Text: 50000}, TooLarge)
	wantRefusal(t, odtOf(t, "", strings.Repeat("<text:p>1234567</text:p>", 100)), Limits{Text: 500}, TooLarge)
}

// A ZIP that unpacks beyond the limit, or beyond reason, is refused; one that
// is only an enclosure is never unpacked.
func TestRead_bomb(t *testing.T) {
	t.Parallel()
	blank := strings.Repeat(" ", 30<<20)
	bomb := pack(t, "word/document.xml", docBody(blank))
	wantRefusal(t, bomb, Limits{}, Bomb)
	wantRefusal(t, bomb, Limits{Expanded: 1 << 20}, Bomb)
	wantRefusal(t, pack(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", blank), Limits{}, Bomb)

	nested := pack(t, "a.zip", string(pack(t, "b.zip", string(bomb))))
	wantRefusal(t, nested, Limits{}, UnknownKind)
	enclosed := pack(t, "word/document.xml", docBody(`<w:p><w:r><w:t>a</w:t></w:r></w:p>`), "word/embeddings/a.zip", string(nested))
	wantText(t, enclosed, Limits{}, "a")

	// The sizes that a ZIP states may lie; what is unpacked is counted.
	lying := bytes.Clone(bomb)
	at := bytes.LastIndex(lying, []byte("PK\x01\x02"))
	copy(lying[at+24:at+28], []byte{1, 0, 0, 0})
	wantRefusal(t, lying, Limits{Expanded: 2 << 20}, DOCXBroken)
}

func TestRead_cancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, content := range map[string][]byte{
		"txt": []byte("člen"), "html": []byte("<p>člen"), "docx": pack(t, "word/document.xml", docBody("")), "pdf": []byte("%PDF-1.4"),
	} {
		if _, err := Read(ctx, Source{Bytes: content}, Limits{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: Read = %v, want %v", name, err, context.Canceled)
		}
	}
	wantRefusal(t, []byte("člen"), Limits{Time: time.Nanosecond}, Timeout)
}

// A text is the same in every encoding, and says in which it was.
func TestRead_encodings(t *testing.T) {
	t.Parallel()
	const text = "Člen 1 – žaluje šola, Žalec; rđavi ćilim.\r\nŠe ena vrstica č š ž.\fKonec"
	const want = "Člen 1 – žaluje šola, Žalec; rđavi ćilim.\nŠe ena vrstica č š ž.\nKonec"
	le, be := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	enc := func(s string, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	dash := strings.NewReplacer("–", "-")
	for _, c := range []struct{ name, content, want, encoding, by string }{
		{"utf-8", text, want, "utf-8", "valid"},
		{"decomposed", "c\u030clen", "člen", "utf-8", "valid"},
		{"bom", "\xef\xbb\xbf" + text, want, "utf-8", "bom"},
		{"utf-16le with bom", "\xff\xfe" + enc(le.NewEncoder().String(text)), want, "utf-16le", "bom"},
		{"utf-16be with bom", "\xfe\xff" + enc(be.NewEncoder().String(text)), want, "utf-16be", "bom"},
		{"utf-16le", enc(le.NewEncoder().String(text)), want, "utf-16le", "guess"},
		{"utf-16be", enc(be.NewEncoder().String(text)), want, "utf-16be", "guess"},
		{"windows-1250", enc(charmap.Windows1250.NewEncoder().String(text)), want, "windows-1250", "guess"},
		{"windows-1250 with č only", enc(charmap.Windows1250.NewEncoder().String("člen č")), "člen č", "windows-1250", "guess"},
		{"windows-1250 with ©", enc(charmap.Windows1250.NewEncoder().String("© društvo, že š")), "© društvo, že š", "windows-1250", "guess"},
		{"iso-8859-2", enc(charmap.ISO8859_2.NewEncoder().String(dash.Replace(text))), dash.Replace(want), "iso-8859-2", "guess"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := wantText(t, []byte(c.content), Limits{}, c.want)
			if got.Kind != TXT || got.Encoding != c.encoding || got.EncodingBy != c.by || got.Undecodable != 0 {
				t.Errorf("%s %s by %s, %d undecodable; want %s by %s", got.Kind, got.Encoding, got.EncodingBy, got.Undecodable, c.encoding, c.by)
			}
		})
	}
}

// Bytes that cannot be decoded are marked and counted.
func TestRead_undecodable(t *testing.T) {
	t.Parallel()
	got := wantText(t, []byte("čšž čšž \xff in \xfe"), Limits{}, "čšž čšž \uFFFD in \uFFFD")
	if got.Undecodable != 2 || strings.Join(got.Notes, " ") != NoteEncoding+" "+NoteUndecodable {
		t.Errorf("%d undecodable, notes %q", got.Undecodable, got.Notes)
	}
	got = wantText(t, []byte("\x9aola \x81 \xe8"), Limits{}, "šola \uFFFD č")
	if got.Undecodable != 1 || got.Encoding != "windows-1250" {
		t.Errorf("%d undecodable in %s", got.Undecodable, got.Encoding)
	}
	got = wantText(t, []byte("a\x1bb"), Limits{}, "ab")
	if strings.Join(got.Notes, " ") != NoteControls {
		t.Errorf("notes %q", got.Notes)
	}
}

// convert has LibreOffice write a file of one kind as another.
func convert(t testing.TB, content []byte, from, to string) []byte {
	soffice := require(t, "soffice")
	dir := t.TempDir()
	in := filepath.Join(dir, "in."+from)
	if err := os.WriteFile(in, content, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), soffice, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", to, "--outdir", dir, in)
	if from == "html" {
		cmd.Args = append(cmd.Args, "--infilter=HTML (StarWriter)")
	}
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("soffice: %v: %s", err, said)
	}
	out, err := os.ReadFile(filepath.Join(dir, "in."+to))
	if err != nil {
		t.Fatalf("soffice: %v: %s", err, said)
	}
	return out
}

// What LibreOffice writes is read as what it was told to write.
func TestRead_realFiles(t *testing.T) {
	t.Parallel()
	const page = `<html><head><meta charset="utf-8"><title>Osnutek</title></head><body><h1>ZAKON o kulturi</h1>
		<ol><li>prva točka</li><li>druga<ol type="a"><li>žaba</li><li>čaj</li></ol></li><li>tretja</li></ol><ul><li>alineja</li></ul>
		<p>Šola.<br>Nova vrstica</p><table><tr><td>a</td><td>b</td></tr></table></body></html>`
	const want = "ZAKON o kulturi\n1. prva točka\n2. druga\na. žaba\nb. čaj\n3. tretja\n• alineja\nŠola.\nNova vrstica\na\tb"
	for _, kind := range []string{"docx", "odt", "pdf"} {
		t.Run(kind, func(t *testing.T) {
			file, want := convert(t, []byte(page), "html", kind), want
			if kind == "pdf" {
				want = strings.ReplaceAll(want, "\t", " ")
				wantText(t, file, simple(t), want)
				require(t, "pdftotext")
			}
			got := wantText(t, file, Limits{}, want)
			if got.Title != "Osnutek" || string(got.Kind) != kind {
				t.Errorf("%s %q", got.Kind, got.Title)
			}
		})
	}
}

// The numbers of a draft law come out the same from what LibreOffice makes of
// it in the other kind, and as LibreOffice draws them in a PDF.
func TestRead_realNumbers(t *testing.T) {
	t.Parallel()
	const level2 = "Zakon ureja:\n(2) Drugi:\na) muzeje\nb) arhive\n– javne"
	const want = "1. člen\n(1) " + level2 + "\n2. člen\n(1) Prvi"
	law := odfList(`text:style-name="L"`, "<text:p/>"+odfList("", "Zakon ureja:", "<text:p>Drugi:</text:p>"+odfList("", "muzeje", "<text:p>arhive</text:p>"+odfList("", "javne"))), "<text:p/>"+odfList("", "Prvi"))
	odt := realODT(t, lawList, law)
	wantText(t, odt, Limits{}, want)
	docx := convert(t, odt, "odt", "docx")
	wantText(t, docx, Limits{}, want)
	wantText(t, convert(t, docx, "docx", "odt"), Limits{}, want)
	require(t, "pdftotext")
	wantText(t, convert(t, docx, "docx", "pdf"), Limits{}, want)
}
