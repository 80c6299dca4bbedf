package country_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/asociacija/asociacija/country"
	"github.com/asociacija/asociacija/country/si"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
)

// One thing is spoiled in a good pack, and Check says what.
func TestPack_check(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(*country.Pack)
		want  string
	}{
		"no zone":               {func(p *country.Pack) { p.Zone = "" }, "no code or no time zone"},
		"one language":          {func(p *country.Pack) { p.Labels = procedure.Labels{"sl": "Slovenija"} }, "both languages"},
		"blank label":           {func(p *country.Pack) { p.Outcomes[0].Labels = procedure.Labels{"sl": "da", "en": " "} }, "both languages"},
		"same outcome":          {func(p *country.Pack) { p.Outcomes[1] = p.Outcomes[0] }, "comes twice"},
		"same procedure":        {func(p *country.Pack) { p.Procedures[1] = p.Procedures[0] }, "comes twice"},
		"source unread":         {func(p *country.Pack) { p.Sources[0].Checked = "" }, "was checked"},
		"basis out of thin air": {func(p *country.Pack) { p.Holidays[0].Basis = "Navada, 1. člen" }, "none of the sources"},
		"basis by half a title": {func(p *country.Pack) { p.Consultation.Basis = "Poslovnik Vlade RSX, 9. člen" }, "none of the sources"},
		"consulted on nothing":  {func(p *country.Pack) { p.Consultation.Binds = nil }, "binds no kind"},
		"nobody acts":           {func(p *country.Pack) { p.Procedures[0].Phases[0].Who = "king" }, "none of the authorities"},
		"nobody proposes":       {func(p *country.Pack) { p.Consultation.Exempt[0].Proposers = []string{"king"} }, "none of the authorities"},
		"two on one day":        {func(p *country.Pack) { p.Holidays[1].During = civil.Span{} }, "fall on one day"},
		"odd clock":             {func(p *country.Pack) { p.Answers[0].Force = "mild" }, "has the force"},
		"tie twice":             {func(p *country.Pack) { t := p.Representation.Independence[0].Ties; t[1] = t[0] }, "comes twice"},
		"phase without key":     {func(p *country.Pack) { p.Procedures[0].Phases[0].Key = "" }, "no key"},
	} {
		p, err := si.Pack()
		if err != nil {
			t.Fatal(err)
		}
		c.spoil(&p)
		if err := p.Check(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

func TestPack_lookUp(t *testing.T) {
	t.Parallel()
	p, err := si.Pack()
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := p.Procedure(procedure.Law, procedure.Urgent); !ok {
		t.Error("there is no urgent law")
	}
	if _, ok := p.Procedure(procedure.Call, procedure.Urgent); ok {
		t.Error("there is an urgent call")
	}
	if c, ok := p.Answer("own_letter"); !ok || c.Force != procedure.Own {
		t.Errorf("our own clock is %+v, %v", c, ok)
	}
	if _, ok := p.Answer("letter"); ok {
		t.Error("an answer is found that is not there")
	}
}

// tiny is the smallest pack that Read accepts.
func tiny() fstest.MapFS {
	return fstest.MapFS{
		"pack.json": {Data: []byte(`{"code": "xx", "labels": {"sl": "X", "en": "X"}, "zone": "UTC",
			"sources": [{"title": "Act", "ref": "1", "checked": "text"}]}`)},
		"holidays.json":       {Data: []byte(`[]`)},
		"consultation.json":   {Data: []byte(`{"least": 20, "basis": "Act, 1", "binds": ["law"]}`)},
		"representation.json": {Data: []byte(`{}`)},
	}
}

func TestRead(t *testing.T) {
	t.Parallel()
	p, err := country.Read(tiny())
	if err != nil || p.Code != "xx" || p.Consultation.Least != 20 {
		t.Fatalf("got %+v, %v", p, err)
	}
	for name, data := range map[string]string{
		"pack.json":           `{"code": "xx", "population": 7}`,
		"holidays.json":       `[{"key": "a", "during": {"from": "1. 1. 2020"}}]`,
		"consultation.json":   `{"least": "thirty"}`,
		"representation.json": `{"electors": [{"key": "a", "labels": {"sl": "a", "en": "a"}, "basis": "Act, 1"}]}`,
		"procedures/a.json":   `{"kind": "law"}`,
		"procedures/b.json":   `{`,
	} {
		spoiled := tiny()
		spoiled[name] = &fstest.MapFile{Data: []byte(data)}
		if _, err := country.Read(spoiled); err == nil {
			t.Errorf("%s with %s is read", name, data)
		}
	}
	for _, name := range []string{"pack.json", "holidays.json", "consultation.json", "representation.json"} {
		lacking := tiny()
		delete(lacking, name)
		if _, err := country.Read(lacking); err == nil {
			t.Errorf("a pack without %s is read", name)
		}
	}
}

// Whatever stands in the files, what is read obeys the rules.
func FuzzRead(f *testing.F) {
	f.Add(`[{"key": "a", "labels": {"sl": "a", "en": "a"}, "month": 1, "day": 1, "free": true, "basis": "Act"}]`,
		`{"kind": "law", "variant": "ordinary", "phases": []}`)
	f.Fuzz(func(t *testing.T, holidays, made string) {
		files := tiny()
		files["holidays.json"].Data = []byte(holidays)
		files["procedures/a.json"] = &fstest.MapFile{Data: []byte(made)}
		p, err := country.Read(files)
		if err != nil {
			return
		}
		for _, step := range p.Procedures[0].Line(nil, p.Calendar(), civil.On(2026, 1, 1)) {
			if step.Phase.Key == "" || step.State != procedure.ToCome {
				t.Errorf("%s: %+v", made, step)
			}
		}
	})
}
