package publicweb

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// answer sends what programs fetch again and again. Those who have it already are
// told so. By the hash alone: what has been withdrawn or mended since is older
// than what they have, so the day says nothing.
func answer(w http.ResponseWriter, r *http.Request, kind string, body []byte, changed time.Time) error {
	sum := sha256.Sum256(body)
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("ETag", `W/"`+hex.EncodeToString(sum[:12])+`"`)
	h.Set("Cache-Control", "public, max-age=300")
	ask := r.Clone(r.Context())
	ask.Header.Del("If-Modified-Since")
	ask.Header.Del("Range")
	http.ServeContent(w, ask, "", changed, bytes.NewReader(body))
	return nil
}

func answerXML(w http.ResponseWriter, r *http.Request, kind string, v any, changed time.Time) error {
	body, err := xml.MarshalIndent(v, "", " ")
	if err != nil {
		return fmt.Errorf("publicweb: %w", err)
	}
	return answer(w, r, kind, append([]byte(xml.Header), body...), changed)
}

// inLang is the path with the language, if it is not the house's first: feeds and
// calendars are fetched by programs that have no cookie.
func inLang(path, lang string) string {
	if lang == "sl" {
		return path
	}
	return path + "?lang=" + url.QueryEscape(lang)
}

func caseLink(id voice.CaseID) string { return "/z/" + url.PathEscape(string(id)) }

func consultationLink(id voice.ConsultationID) string { return "/o/" + url.PathEscape(string(id)) }

func positionLink(p positions.Position) string {
	return "/s/" + url.PathEscape(string(p.ID)) + "/" + strconv.Itoa(p.Version)
}
