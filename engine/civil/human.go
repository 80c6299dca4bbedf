package civil

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	yearFirst  = regexp.MustCompile(`^(\d{4})-(\d{1,2})-(\d{1,2})$`)
	dayFirst   = regexp.MustCompile(`^(\d{1,2})(?:\. ?(\d{1,2})\. ?|/(\d{1,2})/|-(\d{1,2})-)(\d{4})\.?$`)
	dayAndName = regexp.MustCompile(`^(\d{1,2})(?:\. ?| )(\pL+)\.?,? (\d{4})\.?$`)
	nameAndDay = regexp.MustCompile(`^(\pL+)\.? (\d{1,2}),? (\d{4})\.?$`)
)

// Each line holds the ways to write one month: Slovenian in the nominative and
// the genitive, English, and the usual short forms.
var months = strings.Fields(`
	januar,januarja,january,jan
	februar,februarja,february,feb
	marec,marca,march,mar
	april,aprila,apr
	maj,maja,may
	junij,junija,june,jun
	julij,julija,july,jul
	avgust,avgusta,august,avg,aug
	september,septembra,sept,sep
	oktober,oktobra,october,okt,oct
	november,novembra,nov
	december,decembra,dec`)

// ParseHuman reads a date as people write it in Slovenian or in English:
// "30. 11. 2026", "30.11.2026", "30. november 2026", "30. novembra 2026",
// "2026-11-30", "30/11/2026", "30 November 2026", "November 30, 2026". Numbers
// are always day, month, year. A year of two digits is refused, and so is a day
// that the month does not have. Unlike Parse it refuses the empty string.
func ParseHuman(s string) (Date, error) {
	text := strings.ToLower(strings.Join(strings.Fields(s), " "))
	var year, month, day string
	if m := yearFirst.FindStringSubmatch(text); m != nil {
		year, month, day = m[1], m[2], m[3]
	} else if m := dayFirst.FindStringSubmatch(text); m != nil {
		year, month, day = m[5], m[2]+m[3]+m[4], m[1]
	} else if m := dayAndName.FindStringSubmatch(text); m != nil {
		year, month, day = m[3], monthNumber(m[2]), m[1]
	} else if m := nameAndDay.FindStringSubmatch(text); m != nil {
		year, month, day = m[3], monthNumber(m[1]), m[2]
	}
	y, err1 := strconv.Atoi(year)
	m, err2 := strconv.Atoi(month)
	d, err3 := strconv.Atoi(day)
	date := On(y, time.Month(m), d)
	// On counts 31 November on to December; a person who writes it is mistaken.
	gotY, gotM, gotD := date.Date()
	if err1 != nil || err2 != nil || err3 != nil || date.IsZero() || gotY != y || int(gotM) != m || gotD != d {
		return Date{}, fmt.Errorf("civil: %q: %w", s, ErrDate)
	}
	return date, nil
}

// monthNumber returns "1" to "12", or the empty string for no month.
func monthNumber(name string) string {
	for i, line := range months {
		for way := range strings.SplitSeq(line, ",") {
			if way == name {
				return strconv.Itoa(i + 1)
			}
		}
	}
	return ""
}
