package uptake

import "strings"

// ones, tens and parts are the stems of Slovenian numerals, folded. A cardinal
// and its ordinal have one value: "enajsti dan" is "11. dan".
var (
	exact = map[string]float64{
		"en": 1, "ena": 1, "eno": 1, "enega": 1, "enem": 1, "enim": 1, "enemu": 1, "eni": 1,
		"dva": 2, "dve": 2, "dveh": 2, "dvema": 2, "oba": 2, "obe": 2, "obeh": 2,
		"tri": 3, "trije": 3, "treh": 3, "trem": 3, "tremi": 3,
		"stiri": 4, "stirje": 4, "stirih": 4, "stirim": 4, "stirimi": 4,
		"sto": 100, "dvesto": 200, "tristo": 300, "petsto": 500, "tisoc": 1000, "pol": 0.5,
		"sedem": 7, "osem": 8, "prvi": 1, "prva": 1, "prvo": 1, "prvega": 1, "prvem": 1, "prvim": 1, "prve": 1,
		"tretji": 3, "tretja": 3, "tretje": 3, "tretjega": 3, "tretjem": 3, "tretjim": 3, "tretjo": 3,
	}
	ones = map[string]float64{
		"cetrt": 4, "pet": 5, "sest": 6, "sedm": 7, "osm": 8, "devet": 9, "deset": 10, "enajst": 11, "dvanajst": 12,
		"trinajst": 13, "stirinajst": 14, "petnajst": 15, "sestnajst": 16, "sedemnajst": 17, "osemnajst": 18, "devetnajst": 19,
		"dvajset": 20, "trideset": 30, "stirideset": 40, "petdeset": 50, "sestdeset": 60, "sedemdeset": 70,
		"osemdeset": 80, "devetdeset": 90, "stot": 100, "tisoc": 1000, "milijon": 1e6,
		"polovic": 1.0 / 2, "tretjin": 1.0 / 3, "cetrtin": 1.0 / 4, "petin": 1.0 / 5, "desetin": 1.0 / 10,
	}
	caseEndings = []string{"", "ih", "im", "imi", "i", "ega", "emu", "em", "a", "e", "o", "ov", "ami", "ah"}
)

// numeral reads a numeral in any case, compounds too: "petindvajsetih".
func numeral(f string) (float64, bool) {
	if v, ok := exact[f]; ok {
		return v, true
	}
	for _, e := range caseEndings {
		if stem, ok := strings.CutSuffix(f, e); ok {
			if v, ok := ones[stem]; ok {
				return v, true
			}
		}
	}
	one, ten, ok := strings.Cut(f, "in")
	if !ok || one == "" || ten == "" {
		return 0, false
	}
	a, ok1 := numeral(one)
	b, ok2 := numeral(ten)
	return a + b, ok1 && ok2 && a >= 1 && a < 10 && b >= 20
}
