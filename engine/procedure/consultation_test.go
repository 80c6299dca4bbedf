package procedure

import (
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

var rule = Rule{Least: 30, Longest: 60, Basis: "Rules, 9", Binds: []Kind{Law, Bylaw}, Exempt: []Exemption{
	{Key: "urgent", Variants: []Variant{Urgent}, Basis: "Rules, 9/6"},
	{Key: "recommended", Kinds: []Kind{Rulebook}, Basis: "Rules, 8"},
	{Key: "deputies", Kinds: []Kind{Law}, Proposers: []string{"deputy"}, Basis: "Rules, 1"},
	{Key: "special_law", Basis: "Rules, 9/8"},
}}

func TestRule_judge(t *testing.T) {
	t.Parallel()
	bill := Consultation{Kind: Law, Variant: Ordinary, Proposer: "government"}
	urgent := Consultation{Kind: Law, Variant: Urgent, Proposer: "government"}
	rulebook := Consultation{Kind: Rulebook, Variant: Ordinary}
	deputies := Consultation{Kind: Law, Variant: Ordinary, Proposer: "deputy"}
	for _, c := range []struct {
		given                            Consultation
		published, deadline, sent, today string
		class, would                     Class
		days                             int
		reason                           string
	}{
		{bill, "2017-03-03", "2017-04-03", "", "2017-04-04", Respected, "", 31, ""},
		{bill, "2017-03-03", "2017-04-02", "", "2017-04-04", Respected, "", 30, ""},
		{bill, "2017-03-03", "2017-04-01", "", "2017-04-04", TooShort, "", 29, ""},
		{bill, "2017-03-03", "2017-04-01", "", "2017-04-01", Pending, TooShort, 29, ""},
		{bill, "2017-03-03", "2017-07-01", "", "2017-08-01", Respected, "", 120, ""}, // longer than the rule names
		{bill, "2017-03-03", "", "", "2017-03-03", NoDeadline, "", 0, ""},
		{bill, "2017-03-03", "2017-04-03", "2017-03-13", "2017-03-14", TooShort, "", 10, ""}, // sent on while it ran
		{bill, "2017-03-03", "2017-04-03", "2017-04-20", "2017-05-14", Respected, "", 31, ""},
		{bill, "", "", "", "2017-03-03", Pending, "", 0, ""},
		{bill, "", "", "2017-03-10", "2017-03-03", Pending, "", 0, ""}, // to be sent on next week
		{bill, "", "", "2017-03-03", "2017-03-03", NotPutOut, "", 0, ""},
		{bill, "2017-03-03", "2017-03-01", "", "2017-03-04", TooShort, "", 0, ""},
		{urgent, "2020-03-28", "2020-03-30", "", "2020-04-01", NotCounted, TooShort, 2, "urgent"},
		{urgent, "2020-03-28", "2020-03-30", "", "2020-03-29", NotCounted, TooShort, 2, "urgent"},
		{rulebook, "2016-09-01", "2016-09-15", "", "2016-10-01", NotCounted, TooShort, 14, "recommended"},
		{rulebook, "", "", "2016-09-01", "2016-10-01", NotCounted, NotPutOut, 0, "recommended"},
		{deputies, "", "", "2016-09-01", "2016-10-01", NotCounted, NotPutOut, 0, "deputies"},
		{Consultation{Kind: "promise"}, "2016-09-01", "2016-09-15", "", "2016-09-10", NotCounted, TooShort, 14, Unbound},
		{Consultation{Kind: Law, Claimed: "special_law"}, "", "", "2016-09-01", "2016-10-01", NotCounted, NotPutOut, 0, "special_law"},
	} {
		c.given.Published, c.given.Deadline, c.given.Sent = day(t, c.published), day(t, c.deadline), day(t, c.sent)
		f := rule.Judge(c.given, day(t, c.today))
		if f.Class != c.class || f.Would != c.would || f.Days != c.days || f.Reason != c.reason || f.Least != 30 || f.Basis == "" {
			t.Errorf("%+v on %s:\n got %+v\nwant %s (%s), %d days, %q", c.given, c.today, f, c.class, c.would, c.days, c.reason)
		}
	}
}

// A shorter deadline is never judged better, an exemption is never a violation,
// and the columns add up whatever is counted.
func TestRule_properties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		published := civil.On(2024, 1, 1).AddDays(rapid.IntRange(0, 700).Draw(t, "published"))
		days := rapid.IntRange(0, 90).Draw(t, "days")
		c := Consultation{Kind: Law, Variant: Ordinary, Published: published, Deadline: published.AddDays(days)}
		f := rule.Judge(c, c.Deadline.AddDays(1))
		if f.Class.Violated() != (days < 30) || f.Days != days {
			t.Fatalf("%d days are judged %+v", days, f)
		}
		c.Variant = Urgent
		exempt := rule.Judge(c, c.Deadline.AddDays(1))
		if exempt.Class != NotCounted || exempt.Would != f.Class {
			t.Fatalf("urgent: %+v, otherwise %+v", exempt, f)
		}
		classes := rapid.SliceOf(rapid.SampledFrom([]Class{Respected, NoDeadline, TooShort, NotPutOut, NotCounted, Pending})).Draw(t, "classes")
		tally := Count(classes...)
		if err := tally.Check(); err != nil || tally.Total+tally.Pending+tally.NotCounted != len(classes) {
			t.Fatalf("%v: %+v, %v", classes, tally, err)
		}
	})
}

