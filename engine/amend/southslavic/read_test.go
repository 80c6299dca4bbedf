package southslavic

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// patterns of drafting, with the operations in short: units as a, p, t (point),
// i, s (sentence), h (heading) and in (introductory sentence) with their
// numbers; = replaced by, + added, - deleted. A reason in capitals is a refusal.
var patterns = []struct{ lang, text, want string }{
	{"sr", `У члану 5. став 1. речи: „а б” замењују се речима: „ц д”.`, `a5.p1 <а б> = <ц д>`},
	{"sr", `У члану 7. став 2. реч: „а” замењује се речју: „б”.`, `a7.p2 <а> = <б>`},
	{"sr", `У ставу 3. тачка 11) реч: „а” замењује се речју: „б”.`, `a1.p3.t11 <а> = <б>`},
	{"sr", `У члану 2. став 1. тачка 1) подтачка (3) реч: „а” замењује се речима: „б, ц”.`, `a2.p1.t1.t3 <а> = <б, ц>`},
	{"sr", `У члану 5. став 1. речи: „а” замењују се речима: „б”, а речи: „ц” замењују се речима: „д”.`, `a5.p1 <а> = <б>; a5.p1 <ц> = <д>`},
	{"sr", `у члану 18. у ставу 1. речи: „а” замењују се речима: „б”, у ставу 2. речи: „ц” – речима: „д”, а у ст. 3. и 4. речи: „е” – речима: „ф”;`, `a18.p1 <а> = <б>; a18.p2 <ц> = <д>; a18.p3,4 <е> = <ф>`},
	{"sr", `У члану 5. речи: „а” замењују се речима: „б”, а речи: „ц” речима: „д”.`, `a5 <а> = <б>; a5 <ц> = <д>`},
	{"sr", `У члану 340, члану 341. у ставу 1, члану 342. у ставу 2. и члану 345. речи: „а” замењују се речима: „б”.`, `a340 <а> = <б>; a341.p1 <а> = <б>; a342.p2 <а> = <б>; a345 <а> = <б>`},
	{"sr", `У називу члана 14. и у ставу 1. речи: „а” замењују се речима: „б”.`, `a14.h <а> = <б>; a14.p1 <а> = <б>`},
	{"sr", `У члану 34. речи: „а”, на сва три места, замењују се речима: „б”.`, `a34 <а> = <б> three times`},
	{"sr", `У члану 34. речи: „а” на оба места бришу се.`, `a34 - <а> twice`},
	{"sr", `У члану 3. став 1. речи: „а” и „б” бришу се.`, `a3.p1 - <а>; a3.p1 - <б>`},
	{"sr", `У ставу 4. после речи: „а” додаје се запета и речи: „б ц”.`, `a1.p4 after <а> + <, б ц>`},
	{"sr", `У члану 3. став 1. после речи: „а” додаје се запета и реч: „б”, а после речи: „ц” запета и речи: „д” бришу се.`, `a3.p1 after <а> + <, б>; a3.p1 after <ц> - <, д>`},
	{"sr", `У члану 5. став 2. испред речи: „а” додаје се реч: „б”.`, `a5.p2 before <а> + <б>`},
	{"sr", `После речи: „а” уместо тачке ставља се запета и додају се речи: „б”.`, `a1.p1 after <а> <.> = <, б>`},
	{"sr", `На крају тачке 5) тачка се замењује запетом и додају се речи: „осим а”.`, `a1.p1.t5 end <.> = <, осим а>`},
	{"sr", `У члану 5. став 2. тачка 3) тачка на крају замењује се тачком и запетом и додаје се тачка 4), која гласи: „4) а.”`, `a5.p2.t3 end <.> = <;>; a5.p2 + t4 «4) а.»`},
	{"sr", `Члан 6. мења се и гласи:`, `a6 =`},
	{"sr", `У члану 18. став 2. мења се и гласи: „А.”`, `a18.p2 = «А.»`},
	{"sr", `Тачка 11) мења се и гласи: …`, `a1.p1.t11 =`},
	{"sr", `Ст. 2. и 3. мењају се и гласе:`, `a1.p2,3 =`},
	{"sr", `Став 2. члана 5. мења се и гласи:`, `a5.p2 =`},
	{"sr", `После члана 3. додаје се члан 3а, који гласи:`, `a3 after + a3a`},
	{"sr", `После члана 6. додају се чл. 6а и 6б, који гласе:`, `a6 after + a6a,6b`},
	{"sr", `После члана 6. додају се чл. 6а–6г, који гласе:`, `a6 after + a6a,6b,6v,6g`},
	{"sr", `После подтачке (4) додаје се подтачка (5), која гласи:`, `a1.p1.t4 after + t5`},
	{"sr", `После тачке 24) додају се тач. 25) и 26), које гласе:`, `a1.p1.t24 after + t25,26`},
	{"sr", `У члану 5. после става 2. додаје се нови став, који гласи: „А.”`, `a5.p2 after + p3 «А.»`},
	{"sr", `У члану 5. додаје се нови став, који гласи: „А.”`, `a5.p-1 after + p «А.»`},
	{"sr", `Изнад члана 13. додаје се назив члана, који гласи: „А”.`, `a13 before + h «А»`},
	{"sr", `Назив члана 24. мења се и гласи: „А”.`, `a24.h = «А»`},
	{"sr", `Назив изнад члана 24. и члан 24. бришу се.`, `a24 delete heading`},
	{"sr", `Став 7. брише се.`, `a1.p7 delete`},
	{"sr", `Чл. 8, 9. и 12. бришу се.`, `a8,9,12 delete`},
	{"sr", `Чл. 8–12. бришу се.`, `a8-12 delete`},
	{"sr", `Алинеја друга брише се.`, `a1.p1.i2 delete`},
	{"sr", `У ставу 2. друга реченица брише се.`, `a1.p2.s2 delete`},
	{"sr", `У ставу 2. додаје се реченица: „Ово је.”`, `a1.p2 end + s «Ово је.»`},
	{"sr", `У члану 7. у ставу 2. после прве реченице додаје се реченица која гласи: „Ово је.”`, `a7.p2.s1 after + s «Ово је.»`},
	{"sr", `У члану 3. став 1. уводна реченица мења се и гласи: „Ово:”`, `a3.p1.in = «Ово:»`},
	{"sr", `Досадашњи став 8. постаје став 7.`, `a1.p8' → p7`},
	{"sr", `Досадашњи ст. 3. и 4. постају ст. 4. и 5.`, `a1.p3,4' → p4,5`},
	{"sr", `Досадашњи ст. 3–7. постају ст. 4–8.`, `a1.p3-7' → p4-8`},
	{"sr", `Досадашњи став 3, који постаје став 4, мења се и гласи: „А.”`, `a1.p3' = p4 «А.»; a1.p3' → p4`},
	{"sr", `У досадашњем ставу 3, који постаје став 4, реч: „а” брише се.`, `a1.p3' - <а>; a1.p3' → p4`},
	{"sr", `Досадашњи текст члана 5. постаје став 1.`, `a5' wrap`},
	{"sr", `У целом тексту закона речи: „а” замењују се речима: „б” у одговарајућем падежу.`, `<а> = <б> all cascade`},
	{"sr", `Овај закон ступа на снагу осмог дана од дана објављивања.`, `commence`},
	{"sr", `Члана 30. мења се и гласи:`, `NO-PATTERN`},
	{"sr", `У члану 5. речи: „а замењују се речима: „б”.`, `NO-PATTERN`},
	{"sr", `У члану 5. став 1. речи: „а” прецртавају се.`, `UNKNOWN-WORD`},
	{"sr", `У члану 5. и члану 6. у ставу 2. речи: „а” замењују се речима: „б”.`, `NO-PATTERN`},
	{"sr", `Тачка 2. речи: „а” замењују се речима: „б”.`, `NO-PATTERN`},
	{"sr", `Став 2. члан 5. мења се и гласи:`, `NO-PATTERN`},
	{"sr", `У члану 5. став 1. тачка брише се.`, `NO-TARGET`},
	{"hr", `U članku 12. stavku 1. riječi: »a« zamjenjuju se riječima: »b«.`, `a12.p1 <a> = <b>`},
	{"hr", `U Zakonu o udrugama (»Narodne novine«, br. 74/14. i 70/17.) u članku 12. stavku 1. riječi: »a« brišu se.`, `a12.p1 - <a>`},
	{"hr", `Članak 5. mijenja se i glasi:`, `a5 =`},
	{"hr", `U članku 5. stavci 2. i 3. brišu se.`, `a5.p2,3 delete`},
	{"hr", `U članku 5. stavku 2. točka 3. briše se.`, `a5.p2.t3 delete`},
	{"hr", `Iza članka 8. dodaje se članak 8.a koji glasi:`, `a8 after + a8a`},
	{"hr", `Iza članka 8. dodaju se novi članci 8.a do 8.f i naslovi iznad njih koji glase:`, `a8 after + a8a,8b,8c,8d,8e,8f heading`},
	{"hr", `Iza stavka 2. dodaju se novi stavak 3. i stavak 4. koji glase:`, `a1.p2 after + p3,4`},
	{"hr", `Na kraju točke 23. briše se točka i dodaju se točke 24. i 25. koje glase:`, `a1.p1.t23 end - <.>; a1.p1 + t24,25`},
	{"hr", `U točki 4. briše se veznik: »i« na kraju rečenice.`, `a1.p1.t4.s1 end - <i>`},
	{"hr", `Dosadašnji stavak 11., koji postaje stavak 10., mijenja se i glasi:`, `a1.p11' = p10; a1.p11' → p10`},
	{"hr", `U stavku 9. prva rečenica mijenja se i glasi: »A.«`, `a1.p9.s1 = «A.»`},
	{"hr", `Naslov iznad članka 5. i članak 5. mijenjaju se i glase:`, `a5 = heading`},
	{"hr", `Članak 7. i naslov iznad njega brišu se.`, `a7 delete heading`},
	{"hr", `U članku 5. iza riječi: »a« stavlja se zarez i dodaju se riječi: »b«.`, `a5 after <a> + <, b>`},
	{"hr", `U članku 3. stavku 1. podstavku 2. broj: »5« zamjenjuje se brojem: »6«.`, `a3.p1.i2 <5> = <6>`},
	{"hr", `U stavku 1. iza riječi: »a« briše se točka i dodaju se riječi: »b«.`, `a1.p1 after <a> <.> = < b>`},
	{"hr", `U točki 4. alineji 2. riječi: "a b," brišu se.`, `a1.p1.t4.i2 - <a b,>`},
	{"bs", `U članu 6. u stavu 1. tačka b) mijenja se i glasi: "b) a".`, `a6.p1.tb = «b) a»`},
	{"bs", `Iza tačke d) dodaje se nova tačka e) koja glasi: "e) a".`, `a1.p1.td after + te «e) a»`},
	{"bs", `U članu 3. broj "2" zamjenjuje se brojem "1,9658".`, `a3 <2> = <1,9658>`},
	{"bs", `Poslije člana 3. dodaje se član 3a. koji glasi:`, `a3 after + a3a`},
	{"bs", `Članovi 2a i 2b brišu se.`, `a2a,2b delete`},
	{"bs", `Naslov člana i član 325. mijenjaju se i glase: …`, `a325 = heading`},
	{"bs", `U članu 1. u stavu 2. riječi: ''a b'' zamjenjuju se riječima: ''c''.`, `a1.p2 <a b> = <c>`},
	{"bs", `U članu 21. u stavu 2. Zakona o pravima ("Službeni glasnik", br. 124/08), (u daljem tekstu: Zakon), riječi: "a", zamjenjuju se riječima: "b", kao i u cijelom tekstu Zakona u odgovarajućem padežu.`, `a21.p2 <a> = <b> cascade; <a> = <b> all cascade`},
	{"mk", `Во член 88 зборовите „а“ се заменуваат со зборовите „б“.`, `a88 <а> = <б>`},
	{"mk", `Во членот 104 зборот „а“ се брише.`, `a104 - <а>`},
	{"mk", `Членот 258-б се менува и гласи:`, `a258b =`},
	{"mk", `По член 25-а се додава нов член 25-б кој гласи: ...`, `a25a after + a25b`},
	{"mk", `Член 44 се брише.`, `a44 delete`},
	{"mk", `Насловот на член 12 се менува и гласи: „Нов наслов“.`, `a12.h = «Нов наслов»`},
	{"mk", `Во член 5 по ставот 1 се додава нов став 2, кој гласи: „(2) А.“`, `a5.p1 after + p2 «(2) А.»`},
}

