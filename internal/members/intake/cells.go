package intake

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
)

// What people put into one cell, though a register keeps it apart.

// ordered puts the name of a person in the order of the register, family name first,
// where the heading says which of two words is which: "Dren Živa" under "Priimek in
// ime", "Živa Dren" under "Ime in priimek". Other names stay as they are.
func ordered(name, heading string, kind members.Kind) string {
	words := strings.Fields(name)
	if kind != members.Person || len(words) != 2 || strings.Contains(name, ",") {
		return name
	}
	heading = folded(heading)
	family, given := strings.Index(heading, " priimek"), strings.Index(heading, " ime")
	switch {
	case family < 0 || given < 0:
		return name
	case family < given:
		return joinName(words[0], words[1])
	}
	return joinName(words[1], words[0])
}

// addresses parts the e-mail addresses of a cell: the first is the member's.
func addresses(cell string) (first string, rest []string) {
	list := strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(";,|/ ", r) })
	for _, one := range list {
		if strings.Count(one, "@") != 1 {
			return cell, nil // it is something else, and is refused
		}
	}
	if len(list) == 0 {
		return "", nil
	}
	return list[0], list[1:]
}

var (
	postal    = regexp.MustCompile(`^(?:[A-Z]{1,2}-)?(\d{4,5})[ ,]+(\pL.*)$`)
	streetEnd = regexp.MustCompile(`^(.+), *((?:[A-Z]{1,2}-)?\d{4,5} +\pL.*)$`)
	shortYear = regexp.MustCompile(`^(\d{1,2}\. ?\d{1,2}\. ?)(\d{2})\.?$`)
)

// settle parts "2000 Maribor", and "Ulica 3, 2000 Maribor", where the sheet has no
// column for one of the two.
func settle(street, postcode, place string) (string, string, string) {
	if m := streetEnd.FindStringSubmatch(street); m != nil && postcode == "" && place == "" {
		street, postcode = m[1], m[2]
	}
	if m := postal.FindStringSubmatch(postcode); m != nil {
		postcode = m[1]
		if place == "" {
			place = m[2]
		}
	}
	if m := postal.FindStringSubmatch(place); m != nil && (postcode == "" || postcode == m[1]) {
		postcode, place = m[1], m[2]
	}
	return street, postcode, place
}

// century writes out a year of two digits: "4. 10. 08" is of 2008, and "4. 10. 88"
// of 1988, because the day is not yet to come.
func century(day string, today civil.Date) string {
	m := shortYear.FindStringSubmatch(day)
	if m == nil {
		return day
	}
	year, err := strconv.Atoi(m[2])
	if err != nil {
		return day
	}
	if year += today.Year() / 100 * 100; year > today.Year() {
		year -= 100
	}
	return m[1] + strconv.Itoa(year)
}
