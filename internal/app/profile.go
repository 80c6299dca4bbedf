package app

import (
	"context"
	"strconv"

	"github.com/asociacija/asociacija/internal/members/proof"
	"github.com/asociacija/asociacija/internal/platform/profile"
	"github.com/asociacija/asociacija/internal/voice/positions"
	"github.com/asociacija/asociacija/internal/voice/publicweb"
)

// address is the line under every page: name and address of the association.
func (h *House) address(ctx context.Context) string {
	if a := h.Profile.Now(ctx).Address; a != "" {
		return h.Config.Name + ", " + a
	}
	return h.Config.Name
}

// profile is what the public page says of the association.
func (h *House) profile(ctx context.Context) publicweb.Profile {
	p := h.Profile.Now(ctx)
	founded, _ := strconv.Atoi(p.Founded)
	return publicweb.Profile{Motto: p.Motto, About: p.About, Join: p.Join, Address: p.Address, Founded: founded, Email: p.Email}
}

// sender is the association as its letters have it.
func (h *House) sender() positions.Sender {
	p := h.Profile.Now(context.Background())
	return positions.Sender{Name: h.Config.Name, URL: h.Config.URL, Address: p.Address, Place: p.Place, Signer: p.Signer, Office: p.Office}
}

// issuer is the association as its extracts have it.
func (h *House) issuer(ctx context.Context) proof.Issuer {
	p := h.Profile.Now(ctx)
	return proof.Issuer{Name: h.Config.Name, Address: p.Address, Place: p.Place, Signer: p.Signer, Office: p.Office}
}

// demoProfile is what the invented association says of itself.
var demoProfile = profile.Profile{
	Address: "Tesarska 9, 1000 Ljubljana", Place: "Ljubljana", Email: "pisarna@mnk.example", Founded: "2004", Signer: "Ivo Tratar", Office: "predsednik",
	IBAN: "SI56051008010486080", Bank: "Abanka", Tax: "12345678",
	Motto: map[string]string{"sl": "Govorimo za neodvisno kulturo, pravočasno in z dokazi", "en": "We speak for independent culture, in time and with proof"},
	About: map[string]string{
		"sl": "Mrežo vodi upravni odbor, ki ga za dve leti izvoli občni zbor. Stališče do predpisa potrdi upravni odbor po posvetovanju s članstvom, ki traja vsaj štirinajst dni.\n\nVsako stališče je zamrznjeno, oštevilčeno in javno; ob vsakem predlogu piše, kdo stoji za njim in kdo mu nasprotuje.",
		"en": "The network is led by a board that the assembly elects for two years. The board approves a position on an act after the members have been asked for at least fourteen days.\n\nEvery position is frozen, numbered and public; beside each proposal stands who is behind it and who objects.",
	},
	Join: map[string]string{
		"sl": "Članica lahko postane organizacija, ki na področju kulture deluje vsaj eno leto, in vsak, ki v kulturi dela na svoje.",
		"en": "Any organisation that has worked in culture for a year can join, and everyone who works in culture on their own.",
	},
}
