package app

import (
	"context"
	"strconv"

	"github.com/asociacija/asociacija/internal/platform/profile"
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
func (h *House) profile() publicweb.Profile {
	p := h.Profile.Now(context.Background())
	founded, _ := strconv.Atoi(p.Founded)
	return publicweb.Profile{Motto: p.Motto, About: p.About, Join: p.Join, Address: p.Address, Founded: founded, Email: p.Email}
}

// demoProfile is what the invented association says of itself.
var demoProfile = profile.Profile{
	Address: "Tesarska 9, 1000 Ljubljana", Place: "Ljubljana", Email: "pisarna@mnk.example", Founded: "2004", Signer: "Ivo Tratar", Office: "predsednik",
	Motto: map[string]string{"sl": "Govorimo za neodvisno kulturo, pravočasno in z dokazi", "en": "We speak for independent culture, in time and with proof"},
	About: map[string]string{
		"sl": "Beremo osnutke predpisov, vprašamo članstvo, napišemo predloge in javno vodimo knjigo o tem, kaj je bilo sprejeto.",
		"en": "We read drafts of acts, ask our members, write proposals, and keep a public book of what was taken up.",
	},
	Join: map[string]string{
		"sl": "Članica lahko postane organizacija, ki na področju kulture deluje vsaj eno leto, in vsak, ki v kulturi dela na svoje.",
		"en": "Any organisation that has worked in culture for a year can join, and everyone who works in culture on their own.",
	},
}
