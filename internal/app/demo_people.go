package app

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/members"
)

// All people and organisations here are invented.

// founders are the members whom the drawn pages name.
var founders = []struct {
	name, place string
	field       members.Field
	agent       string
	since       int
}{
	{"Atelje Kresnica", "Maribor", "visual", "Tjaša Malin", 2011},
	{"Društvo za elektroakustično glasbo in zvočne prakse Odmev", "Ljubljana", "music", "Vid Arh", 2005},
	{"Galerija Prag", "Celje", "visual", "Meta Rus", 2004},
	{"Kino Lom", "Trbovlje", "film", "Urh Žagar", 2014},
	{"Kulturno društvo Na robu", "Nova Gorica", "cross", "Lana Kobal", 2004},
	{"Plesna zadruga Pesto", "Ljubljana", "dance", "Ana Dren", 2016},
	{"Zavod Prelom", "Kranj", "theatre", "Tine Bor", 2009},
	{"Zavod za sodobne odrske umetnosti Tretja vrata", "Ljubljana", "theatre", "Eva Gaber", 2007},
}

var (
	orgKinds = []struct {
		before string
		field  members.Field
	}{
		{"Gledališče", "theatre"}, {"Plesni kolektiv", "dance"}, {"Glasbeno društvo", "music"}, {"Kinoklub", "film"}, {"Zavod", "cross"},
		{"Galerija", "visual"}, {"Društvo", "literature"}, {"Zavod za medije", "intermedia"}, {"Lutkovni oder", "theatre"}, {"Založba", "literature"},
	}
	orgNames = []string{
		"Brin", "Čeber", "Dvorišče", "Enajsta ura", "Fužina", "Grad iz peska", "Hlev", "Iskra noč", "Jama", "Kamra", "Lesa", "Mlin na meji", "Nadstrešek",
		"Ob progi", "Podstreha", "Ravbar", "Skedenj", "Šum", "Tiha voda", "Ulica", "Veter v vratih", "Zadnja postaja", "Žarek", "Apno", "Breg", "Cesta brez imena",
		"Drugo nadstropje", "Glina", "Kreda", "Luknja v zidu", "Most", "Nihalo", "Okno", "Pristan", "Rdeča nit", "Senca", "Šesti prst", "Tovarna tišine", "Uho",
		"Vzvod", "Zrno soli", "Živi rob", "Akord", "Blato", "Cikla", "Črta", "Ekran pod zvezdami", "Goltes", "Hribovski zvok", "Ješprenj",
	}
	places     = []string{"Ljubljana", "Maribor", "Celje", "Kranj", "Koper", "Nova Gorica", "Novo mesto", "Ptuj", "Murska Sobota", "Trbovlje", "Velenje", "Škofja Loka", "Idrija", "Črnomelj", "Izola", "Kamnik", "Tolmin", "Slovenj Gradec"}
	firstNames = []string{"Alja", "Blaž", "Cvetka", "Črt", "Daša", "Erik", "Fani", "Gal", "Hana", "Izak", "Jera", "Klemen", "Lara", "Matija", "Nika", "Ožbej", "Polona", "Rok", "Sara", "Špela", "Timotej", "Urša", "Vita", "Zoja", "Žiga", "Ajda", "Boris", "Dunja", "Filip", "Inja", "Luka", "Mojca", "Nace", "Pia", "Samo", "Tonka"}
	lastNames  = []string{"Ambrož", "Bevk", "Cizelj", "Čater", "Debevc", "Eržen", "Furlan", "Golja", "Hafner", "Ipavec", "Jereb", "Kavčič", "Lampe", "Mravlje", "Novinec", "Okorn", "Pirnat", "Rihar", "Sever", "Škafar", "Trobec", "Uršič", "Vodnik", "Zajc", "Žnidar", "Brumen", "Cerar", "Dolenc", "Gradnik", "Hočevar", "Kunstelj", "Leskovar", "Mavrič", "Pavšič", "Rozman", "Svetina", "Tkalec", "Vrhunc"}
)

// An invented is a member, and who answers for it.
type invented struct {
	members.Member
	agent string
}

// invent makes the register of the demo house: 58 organisations and 354 persons, the
// same every time.
func invent(today civil.Date) []invented {
	rnd := rand.New(rand.NewPCG(1992, 2003))
	taken := map[string]bool{}
	add := func(m members.Member, agent string, year int) invented {
		m.Standing, m.Lang = members.Active, "sl"
		m.Term = civil.Span{From: civil.On(min(year, today.Year()), 3, 1+rnd.IntN(28))}
		return invented{m, agent}
	}
	var list []invented
	for _, f := range founders {
		list = append(list, add(members.Member{Kind: members.Organisation, Name: f.name, Place: f.place, Field: f.field, Email: address("pisarna", f.name)}, f.agent, f.since))
	}
	for _, name := range orgNames {
		kind := orgKinds[rnd.IntN(len(orgKinds))]
		m := members.Member{Kind: members.Organisation, Name: kind.before + " " + name, Place: places[rnd.IntN(len(places))], Field: kind.field}
		m.Email = address("pisarna", name)
		list = append(list, add(m, person(rnd, taken), 2004+rnd.IntN(21)))
	}
	for _, m := range []members.Member{
		{Name: "Benko, Taja", Place: "Koper", Field: "dance"}, {Name: "Horvat Lun, Izak", Place: "Murska Sobota", Field: "film"},
		{Name: "Lipar, Oton", Place: "Ljubljana", Field: "critique", Email: "oton.lipar@mnk.example"}, {Name: "Tratar, Ivo", Place: "Ljubljana", Field: "theatre", Email: "ivo.tratar@mnk.example"},
		{Name: "Vrabič, Jana", Place: "Ptuj", Field: "theatre", Email: "jana.vrabic@posta.example"},
	} {
		m.Kind = members.Person
		if m.Email == "" {
			m.Email = address(strings.ReplaceAll(m.Name, ", ", " "), "posta")
		}
		list = append(list, add(m, "", 2008+rnd.IntN(14)))
	}
	for len(list) < 58+354 {
		first, last, _ := strings.Cut(person(rnd, taken), " ")
		m := members.Member{Kind: members.Person, Name: last + ", " + first, Place: places[rnd.IntN(len(places))], Field: members.Fields()[rnd.IntN(10)]}
		m.Email = address(first+" "+last, "posta")
		list = append(list, add(m, "", 2006+rnd.IntN(20)))
	}
	return list
}

// person makes a name that nobody has yet.
func person(rnd *rand.Rand, taken map[string]bool) string {
	for {
		name := firstNames[rnd.IntN(len(firstNames))] + " " + lastNames[rnd.IntN(len(lastNames))]
		if !taken[name] {
			taken[name] = true
			return name
		}
	}
}

// address makes an address that can reach nobody.
func address(who, where string) string {
	where = textkit.Slug(where)
	if len(where) > 30 {
		where = strings.Trim(where[:30], "-")
	}
	return fmt.Sprintf("%s@%s.example", strings.ReplaceAll(textkit.Slug(who), "-", "."), where)
}
