package own

import (
	"archive/zip"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// mostExport is the most that a file of all that is held may weigh.
const mostExport = 512 << 20

// Export has the file of all that is held about a member made by a job. It is there
// for seven days, for whoever asked for it.
func (d *Desk) Export(ctx context.Context, by auth.Actor, id members.ID) (Export, error) {
	return store.Write(ctx, d.db, func(tx *store.Tx) (Export, error) {
		e := Export{ID: tx.ID(), Member: id, User: by.User, Made: tx.Now, Until: tx.Now.AddDate(0, 0, exportDays)}
		if _, err := d.mayIn(ctx, tx, by, id); err != nil {
			return e, err
		}
		var n int
		err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM own_exports WHERE member = $1 AND made > $2`, id, store.Time(tx.Now.AddDate(0, 0, -1))).Scan(&n)
		switch {
		case err != nil:
			return e, failed("exports", err)
		case n >= mostExports:
			return e, fault.New(fault.Busy, "own.export.many")
		}
		if err := putExport(ctx, tx, e); err != nil {
			return e, err
		}
		if _, err := d.Jobs.Add(ctx, tx, jobs.Job{Kind: exportKind, Args: e.ID, Unique: exportKind + "/" + e.ID, By: by.User, Title: exportKind}); err != nil {
			return e, err
		}
		return e, audit.Note(ctx, tx, by, "own.export", members.Subject(id))
	})
}

// ExportOf reads an export that the actor has asked for.
func (d *Desk) ExportOf(ctx context.Context, by auth.Actor, id members.ID, export string) (Export, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (Export, error) {
		if _, err := d.mayIn(ctx, tx, by, id); err != nil {
			return Export{}, err
		}
		e, err := getExport(ctx, tx, export)
		if err == nil && (e.Member != id || e.User != by.User) {
			err = fault.New(fault.Missing, "own.export.gone")
		}
		return e, err
	})
}

// OpenExport opens the file of an export that is ready.
func (d *Desk) OpenExport(ctx context.Context, by auth.Actor, id members.ID, export string) (io.ReadSeekCloser, error) {
	e, err := d.ExportOf(ctx, by, id, export)
	if err != nil {
		return nil, err
	}
	if !e.Ready {
		return nil, fault.New(fault.Missing, "own.export.gone")
	}
	return d.Files.Open(ctx, e.File)
}

// makeExport writes the file, keeps it, and tells the member.
func (d *Desk) makeExport(ctx context.Context, r jobs.Run) error {
	var e Export
	all, err := store.Read(ctx, d.db, func(tx *store.Tx) (b *bundle, err error) {
		if e, err = getExport(ctx, tx, r.Text()); err != nil {
			return nil, err
		}
		return d.gather(ctx, tx, e.Member)
	})
	if fault.Is(err, fault.Missing) {
		return jobs.Stop(err)
	}
	if err != nil {
		return err
	}
	ref, err := d.stream(ctx, func(w io.Writer) error {
		return d.write(ctx, w, all, func(n int) { r.Progress(n, len(all.files), "own.step.files") })
	})
	if err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		e.Ready, e.File, e.Size, e.Until = true, ref.Hash, ref.Size, tx.Now.AddDate(0, 0, exportDays)
		if err := putExport(ctx, tx, e); err != nil {
			return err
		}
		return d.tellExport(ctx, tx, e)
	})
}

// stream keeps a file while it is written, for it may be larger than what fits in
// memory. Both ends see what became of the other.
func (d *Desk) stream(ctx context.Context, write func(io.Writer) error) (blob.Ref, error) {
	type kept struct {
		ref blob.Ref
		err error
	}
	out, in := io.Pipe()
	defer in.CloseWithError(io.ErrUnexpectedEOF)
	done := make(chan kept, 1)
	go func() {
		ref, err := d.Files.Put(ctx, out, mostExport)
		out.CloseWithError(err)
		done <- kept{ref, err}
	}()
	err := write(in)
	in.CloseWithError(err)
	k := <-done
	return k.ref, cmp.Or(k.err, err)
}

func (d *Desk) tellExport(ctx context.Context, tx *store.Tx, e Export) error {
	who, err := d.Members.AnswerersIn(ctx, tx, auth.House, e.Member)
	if err != nil || len(who) == 0 {
		return err
	}
	p := d.house.In(who[0].Lang)
	_, err = d.Mail.Post(ctx, tx, mail.Letter{
		To: who[0].Email, ToName: members.Called(who[0].PersonName), Lang: p.Lang, Kind: mail.Receipt, About: members.Subject(e.Member),
		Subject: p.T("own.letter.export.subject", "house", d.house.Name), Text: p.T("own.letter.export") + "\n\n" + d.house.URL + "/my/" + string(e.Member) + "/export/" + e.ID,
	})
	return unsendable(err)
}

// A bundle is all that is held about a member, before it is written.
type bundle struct {
	of    string // the member, as they are spoken of
	lang  string
	made  time.Time
	parts []tellPart
	files []members.HeldFile
}

// A tellPart is what one of those who keep something tells: a file of JSON.
type tellPart struct {
	name string
	json []byte
}

// A Mention is a place outside one's own records at which one is named.
type Mention struct {
	Place    string   `json:"place"`
	Passages []string `json:"passages"`
}

// first are the parts that the index begins with; the others follow by name.
var first = []string{"about", "register", "standing", "categories", "registrations", "details", "tags", "agents", "acts_for", "own", "dues", "applications", "bodies", "meetings", "votes", "consultations"}

// gather reads all that is held: what the rooms tell, the account, the letters, where
// else one is named, and the papers.
func (d *Desk) gather(ctx context.Context, tx *store.Tx, id members.ID) (*bundle, error) {
	m, err := d.Members.MemberIn(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	all, err := d.Members.TellIn(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	b := &bundle{of: members.Called(m.Name), lang: d.house.In(m.Lang).Lang, made: tx.Now}
	if b.files, err = d.Members.FilesIn(ctx, tx, id); err != nil {
		return nil, err
	}
	if m.Kind == members.Person {
		if err := d.gatherPerson(ctx, tx, m, all, b); err != nil {
			return nil, err
		}
	}
	// The ID is random, so that no two files are the same and one can be dropped.
	all["about"] = map[string]string{"house": d.house.Name, "member": string(id), "made": store.Time(tx.Now), "id": tx.ID()}
	for _, name := range slices.SortedFunc(maps.Keys(all), byRank) {
		raw, err := json.MarshalIndent(all[name], "", "\t")
		if err != nil {
			return nil, fmt.Errorf("own: export %s: %w", name, err)
		}
		if s := string(raw); s != "null" && s != "[]" && s != "{}" {
			b.parts = append(b.parts, tellPart{name, raw})
		}
	}
	return b, nil
}

func byRank(a, b string) int {
	rank := func(s string) int {
		if i := slices.Index(first, s); i >= 0 {
			return i
		}
		return len(first)
	}
	return cmp.Or(rank(a)-rank(b), strings.Compare(a, b))
}

// gatherPerson adds what only a person has.
func (d *Desk) gatherPerson(ctx context.Context, tx *store.Tx, m members.Member, all map[string]any, b *bundle) (err error) {
	if m.Email != "" {
		if all["account"], err = d.Accounts.TellIn(ctx, tx, m.Email); err != nil {
			return err
		}
		if all["letters"], err = mail.To(ctx, tx, m.Email); err != nil {
			return err
		}
		user, err := d.Accounts.UserIn(ctx, tx, m.Email)
		if err != nil {
			return err
		}
		if d.Uploads != nil && user != "" {
			papers, err := d.Uploads(ctx, tx, user)
			if err != nil {
				return err
			}
			b.files = append(b.files, papers...)
		}
	}
	p := d.house.In(m.Lang)
	var list []Mention
	err = tx.Finds(ctx, words(m), func(f store.Find, texts map[string]string) error {
		place := d.place(f.Table)
		if place.Holds != Writing || len(list) == mostMentions {
			return nil
		}
		one := Mention{Place: p.T(place.Key())}
		for _, s := range passages(f, texts) {
			one.Passages = append(one.Passages, s.Before+s.Name+s.After)
		}
		list = append(list, one)
		return nil
	})
	all["elsewhere"] = list
	return err
}

// mostMentions bounds the places at which one is named.
const mostMentions = 10_000

// write writes the file: the index, the records, the papers.
func (d *Desk) write(ctx context.Context, w io.Writer, b *bundle, step func(int)) error {
	z := zip.NewWriter(w)
	names := fileNames(b.files)
	create := func(name string) (io.Writer, error) {
		return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: b.made})
	}
	out, err := create("index.html")
	if err == nil {
		err = d.writeIndex(out, b, names)
	}
	if err != nil {
		return failed("export", err)
	}
	for _, part := range b.parts {
		if out, err = create(part.name + ".json"); err == nil {
			_, err = out.Write(part.json)
		}
		if err != nil {
			return failed("export", err)
		}
	}
	for i, f := range b.files {
		step(i)
		if out, err = create("files/" + names[i]); err == nil {
			err = d.copyFile(ctx, out, f)
		}
		if err != nil {
			return failed("export "+names[i], err)
		}
	}
	return failed("export", z.Close())
}

func (d *Desk) copyFile(ctx context.Context, w io.Writer, f members.HeldFile) error {
	if f.Print != nil {
		return f.Print(w)
	}
	in, err := d.Files.Open(ctx, f.Hash)
	if fault.Is(err, fault.Missing) {
		return nil // taken out meanwhile; the empty file says that there was one
	}
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = io.Copy(w, in)
	return err
}

// fileNames are the names of the papers in the file: safe everywhere, no two the same.
func fileNames(list []members.HeldFile) (names []string) {
	for _, f := range list {
		name := strings.Map(func(r rune) rune {
			if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
				return '-'
			}
			return r
		}, path.Base(f.Name))
		if strings.Trim(name, ".- ") == "" {
			name = "file"
		}
		for stem, n := name, 2; slices.Contains(names, name); n++ {
			name = fmt.Sprintf("%d-%s", n, stem)
		}
		names = append(names, name)
	}
	return names
}

// sweep forgets exports that have run out, with their files.
func (d *Desk) sweep(ctx context.Context, _ jobs.Run) error { return d.dropExports(ctx, "") }

// dropExports takes out the exports of a member, or all that have run out.
func (d *Desk) dropExports(ctx context.Context, id members.ID) error {
	list, err := store.Write(ctx, d.db, func(tx *store.Tx) ([]string, error) { return takeExports(ctx, tx, id) })
	if err != nil {
		return err
	}
	for _, hash := range list {
		if err := d.Files.Drop(ctx, hash); err != nil {
			return err
		}
	}
	return nil
}
