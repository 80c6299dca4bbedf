package app

import "github.com/asociacija/asociacija/internal/voice/publicweb"

// profile is what the public page says of the association.
func (h *House) profile() publicweb.Profile {
	if !h.Config.Demo {
		return publicweb.Profile{}
	}
	return publicweb.Profile{
		Motto:   publicweb.Said{"sl": "Govorimo za neodvisno kulturo, pravočasno in z dokazi", "en": "We speak for independent culture, in time and with proof"},
		About:   publicweb.Said{"sl": "Beremo osnutke predpisov, vprašamo članstvo, napišemo predloge in javno vodimo knjigo o tem, kaj je bilo sprejeto.", "en": "We read drafts of acts, ask our members, write proposals, and keep a public book of what was taken up."},
		Join:    publicweb.Said{"sl": "Članica lahko postane organizacija, ki na področju kulture deluje vsaj eno leto, in vsak, ki v kulturi dela na svoje.", "en": "Any organisation that has worked in culture for a year can join, and everyone who works in culture on their own."},
		Address: "Tesarska 9, 1000 Ljubljana", Founded: 2004, Email: "pisarna@mnk.example",
	}
}
