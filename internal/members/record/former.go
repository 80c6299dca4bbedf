package record

import (
	"cmp"
	"database/sql/driver"
	"encoding/json"
	"slices"

	"github.com/asociacija/asociacija/engine/civil"
)

// A Former is what an entry said until a day, and no longer says: its name and
// place, or a status of public interest that another followed. Of a category it has
// the name.
type Former struct {
	Until    civil.Date // the first day on which no longer
	Name     string     `json:",omitempty"`
	Place    string     `json:",omitempty"`
	Interest Interest   `json:",omitzero"`
	Noted    civil.Date // when we learned of the change
}

// A History is what was so before, the oldest first.
type History []Former

// On is the name that held on the day; false for the present one.
func (h History) On(day civil.Date) (Former, bool) {
	for _, f := range h {
		if f.Name != "" && day.Before(f.Until) {
			return f, true
		}
	}
	return Former{}, false
}

// Names are all former names, by which the office finds the entry.
func (h History) Names() (list []string) {
	for _, f := range h {
		list = append(list, f.Name)
	}
	return list
}

// Last is the newest former name; -1 if there is none.
func (h History) Last() int {
	for i, f := range slices.Backward(h) {
		if f.Name != "" {
			return i
		}
	}
	return -1
}

// Value is a History in its column.
func (h History) Value() (driver.Value, error) {
	if len(h) == 0 {
		return "", nil
	}
	text, err := json.Marshal(h)
	return string(text), err
}

// Scan reads a History from its column.
func (h *History) Scan(v any) error {
	text, _ := v.(string)
	return json.Unmarshal([]byte(cmp.Or(text, "null")), h)
}
