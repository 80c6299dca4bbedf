package app

import (
	"fmt"
	"math/rand/v2"
	"regexp"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/consult"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// firstDraft is how the amendment of the act began: announced, put out, answered.
func (s *story) firstDraft() {
	opened := s.ago(309, 8)
	c := s.open(cases.Case{
		Title: "Novela Zakona o podpori neodvisni kulturi", Short: "ZPNK-A", Kind: procedure.Law, Proposer: ministry, Body: "ministry_culture",
		EVA: "2026-3355-0007", Act: "zpnk", Opened: opened, Public: true,
		Lead: "Ministrstvo želi spremeniti sedem členov ZPNK. Organizacije bi se lahko prijavile že po treh letih, prvi obrok bi prišel v 30 dneh, honorarji bi dobili najnižji znesek.",
	}, event("programme_entered", opened))
	s.zpnk = c.ID
	published := s.ago(259, 9)
	first := s.add(corpus.Given{Act: "zpnk", Stage: corpus.Amending, Label: "1. osnutek novele", On: published, Open: true, Text: s.text("zpnk-a-1.txt")})
	s.join(cases.Text{Version: first, Role: cases.Draft, Label: "1. osnutek novele", On: published})
	s.join(cases.Text{Version: s.inForce, Role: cases.InForce, Label: "NPB 1", On: civil.On(2024, 1, 1)})
	s.happened(event("draft_published", published), event("consultation_closes", published.AddDays(33)))
	s.firstPosition(s.inForce, published)
}

func (s *story) join(t cases.Text) {
	if s.err == nil {
		t.Case = s.zpnk
		s.try(s.h.Cases.AddText(s.ctx, s.neza, t))
	}
}

func (s *story) happened(events ...cases.Event) {
	for _, e := range events {
		if s.err != nil {
			return
		}
		e.Case = s.zpnk
		_, err := s.h.Cases.AddEvent(s.ctx, s.neza, e)
		s.try(err)
	}
}

// secondDraft is where the house stands today: the second draft is out, members are
// answering.
func (s *story) secondDraft() {
	published := s.ago(19, 9)
	amending := s.add(corpus.Given{Act: "zpnk", Stage: corpus.Amending, Label: "2. osnutek novele", On: published, Open: true, Text: s.text("zpnk-a-2.txt")})
	s.join(cases.Text{Version: amending, Role: cases.Draft, Label: "2. osnutek novele", On: published})
	whole := s.add(corpus.Given{Act: "zpnk", Stage: corpus.Draft, Label: "2. osnutek, kot bi se bral", On: published, Open: true, Text: s.text("zpnk-after.txt")})
	s.join(cases.Text{Version: whole, Role: cases.Draft, Label: "2. osnutek, kot bi se bral", On: published})
	s.happened(event("draft_published", published), event("consultation_closes", s.today.AddDays(13)))
	s.judge(whole)
	s.consult(whole)
	s.secondPosition(whole)
}

// secondPosition is in the making: the board decides in some days.
func (s *story) secondPosition(version law.VersionID) {
	s.ago(2, 15)
	if s.err != nil {
		return
	}
	_, err := s.h.Positions.Begin(s.ctx, s.neza, positions.Position{
		Case: s.zpnk, Title: "Stališče do drugega osnutka novele Zakona o podpori neodvisni kulturi", Public: true,
		Lead:      "Osnutek podpiramo, če določi, kdo izračuna najnižji honorar. Predlagamo štiri spremembe.",
		ApproveBy: s.today.AddDays(10), DeliverBy: s.today.AddDays(13),
	})
	s.try(err)
	s.propose(version, four, positions.Crowd{Orgs: 46, Persons: 61})
}

// asked is what members are asked about the second draft.
var asked = []consult.Asked{
	{Provision: "art_4__para_1__point_3", Title: "Kdo je neodvisen", Explain: "Kdor je zaposlen za največ polovico delovnega časa, bi še štel za neodvisnega."},
	{Provision: "art_12__para_1", Title: "Tri leta delovanja namesto petih", Explain: "Prijavili bi se lahko po treh letih delovanja, ne glede na sedež, če program pretežno izvajate v Sloveniji."},
	{Provision: "art_18__para_1", Title: "Najnižji honorar"},
	{Provision: "art_23", Title: "Prvi obrok v 30 dneh", Explain: "Danes po podpisu čakate do 90 dni. Osnutek pravi 30, za zamudo pa obresti."},
	{Provision: "art_27__para_2", Title: "Kdo sedi v strokovnih komisijah"},
	{Provision: "art_31__para_1", Title: "Bolniško nadomestilo od 11. dne"},
	{Provision: "art_36a", Title: "Seznam praznih javnih prostorov"},
}

func (s *story) consult(version law.VersionID) {
	opens := s.ago(15, 10)
	if s.err != nil {
		return
	}
	// Provisions are found in the text by what they are called there.
	list := make([]consult.Asked, len(asked))
	for i, a := range asked {
		found, err := s.h.Law.Provisions(s.ctx, s.neza, version, a.Provision)
		if err != nil || len(found) != 1 {
			s.try(fmt.Errorf("provision %s: %d, %w", a.Provision, len(found), err))
			return
		}
		list[i] = a
	}
	c, err := s.h.Consult.Prepare(s.ctx, s.neza, consult.Consultation{
		Case: s.zpnk, Version: version, Title: "Novela Zakona o podpori neodvisni kulturi", Opens: opens, Closes: s.today.AddDays(7), Public: true,
		Lead:     "Ministrstvo želi spremeniti sedem členov ZPNK. Organizacije bi se lahko prijavile že po treh letih, prvi obrok bi prišel v 30 dneh, honorarji bi dobili najnižji znesek. Mreža odgovarja za vse nas; kako, odločite tukaj.",
		Audience: consult.Audience{Who: consult.All}, Remind: []int{5, 1}, Asked: list,
	})
	s.try(err)
	if s.err != nil {
		return
	}
	_, err = s.h.Consult.Open(s.ctx, s.neza, c.ID)
	s.try(err)
	if s.err == nil {
		s.try(s.h.Jobs.Drain(s.ctx))
	}
	s.answers(c.ID)
}

// stances is what people say to each of the provisions, likelier ones more often.
var stances = [][]voice.Stance{
	{voice.Support, voice.Support, voice.Support, voice.Ask},
	{voice.Support, voice.Rewrite, voice.Rewrite, voice.Rewrite, voice.Object},
	{voice.Rewrite, voice.Rewrite, voice.Rewrite, voice.Ask},
	{voice.Support},
	{voice.Rewrite, voice.Rewrite, voice.Support, voice.Object},
	{voice.Support, voice.Support, voice.Ask},
	{voice.Support, voice.Rewrite, voice.Rewrite},
}

var wordings = map[int][]string{
	1: {"(1) Za podporo lahko zaprosi organizacija, ki najmanj dve leti neprekinjeno deluje na področju kulture in program pretežno izvaja v Republiki Sloveniji."},
	2: {"znesek se vsako leto uskladi z rastjo povprečne plače", "(1) Honorar za delo, ki se financira po tem zakonu, ne sme biti nižji od zneska, ki ga urad za statistiko izračuna iz povprečne bruto plače v javnih zavodih na področju kulture."},
	4: {"(2) Člane strokovne komisije imenuje minister za dve leti, najmanj polovico na predlog reprezentativnih združenj."},
	6: {"Če občina seznama ne objavi, lahko prostor predlaga vsaka organizacija iz 12. člena."},
}

var whys = map[voice.Stance][]string{
	voice.Support: {"", "", "Tako je prav.", "To predlagamo že leta."},
	voice.Object:  {"Mlade organizacije bi odrezalo od edinega vira.", "Odloča naj stroka."},
	voice.Rewrite: {"", "Brez merila je znesek mogoče vsako leto zamrzniti.", "Dve leti zadoščata, da se vidi, kdo dela."},
	voice.Ask:     {"Ali to velja tudi za začasno zaposlene?", "Od kdaj se šteje rok?"},
}

var tokens = regexp.MustCompile(`/a/([A-Za-z0-9_-]{20,})`)

// answers has some of the members answer from their letters: 34 organisations and 61
// persons, in the days since they were asked.
func (s *story) answers(id voice.ConsultationID) {
	if s.err != nil {
		return
	}
	letters, err := s.h.Mail.Ledger(s.ctx, auth.House, consult.Subject(id))
	s.try(err)
	rnd := rand.New(rand.NewPCG(20, 17))
	// The organisation and the freelancer at the door have not answered yet.
	orgs, persons := 34, 61
	for _, l := range letters {
		if s.err != nil || l.Kind != mail.Invite || l.To == "ana.dren@pesto.example" || l.To == "jana.vrabic@posta.example" {
			continue
		}
		left := &persons
		if person := regexp.MustCompile(`@posta\.example$|@mnk\.example$`).MatchString(l.To); !person {
			left = &orgs
		}
		if *left == 0 {
			continue
		}
		*left--
		whole, err := s.h.Mail.Get(s.ctx, auth.House, l.ID)
		s.try(err)
		if found := tokens.FindStringSubmatch(whole.Text); found != nil && s.err == nil {
			s.answer(rnd, consult.Way{Token: found[1]})
		}
	}
}

func (s *story) answer(rnd *rand.Rand, w consult.Way) {
	s.ago(1+rnd.IntN(14), 8+rnd.IntN(14))
	in := consult.Saving{Page: "demo", Public: rnd.IntN(3) > 0}
	for i, a := range asked {
		if rnd.IntN(7) == 0 {
			continue
		}
		said := consult.Said{Stance: stances[i][rnd.IntN(len(stances[i]))]}
		why := whys[said.Stance]
		said.Text = why[rnd.IntN(len(why))]
		if own := wordings[i]; said.Stance == voice.Rewrite && len(own) > 0 {
			said.Wording = own[rnd.IntN(len(own))]
		}
		in.Given = append(in.Given, consult.Given{Provision: a.Provision, Said: said})
	}
	if len(in.Given) > 0 {
		_, err := s.h.Consult.Send(s.ctx, w, in)
		s.try(err)
	}
}