// Published figures of the counter of violations, and what we make of them.
func TestTally_publishedFigures(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		tally   Tally
		percent string
	}{
		{Tally{Total: 1312, Respected: 540, Violated: 772, NoDeadline: 88, TooShort: 584, NotPutOut: 100}, "58.8"}, // G3
		{Tally{Total: 1672, Respected: 682, Violated: 990, NoDeadline: 95, TooShort: 747, NotPutOut: 148}, "59.2"}, // G4
	} {
		if err := c.tally.Check(); err != nil {
			t.Error(err)
		}
		if got, ok := c.tally.Percent(); !ok || fmt.Sprintf("%.1f", got) != c.percent {
			t.Errorf("%+v: %.1f %%, want %s", c.tally, got, c.percent)
		}
	}
	if err := (Tally{Total: 10, Respected: 4, Violated: 6, TooShort: 5}).Check(); err == nil {
		t.Error("columns that do not add up are accepted")
	}
	if _, ok := (Tally{}).Percent(); ok {
		t.Error("nothing has a percentage")
	}
}

// The percentages that the counter published agree with its own columns.
func TestTally_counterOfViolations(t *testing.T) {
	t.Parallel()
	f, err := os.Open(realtexts.Path(t, "domain", "facts", "consultation_violations.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, row := range rows[1:] {
		total, err1 := strconv.Atoi(row[1])
		violated, err2 := strconv.Atoi(row[2])
		if err1 != nil || err2 != nil {
			continue // only the percentage was published
		}
		checked++
		got, _ := Tally{Total: total, Violated: violated}.Percent()
		if fmt.Sprintf("%.0f", got) != row[6] {
			t.Errorf("%s: %d of %d is %.1f %%, published %s", row[0], violated, total, got, row[6])
		}
	}
	if checked != 5 {
		t.Errorf("%d rows have both columns, want 5", checked)
	}
}

func TestOverride_check(t *testing.T) {
	t.Parallel()
	whole := Override{Class: Respected, Reason: "the ministry prolonged it by letter", By: "nina", On: civil.On(2026, 1, 5)}
	if err := whole.Check(); err != nil {
		t.Error(err)
	}
	for _, part := range []Override{
		{Reason: whole.Reason, By: whole.By, On: whole.On}, {Class: whole.Class, Reason: " ", By: whole.By, On: whole.On},
		{Class: whole.Class, Reason: whole.Reason, On: whole.On}, {Class: whole.Class, Reason: whole.Reason, By: whole.By},
	} {
		if part.Check() == nil {
			t.Errorf("%+v is accepted", part)
		}
	}
}
