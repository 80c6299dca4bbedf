package outcomes

import (
	"context"
	"embed"
	"io"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/asociacija/asociacija/country"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

//go:embed sql
var files embed.FS

// Steps are the tables of this room.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "outcomes", FS: sub}
}

// Parts are what the desk works with. Each may be left out: without a corpus no
// text is judged on, without files none are kept, without an index nothing is
// found by search.
type Parts struct {
	Corpus *corpus.Desk
	Files  blob.Store
	Search *search.Index
	Zone   *time.Location // of the house; UTC if nil
}

// A Desk is where deliveries, answers and judgements are kept.
type Desk struct {
	db        *store.DB
	cases     *cases.Desk
	positions *positions.Desk
	parts     Parts
	judge     *judge
	public    struct {
		sync.Mutex
		until time.Time
		on    civil.Date
		rows  []Row
	}
}

// New opens the desk on a database.
func New(db *store.DB, c *cases.Desk, p *positions.Desk, parts Parts) *Desk {
	if parts.Zone == nil {
		parts.Zone = time.UTC
	}
	return &Desk{db: db, cases: c, positions: p, parts: parts, judge: newJudge()}
}

func (d *Desk) today(tx *store.Tx) civil.Date { return civil.Of(tx.Now, d.parts.Zone) }

// Clocks are the clocks of the country by which an answer of an authority may be
// expected, the one that suits it first. The rule for letters to the government
// binds ministries on its behalf; the one for letters to authorities binds
// administrations, of the state and of municipalities, and neither the Assembly
// nor anyone who is no authority.
func Clocks(pack country.Pack, body string) []procedure.Clock {
	var list []procedure.Clock
	for _, c := range pack.Answers {
		if c.Stops == "letter_answered" {
			list = append(list, c)
		}
	}
	first := "own_letter"
	i := slices.IndexFunc(pack.Authorities, func(a country.Authority) bool { return a.Key == body })
	switch {
	case body == "government":
		first = "government_letter"
	case strings.HasPrefix(body, "ministr"), i >= 0 && pack.Authorities[i].Level == "local":
		first = "authority_letter"
	}
	slices.SortStableFunc(list, func(a, b procedure.Clock) int { return store.Bit(b.Key == first) - store.Bit(a.Key == first) })
	return list
}

// Keep keeps a file that somebody hands in, of at most MaxFile bytes, before it is
// joined to a delivery or an answer.
func (d *Desk) Keep(ctx context.Context, by auth.Actor, name string, r io.Reader) (File, error) {
	if err := by.Must(voice.Work); err != nil {
		return File{}, err
	}
	if d.parts.Files == nil {
		return File{}, fault.New(fault.Busy, "outcomes.files.none")
	}
	ref, err := d.parts.Files.Put(ctx, r, MaxFile)
	if err != nil {
		return File{}, err
	}
	if ref.Size == 0 {
		return File{}, fault.In("file", "outcomes.file.empty")
	}
	return File{Blob: ref.Hash, Name: name, Size: ref.Size, On: civil.Of(d.db.Now(), d.parts.Zone)}, nil
}

func (d *Desk) open(ctx context.Context, hash string) (io.ReadSeekCloser, error) {
	if d.parts.Files == nil || hash == "" {
		return nil, fault.New(fault.Missing, "outcomes.file.missing")
	}
	return d.parts.Files.Open(ctx, hash)
}

// write runs one deed of those who may work on cases.
func write[T any](ctx context.Context, d *Desk, by auth.Actor, f func(*store.Tx) (T, error)) (T, error) {
	if err := by.Must(voice.Work); err != nil {
		var none T
		return none, err
	}
	return store.Write(ctx, d.db, f)
}
