package civil

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// anyDate draws a day of the years 1 to 9999.
var anyDate = rapid.Custom(func(t *rapid.T) Date {
	return numbered(rapid.Int64Range(1, lastDay).Draw(t, "day"))
})

func day(t *testing.T, s string) Date {
	t.Helper()
	d, err := Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestOn_andString(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		d    Date
		want string
	}{
		{On(2026, 11, 30), "2026-11-30"},
		{On(2026, 11, 31), "2026-12-01"},
		{On(2026, 3, 0), "2026-02-28"},
		{On(1, 1, 1), "0001-01-01"},
		{On(9999, 12, 31), "9999-12-31"},
		{On(1, 1, 0), ""},
		{On(10000, 1, 1), ""},
		{Date{}, ""},
	} {
		if got := c.d.String(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestParse_refuses(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"2026-02-29", "2026-13-01", "0000-05-05", "26-11-30", "2026-1-1", " 2026-11-30", "x"} {
		if d, err := Parse(s); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", s, d)
		}
	}
}

func TestOf_dependsOnThePlace(t *testing.T) {
	t.Parallel()
	ljubljana := time.FixedZone("CET", 3600)
	late := time.Date(2026, 11, 30, 23, 30, 0, 0, time.UTC)
	if got := Of(late, ljubljana); got != On(2026, 12, 1) {
		t.Errorf("in Ljubljana it is %v, want 2026-12-01", got)
	}
	if got := Of(late, time.UTC); got != On(2026, 11, 30) {
		t.Errorf("in UTC it is %v, want 2026-11-30", got)
	}
	if got := Of(On(2026, 12, 1).Start(ljubljana), ljubljana); got != On(2026, 12, 1) {
		t.Errorf("a day starts on %v, want itself", got)
	}
}

func TestAddMonths_endOfMonth(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2026-02-28", 1, "2026-03-28"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-12-15", 1, "2027-01-15"},
		{"2026-01-15", -13, "2024-12-15"},
		{"9999-12-15", 1, ""},
		{"0001-01-15", -1, ""},
		{"9999-12-31", 0, "9999-12-31"},
		{"", 5, ""},
	} {
		if got := day(t, c.from).AddMonths(c.n).String(); got != c.want {
			t.Errorf("%s + %d months = %q, want %q", c.from, c.n, got, c.want)
		}
	}
}

func TestDate_isTextInJSON(t *testing.T) {
	t.Parallel()
	given := Span{From: On(2026, 11, 30)}
	text, err := json.Marshal(given)
	if err != nil || string(text) != `{"from":"2026-11-30","until":""}` {
		t.Fatalf("got %s, %v", text, err)
	}
	var got Span
	if err := json.Unmarshal(text, &got); err != nil || got != given {
		t.Errorf("got %v, %v, want %v", got, err, given)
	}
	if err := json.Unmarshal([]byte(`{"from":"30. 11."}`), &got); err == nil {
		t.Error("a date that is not ISO is read")
	}
}

// Days agree with the standard library, and what is written is read back.
func TestDate_properties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d, e := anyDate.Draw(t, "d"), anyDate.Draw(t, "e")
		if back, err := Parse(d.String()); err != nil || back != d {
			t.Fatalf("%v is read as %v, %v", d, back, err)
		}
		if On(d.Date()) != d || d.Weekday() != d.utc().Weekday() {
			t.Fatalf("%v: On(Date()) = %v, weekday %v", d, On(d.Date()), d.Weekday())
		}
		if e.AddDays(d.Sub(e)) != d || d.Sub(e) != -e.Sub(d) {
			t.Fatalf("%v - %v = %d", d, e, d.Sub(e))
		}
		if d.Before(e) != (d.Compare(e) < 0) || d.After(e) != (d.Sub(e) > 0) {
			t.Fatalf("order of %v and %v", d, e)
		}
		n := rapid.IntRange(-200, 200).Draw(t, "months")
		if later := d.AddMonths(n); !later.IsZero() {
			y1, m1, d1 := d.Date()
			y2, m2, d2 := later.Date()
			if (y2*12+int(m2))-(y1*12+int(m1)) != n || d2 > d1 {
				t.Fatalf("%v + %d months = %v", d, n, later)
			}
		}
	})
}

func TestNone_staysNone(t *testing.T) {
	t.Parallel()
	none := Date{}
	if !none.AddDays(1).IsZero() || !none.AddMonths(1).IsZero() || none.Sub(On(2026, 1, 1)) != 0 || none.Year() != 0 {
		t.Error("something is counted from none")
	}
	if huge := On(2026, 1, 1); !huge.AddDays(1<<40).IsZero() || !huge.AddMonths(-1<<40).IsZero() {
		t.Error("a day beyond the calendar is not none")
	}
}
