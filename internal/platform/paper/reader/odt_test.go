package reader

import (
	"testing"
)

const odfNames = ` xmlns:office="office" xmlns:text="text" xmlns:style="style" xmlns:table="table" xmlns:draw="draw" xmlns:dc="dc"`

func odtOf(t testing.TB, styles, body string) []byte {
	return pack(t, "mimetype", "application/vnd.oasis.opendocument.text",
		"content.xml", `<office:document-content`+odfNames+`><office:automatic-styles>`+styles+`</office:automatic-styles><office:body><office:text>`+body+`</office:text></office:body></office:document-content>`,
		"meta.xml", `<m`+odfNames+`><dc:title>Osnutek</dc:title></m>`)
}

func TestODT_text(t *testing.T) {
	t.Parallel()
	got := wantText(t, odtOf(t, "", `<text:p>a</text:p>`), Limits{}, "a")
	if got.Kind != ODT || got.Title != "Osnutek" {
		t.Errorf("%s %q", got.Kind, got.Title)
	}
}
