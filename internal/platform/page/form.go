package page

import (
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// MaxForm is the most that a form without files may weigh, in bytes.
const MaxForm = 8 << 20

// Decode reads a form into a struct. Fields carry the tag form:"name" and are
// string, []string, bool, int or civil.Date; a day that cannot be read is a fault
// of its field, and the rest is filled all the same, so that the form can be
// shown again with what the person typed.
func Decode(r *http.Request, into any) error {
	if err := parse(r); err != nil {
		return err
	}
	var wrong fault.Fields
	v := reflect.ValueOf(into).Elem()
	for i := range v.NumField() {
		name, ok := v.Type().Field(i).Tag.Lookup("form")
		if !ok {
			continue
		}
		given := r.Form[name]
		one := ""
		if len(given) > 0 {
			one = clean(given[0])
		}
		switch f := v.Field(i).Addr().Interface().(type) {
		case *[]string:
			for _, g := range given {
				*f = append(*f, clean(g))
			}
		case *bool:
			*f = one != "" && one != "0"
		case *int:
			n, err := strconv.Atoi(strings.TrimSpace(one))
			if err != nil && one != "" {
				wrong.Add(name, "form.number", "given", one)
			}
			*f = n
		case *civil.Date:
			if strings.TrimSpace(one) == "" {
				continue
			}
			d, err := civil.ParseHuman(one)
			if err != nil {
				wrong.Add(name, "form.date", "given", one)
			}
			*f = d
		default:
			if v.Field(i).Kind() != reflect.String {
				return fmt.Errorf("page: cannot decode into %T", f)
			}
			v.Field(i).SetString(one)
		}
	}
	return wrong.Err()
}

func parse(r *http.Request) error {
	if r.Form != nil {
		return nil
	}
	var err error
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		err = r.ParseMultipartForm(1 << 20)
	} else {
		r.Body = http.MaxBytesReader(nil, r.Body, MaxForm)
		err = r.ParseForm()
	}
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big), errors.Is(err, multipart.ErrMessageTooLarge):
		return fault.New(fault.TooBig, "form.too_big")
	case err != nil:
		return fault.New(fault.Invalid, "form.broken")
	}
	return nil
}

// clean makes what a browser sends plain: one kind of line end, no NUL, UTF-8.
func clean(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(s)
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	return s
}

// Wrong is what is wrong with a form: the sentence for each field, and "" for
// the whole.
type Wrong struct {
	Fields map[string]string
	Order  []string
	Given  map[string]string // what was typed and could not be read as what it should be
}

// Any reports whether anything is wrong.
func (w Wrong) Any() bool { return len(w.Order) > 0 }

// Shown is the value of a field that is shown again: what was typed, even if no day
// or number can be read in it.
func (w Wrong) Shown(f Field) string {
	if typed, ok := w.Given[f.Name]; ok {
		return typed
	}
	return f.Value
}

// Of is the sentence for a field, or empty.
func (w Wrong) Of(field string) string { return w.Fields[field] }

// Blame puts a fault of the person into the frame, so that the form is shown
// again with it. It returns false if err is not such a fault: nothing is wrong,
// or it is not for this page to tell.
func (f *Frame) Blame(err error) bool {
	ft := fault.Of(err)
	if ft == nil || ft.Kind == fault.Denied || ft.Kind == fault.Missing {
		return false
	}
	f.Wrong = Wrong{Fields: map[string]string{}, Given: map[string]string{}}
	for _, one := range ft.All() {
		if len(one.Args) == 2 && one.Args[0] == "given" {
			f.Wrong.Given[one.Field], _ = one.Args[1].(string)
		}
		f.Wrong.Fields[one.Field] = f.T(one.Key, one.Args...)
		f.Wrong.Order = append(f.Wrong.Order, one.Field)
	}
	return true
}

// Again is the status of a form shown again.
func (f Frame) Again() int {
	if f.Wrong.Any() {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}
