package country

import (
	"encoding/json"
	"fmt"
	"io/fs"

	"github.com/asociacija/asociacija/engine/procedure"
)

// Read reads a pack from these files and checks it: pack.json (the Pack itself),
// holidays.json (a list of Holiday), consultation.json (a procedure.Rule),
// representation.json (a Representation) and procedures/*.json (one
// procedure.Procedure each). A key that nothing reads is an error, for it is a slip
// of the pen.
func Read(fsys fs.FS) (Pack, error) {
	var p Pack
	if err := decode(fsys, "pack.json", &p); err != nil {
		return Pack{}, err
	}
	if err := decode(fsys, "holidays.json", &p.Holidays); err != nil {
		return Pack{}, err
	}
	if err := decode(fsys, "consultation.json", &p.Consultation); err != nil {
		return Pack{}, err
	}
	if err := decode(fsys, "representation.json", &p.Representation); err != nil {
		return Pack{}, err
	}
	names, err := fs.Glob(fsys, "procedures/*.json")
	if err != nil {
		return Pack{}, fmt.Errorf("country: list procedures: %w", err)
	}
	for _, name := range names {
		var made procedure.Procedure
		if err := decode(fsys, name, &made); err != nil {
			return Pack{}, err
		}
		p.Procedures = append(p.Procedures, made)
	}
	return p, p.Check()
}

func decode(fsys fs.FS, name string, into any) error {
	f, err := fsys.Open(name)
	if err != nil {
		return fmt.Errorf("country: open: %w", err)
	}
	defer f.Close()
	d := json.NewDecoder(f)
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("country: read %s: %w", name, err)
	}
	return nil
}
