package app

import (
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

var statute31 = "Statut, 31. člen: stališče do predpisa potrdi upravni odbor po posvetovanju s članstvom, ki traja vsaj 14 dni"

func provision(id, title string, w positions.Wanted, text, reasons, budget, people string) positions.Proposal {
	return positions.Proposal{Provision: id, Title: title, Wanted: w, Text: text, Reasons: reasons, Budget: budget, People: people, State: positions.Ready}
}

// nine are the proposals to the first draft.
var nine = []positions.Proposal{
	provision("art_12__para_1", "Dve leti delovanja", positions.Rewrite,
		"(1) Za podporo lahko zaprosi organizacija, ki najmanj dve leti neprekinjeno deluje na področju kulture in program pretežno izvaja v Republiki Sloveniji.",
		"Od ustanovitve do prve prijave mine povprečno 6,2 leta. V tem času preneha delovati vsaka tretja organizacija.", "Brez novih sredstev.", "Okoli 120 ustvarjalk in ustvarjalcev v mlajših organizacijah."),
	provision("art_18__para_1", "Honorar po formuli", positions.Rewrite,
		"(1) Honorar za delo, ki se financira po tem zakonu, ne sme biti nižji od zneska, ki ga urad za statistiko izračuna iz povprečne bruto plače v javnih zavodih na področju kulture.",
		"Znesek brez merila je mogoče vsako leto zamrzniti.", "1,9 milijona evrov na leto pri enakem obsegu programov.", "610 prejemnic in prejemnikov."),
	provision("art_23__para_1", "Prvi obrok v 30 dneh", positions.Rewrite,
		"Ministrstvo prvi obrok sredstev izplača v 30 dneh po podpisu pogodbe.",
		"Članice so lani na prvi obrok čakale 71 dni; ta čas premoščajo s posojili.", "Brez posledic.", "112 pogodb na leto."),
	provision("art_23__para_1", "Zamudne obresti", positions.Insert,
		"Za zamudo prejemniku pripadajo zakonske zamudne obresti.", "Rok brez posledice ni rok.", "Brez posledic, če ministrstvo plača v roku.", ""),
	provision("art_27__para_2", "Polovica komisije", positions.Rewrite,
		"(2) Člane strokovne komisije imenuje minister za dve leti, najmanj polovico na predlog reprezentativnih združenj.",
		"Tretjina predlaganih članov ne more preprečiti odločitve brez razlogov.", "Brez posledic.", "Šest komisij, 18 mest."),
	provision("art_31__para_1", "Bolniško od 11. dne", positions.Rewrite,
		"(1) Nadomestilo za čas bolezni pripada neodvisni ustvarjalki ali ustvarjalcu od 11. dneva zadržanosti od dela.",
		"Mesec dni brez dohodka ne zdrži skoraj nihče.", "Okoli 240.000 evrov na leto.", "Vsako leto okoli 180 ljudi."),
	provision("art_40__para_2", "Sklad za nujne primere", positions.Rewrite,
		"(2) Pomoč ne sme preseči 10.000 eurov na leto.", "Znesek od leta 2022 ni usklajen z rastjo cen.", "Do 100.000 evrov na leto.", ""),
	provision("art_44__para_1", "Večletne pogodbe", positions.Rewrite,
		"(1) Program se sofinancira za najmanj štiri leta.", "Program, ki traja štiri leta, ne more biti plačan za dve.", "Brez novih sredstev.", "41 organizacij."),
	provision("art_51__para_2", "Javna obrazložitev točk", positions.Insert,
		"Obrazložitev točk po merilih se objavi skupaj z izidi razpisa.", "Prijavitelj mora vedeti, zakaj je dobil toliko točk.", "Brez posledic.", ""),
}

// four are those to the second.
var four = []positions.Proposal{
	provision("art_12__para_1", "Dve leti delovanja zadoščata", positions.Rewrite,
		"(1) Za podporo lahko zaprosi organizacija, ki najmanj dve leti neprekinjeno deluje na področju kulture in program pretežno izvaja v Republiki Sloveniji.",
		"Od ustanovitve do prve prijave danes mine povprečno 6,2 leta. V tem času preneha delovati vsaka tretja organizacija, in sicer ne zaradi slabega programa, temveč ker za temeljne stroške ne more zaprositi nikjer.",
		"Brez novih sredstev; krog prijaviteljev se poveča za približno 40 organizacij.", "Okoli 120 ustvarjalk in ustvarjalcev v mlajših organizacijah."),
	provision("art_18__para_1", "Najnižji honorar izračuna urad, ne minister", positions.Rewrite,
		"(1) Honorar za delo, ki se financira po tem zakonu, ne sme biti nižji od zneska, ki ga urad za statistiko izračuna iz povprečne bruto plače v javnih zavodih na področju kulture za primerljivo delo, povečane za prispevke delodajalca.",
		"Znesek, ki ga objavi ministrstvo brez merila, je mogoče vsako leto zamrzniti. Formula to prepreči in obe strani veže na isti javni podatek.",
		"1,9 milijona evrov na leto pri enakem obsegu programov ali 7 odstotkov manj podprtih ur pri enakem proračunu.", "610 prejemnic in prejemnikov, katerih honorar je danes pod izračunanim zneskom."),
	provision("art_27__para_2", "Polovica komisije na predlog združenj", positions.Rewrite,
		"(2) Člane strokovne komisije imenuje minister za dve leti, najmanj polovico na predlog reprezentativnih združenj. Predlagane osebe lahko zavrne le s pisno obrazložitvijo.",
		"Tretjina predlaganih članov ne more preprečiti odločitve brez razlogov. Polovica zahteva dogovor, obrazložitev pa ga naredi preverljivega.", "Brez posledic.", "Šest komisij, 18 mest namesto 12."),
	provision("art_36a__para_1", "Seznam brez posledice ostane prazen", positions.Insert,
		"Če samoupravna lokalna skupnost seznama ne objavi, lahko prostor iz evidence javnih nepremičnin predlaga vsaka organizacija iz 12. člena; o predlogu mora biti odločeno v 60 dneh.",
		"Podobno dolžnost je že imel pravilnik o upravljanju nepremičnin; seznam je v štirih letih objavilo 9 od 212 občin.", "Brez posledic za državo.", "V mestih z več kot 10.000 prebivalci je brez vadbenega prostora 74 skupin."),
}

// propose writes the proposals into the case, against the version.
func (s *story) propose(version law.VersionID, list []positions.Proposal, support positions.Crowd) {
	for i, p := range list {
		if s.err != nil {
			return
		}
		p.Case, p.Version, p.For = s.zpnk, version, support
		p.For.Orgs -= i % 4
		if i%3 == 0 {
			p.Evidence = []positions.Evidence{{Label: "Anketa med članstvom 2026", Version: "2"}}
		}
		_, err := s.h.Positions.Create(s.ctx, s.neza, p)
		s.try(err)
	}
}

// hold decides on a position and freezes it.
func (s *story) hold(title, lead string, m positions.Mandate) positions.Position {
	p, err := s.h.Positions.Begin(s.ctx, s.neza, positions.Position{Case: s.zpnk, Title: title, Lead: lead, Public: true})
	s.try(err)
	for _, step := range []func() error{
		func() (err error) { p, err = s.h.Positions.SetMandate(s.ctx, s.neza, p.ID, p.Revision, m); return err },
		func() (err error) { p, err = s.h.Positions.Approve(s.ctx, s.ivo, p.ID, p.Revision); return err },
		func() (err error) { p, err = s.h.Positions.Freeze(s.ctx, s.neza, p.ID, p.Revision); return err },
	} {
		if s.err == nil {
			s.try(step())
		}
	}
	return p
}

// firstPosition answers the first draft with nine proposals, and hears back.
func (s *story) firstPosition(inForce law.VersionID, published civil.Date) {
	s.ago(240, 11)
	s.propose(inForce, nine, positions.Crowd{Orgs: 41, Persons: 72})
	decided := s.ago(231, 18)
	p := s.hold("Prvi osnutek ZPNK-A: devet predlogov", "Novelo podpiramo. Predlagamo devet sprememb, ki jih je mogoče izpolniti brez novih sredstev ali z malo.",
		positions.Mandate{Body: positions.Board, On: decided, Person: "Ivo Tratar", Meeting: "5. redna seja", Rule: statute31, For: 7, Abstained: 0})
	sent := s.ago(228, 9)
	if s.err != nil {
		return
	}
	d, err := s.h.Outcomes.Prepare(s.ctx, s.neza, outcomes.Delivery{
		Case: s.zpnk, Position: p.ID, Version: p.Version, Body: "ministry_culture", To: ministry, Address: "gp.muu@gov.example", Channel: outcomes.Mail, DueOn: sent.AddDays(30),
		Papers: []outcomes.Paper{{Kind: "letter", Lang: "sl", Format: "pdf"}},
	})
	s.try(err)
	if s.err != nil {
		return
	}
	_, err = s.h.Outcomes.Send(s.ctx, s.neza, d.ID, sent)
	s.try(err)
	answered := s.ago(152, 10)
	if s.err == nil {
		_, err = s.h.Outcomes.Log(s.ctx, s.neza, outcomes.Answer{
			Case: s.zpnk, Delivery: d.ID, From: ministry, On: answered, Channel: outcomes.Mail, Tenor: outcomes.Replied,
			Summary: "Ministrstvo bo v drugem osnutku upoštevalo krajši rok izplačila in zgodnejše nadomestilo. Za sklad ni proračunske podlage, večletne pogodbe presegajo namen novele.",
		})
		s.try(err)
	}
}

// judge judges the nine proposals on the second draft: what is clear as the program
// suggests it, the rest by hand, as a person would.
func (s *story) judge(version law.VersionID) {
	s.ago(17, 11)
	if s.err != nil {
		return
	}
	list, err := s.h.Outcomes.Suggest(s.ctx, s.neza, s.zpnk, version)
	s.try(err)
	for _, one := range list {
		if s.err != nil {
			return
		}
		j := outcomes.Judgement{Case: s.zpnk, Proposal: one.Proposal, Version: version, Verdict: one.Suggested, Passage: one.Passage}
		switch one.Title {
		case "Sklad za nujne primere":
			j.Verdict, j.Note = voice.Not, "Člen ni spremenjen; odgovor: za sklad ni proračunske podlage."
		case "Večletne pogodbe":
			j.Verdict, j.Note = voice.Not, "Člen ni spremenjen; odgovor: presega namen novele."
		case "Javna obrazložitev točk":
			_, err := s.h.Outcomes.JudgeSilence(s.ctx, s.neza, s.zpnk, version, "Osnutek in odgovor predloga ne omenjata.", one.Proposal)
			s.try(err)
			continue
		}
		if j.Verdict == "" {
			j.Verdict, j.Note = voice.Not, "Besedila ni."
		}
		_, err := s.h.Outcomes.Judge(s.ctx, s.neza, j)
		s.try(err)
	}
}
