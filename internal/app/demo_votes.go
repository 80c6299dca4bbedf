package app

import (
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members/ballots"
	"github.com/asociacija/asociacija/internal/platform/auth"
)

// rivals stood for the board of the demo house.
var rivals = []struct{ name, says string }{
	{"Ana Dren", "Plesna zadruga Pesto. Zavzemala se bom za prostore, v katerih se da vaditi tudi pozimi."},
	{"Eva Gaber", "Tretja vrata. V odboru sem bila že en mandat in vem, kako počasi se premika."},
	{"Oton Lipar", "Kritik. Združenje potrebuje nekoga, ki bere zakone do konca."},
	{"Ivo Tratar", "Predsednik v zadnjem mandatu. Kar smo začeli, bi rad končal."},
	{"Lana Kobal", "Na robu. Manjši kraji morajo biti slišani."},
}

// votes tells of an election that is over and of a motion that is being voted on.
func (s *story) votes() {
	zone := s.h.Config.TimeZone
	day := s.ago(62, 9)
	board := s.vote(ballots.Vote{
		Kind: ballots.Election, Secret: true, Title: "Volitve treh članov upravnega odbora", Method: tally.STV, Seats: 3, Quorum: tally.Quorum{First: tally.Presence{Share: tally.Half}},
		Text: "Mandat traja štiri leta. Glasujejo organizacije, vsaka po eni pooblaščeni osebi.", Audience: ballots.Audience{Who: ballots.Organisations},
		Closes: day.AddDays(8).Start(zone).Add(-4 * time.Hour),
	})
	s.ago(58, 11)
	s.cast(board, 41, func(rnd *rand.Rand) []int {
		order := []int{1, 2, 3, 4, 5}
		rnd.Shuffle(5, func(i, j int) { order[i], order[j] = order[j], order[i] })
		return order[:1+rnd.IntN(5)]
	})
	s.ago(54, 20)
	_, err := s.h.Ballots.Close(s.ctx, auth.House, board.ID)
	s.try(err)
	if s.err == nil {
		s.try(s.h.Ballots.Publish(s.ctx, auth.House, board.ID, true))
	}
	day = s.ago(2, 9)
	rules := s.vote(ballots.Vote{
		Kind: ballots.Motion, Title: "Sprememba pravil: dopisne seje upravnega odbora", Majority: tally.TwoThirdsThere, Quorum: tally.Quorum{First: tally.Presence{Share: tally.Share{Num: 1, Den: 3}}},
		Text: "V 14. členu pravil se za drugim odstavkom doda nov odstavek: »Odbor lahko o nujni zadevi odloči na dopisni seji, če temu nihče ne nasprotuje.«", ProxyLimit: 1,
		Audience: ballots.Audience{Who: ballots.Organisations}, Closes: day.AddDays(9).Start(zone).Add(-4 * time.Hour),
	})
	s.ago(1, 15)
	s.cast(rules, 17, func(rnd *rand.Rand) []int { return []int{1 + rnd.IntN(5)/2} })
}

// vote prepares a vote and opens it.
func (s *story) vote(v ballots.Vote) ballots.Vote {
	if s.err != nil {
		return v
	}
	v, err := s.h.Ballots.Prepare(s.ctx, auth.House, v)
	s.try(err)
	for i, r := range rivals {
		if v.Kind == ballots.Election && s.err == nil {
			_, err := s.h.Ballots.Stand(s.ctx, auth.House, ballots.Candidate{Vote: v.ID, Name: r.name, Statement: r.says, Consent: "izjava št. " + strconv.Itoa(i+1)})
			s.try(err)
		}
	}
	if s.err == nil {
		v, err = s.h.Ballots.Open(s.ctx, auth.House, v.ID, true)
		s.try(err)
	}
	return v
}

// cast has the first of the electors vote, as chance has it; never Ana Dren, who is at
// the door and may want to vote herself.
func (s *story) cast(v ballots.Vote, n int, marks func(*rand.Rand) []int) {
	if s.err != nil {
		return
	}
	rnd := rand.New(rand.NewPCG(2026, uint64(n)))
	list, err := s.h.Ballots.Electors(s.ctx, auth.House, v.ID, 0)
	s.try(err)
	for _, e := range list[:min(n, len(list))] {
		if e.Email == demoAccounts[2].Email || s.err != nil {
			continue
		}
		w, given := ballots.Way{By: auth.Actor{Email: e.Email, Roles: auth.Member}, Vote: v.ID, No: e.No}, marks(rnd)
		_, slip, err := s.h.Ballots.Check(s.ctx, w, given)
		if err == nil {
			_, _, err = s.h.Ballots.Cast(s.ctx, w, given, slip)
		}
		s.try(err)
	}
}