func TestPatterns(t *testing.T) {
	for _, c := range patterns {
		in := ReadSentence(c.lang, c.text, "", firstParagraph)
		var got []string
		for _, op := range in.Ops {
			got = append(got, brief(op))
		}
		if in.Refused != nil {
			got = []string{strings.ToUpper(string(in.Refused.Reason))}
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, s, c.want)
		}
	}
}

// brief is an operation in the notation of patterns.
func brief(op amend.Op) string {
	ref := func(steps []lawcite.Step) string {
		var out []string
		for _, s := range steps {
			w := map[lawcite.Unit]string{lawtext.Article: "a", lawtext.Paragraph: "p", lawtext.Point: "t", lawtext.Indent: "i",
				lawcite.Sentence: "s", lawcite.Heading: "h", lawcite.Intro: "in"}[s.Unit]
			for i, n := range s.Numbers {
				if i > 0 {
					w += ","
				}
				if w += n.From; n.To != "" {
					w += "-" + n.To
				}
			}
			out = append(out, w)
		}
		return strings.Join(out, ".")
	}
	s := ref(op.At.Steps)
	if op.Old {
		s += "'"
	}
	if op.Place != "" {
		s += " " + string(op.Place)
	}
	if op.Anchor != "" {
		s += " <" + op.Anchor + ">"
	}
	switch op.Verb {
	case amend.TextReplace:
		s += " <" + op.Text + "> = <" + op.With + ">"
	case amend.TextInsert:
		s += " + <" + op.With + ">"
	case amend.TextDelete:
		s += " - <" + op.Text + ">"
	case amend.Replace, amend.ReplaceBody:
		s += " ="
		if op.Verb == amend.ReplaceBody {
			s += " body"
		}
		if len(op.New.Numbers) > 0 {
			s += " " + ref([]lawcite.Step{op.New})
		}
	case amend.Insert:
		s += " + " + ref([]lawcite.Step{op.New})
	case amend.Renumber:
		s += " → " + ref([]lawcite.Step{op.New})
	default:
		s += " " + string(op.Verb)
	}
	for _, flag := range []struct {
		on   bool
		word string
	}{{op.Heading, "heading"}, {op.All, "all"}, {op.Cascade, "cascade"}, {op.Times == 2, "twice"}, {op.Times == 3, "three times"}} {
		if flag.on {
			s += " " + flag.word
		}
	}
	if op.Payload != "" {
		s += " «" + op.Payload + "»"
	}
	return strings.TrimSpace(s)
}
