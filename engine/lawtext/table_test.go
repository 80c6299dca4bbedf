package lawtext

import (
	"strings"
	"testing"
)

func TestTables(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want, cells string }{
		{"Markdown", "##### § 1\n\n(1)\n\nSadzby sú:\n\n| Druh | Sadzba |\n| --- | --- |\n| pes | 5 |\n\n(2)\n\nPlatí.\n",
			"art_1\n  para_1 Sadzby sú:\n    table_1\n      row_1 | Druh | Sadzba |\n      text_1 | --- | --- |\n      row_2 | pes | 5 |\n  para_2 Platí.",
			"Druh;Sadzba/pes;5"},
		{"pasted from HTML", "1. člen\nTarifa je:\nvrsta\tznesek\npes\t5  evrov\nOstalo je prosto.\n",
			"art_1\n  para_1 Tarifa je:\n    table_1\n      row_1 vrsta\tznesek\n      row_2 pes\t5 evrov\n  para_2 Ostalo je prosto.",
			"vrsta;znesek/pes;5 evrov"},
		{"rows that follow each other", "1. člen\n\nTarifa je:\n\n| vrsta | znesek |\n| pes | 5 |\n| mačka | 7 |\n\nOstalo je prosto.\n",
			"art_1\n  para_1 Tarifa je:\n    table_1\n      row_1 | vrsta | znesek |\n      row_2 | pes | 5 |\n      row_3 | mačka | 7 |\n  para_2 Ostalo je prosto.", "vrsta;znesek/pes;5/mačka;7"},
		{"a tab after a mark is no table", "1. člen\n(1)\tPrvi.\n(2)\tDrugi.\n", "art_1\n  para_1 Prvi.\n  para_2 Drugi.", ""},
		{"within a list", "##### § 1\n\n(1)\n\nSadzby:\n\na)\n\ntieto:\n\n| 1 | 2 |\n\nb)\n\niné.\n",
			"art_1\n  para_1 Sadzby:\n    point_a tieto:\n      table_1\n        row_1 | 1 | 2 |\n    point_b iné.", "1;2"},
	} {
		a := Parse(c.text)
		equal(t, c.name, strings.TrimSpace(outline(a)), c.want)
		var rows []string
		for n := range a.All() {
			if n.Kind == Row {
				rows = append(rows, strings.Join(n.Cells(), ";"))
			}
		}
		equal(t, c.name+", cells", strings.Join(rows, "/"), c.cells)
		equal(t, c.name+", again", shape(ParseIn(a.Lang, Print(a))), shape(a))
	}
}
