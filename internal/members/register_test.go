package members

import (
	"io"
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A tag that was put on many is taken off just those who did not have it before.
func TestDesk_UndoTag(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		ctx := t.Context()
		had := add(t, d, "o Bunker; Ljubljana; theatre")
		hand := add(t, d, "o Čeber; Celje; dance")
		add(t, d, "p Benko, Taja; Koper; dance")
		if err := d.PutTags(ctx, clerk, had.ID, []string{"festival"}); err != nil {
			t.Fatal(err)
		}
		g, err := d.Tag(ctx, clerk, Selection{}, "Festival")
		if err != nil || g.Of != 3 || len(g.New) != 2 {
			t.Fatal(g, err)
		}
		if err := d.PutTags(ctx, clerk, hand.ID, nil); err != nil {
			t.Fatal(err)
		}
		if err := d.PutTags(ctx, clerk, hand.ID, []string{"festival"}); err != nil { // taken off and put on by hand
			t.Fatal(err)
		}
		if g, err = d.UndoTag(ctx, clerk, g.ID); err != nil || len(g.New) != 1 {
			t.Error(g, err)
		}
		if list, err := d.List(ctx, clerk, Query{Filter: Filter{Tag: g.Tag.ID}}); err != nil || names(list) != "Bunker | Čeber" {
			t.Error(names(list), err)
		}
		for _, id := range []string{g.ID, "", "nobody"} {
			if _, err := d.UndoTag(ctx, clerk, id); !fault.Is(err, fault.Missing) {
				t.Errorf("undone again: %v", err)
			}
		}
	})
}

// Fields of culture, regions, tags, details: whatever the office filters by finds
// the same members, whichever way the list goes to them.
func TestDesk_List_marks(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		ctx := t.Context()
		hall, err := d.PutDetail(ctx, clerk, Detail{Label: "Dvorana", Form: Pick, Choices: []string{"ima", "nima"}, Seen: OfOffice})
		if err != nil {
			t.Fatal(err)
		}
		put := func(notation, region string, more []Field, has string) Member {
			m := parse(notation)
			m.Region, m.Fields, m.Details = region, more, Details{hall.ID: has}
			if m, err = d.Add(ctx, clerk, m); err != nil {
				t.Fatal(err)
			}
			return m
		}
		bunker := put("o Bunker; Ljubljana; theatre", "osrednja", []Field{"dance"}, "ima")
		put("o Čeber; Celje; dance", "savinjska", nil, "nima")
		put("p Benko, Taja; Koper; dance", "obalna", []Field{"theatre", "film"}, "")
		put("P Vrabič, Jana; Ljubljana; film", "osrednja", nil, "")
		if _, err := d.Tag(ctx, clerk, Selection{Filter: Filter{Field: "dance"}}, " Festival  2027"); err != nil {
			t.Fatal(err)
		}
		if g, err := d.Tag(ctx, clerk, Selection{IDs: []ID{bunker.ID}}, "festival 2027"); err != nil || g.Of != 1 || len(g.New) != 0 {
			t.Fatal(g, err)
		}
		tags, err := d.Tags(ctx, clerk)
		if err != nil || len(tags) != 1 || tags[0].Name != "Festival 2027" {
			t.Fatalf("%v, %v", tags, err)
		}
		check := func(f Filter, want string) {
			t.Helper()
			list, err := d.List(ctx, clerk, Query{Filter: f})
			if err != nil || names(list) != want || pages(t, d, clerk, f) != want {
				t.Errorf("%+v lists %s, %v; want %s", f, names(list), err, want)
			}
			if n, err := d.Count(ctx, clerk, f); err != nil || n != len(list) {
				t.Errorf("%+v counts %d, %v", f, n, err)
			}
		}
		tag := tags[0].ID
		check(Filter{Field: "dance"}, "Benko, Taja | Bunker | Čeber")
		check(Filter{Field: "theatre", Kind: Organisation}, "Bunker")
		check(Filter{Region: "osrednja"}, "Bunker | Vrabič, Jana")
		check(Filter{Region: "osrednja", Standing: Applied}, "Vrabič, Jana")
		check(Filter{Tag: tag, Field: "film"}, "Benko, Taja")
		check(Filter{Tag: tag, Text: "bun"}, "Bunker")
		check(Filter{Tag: tag, Text: "vra"}, "")
		check(Filter{Detail: hall.ID, Value: "Ima"}, "Bunker")
		check(Filter{Detail: hall.ID}, "Bunker | Čeber")
		list, err := d.List(ctx, clerk, Query{From: "Č"})
		if err != nil || names(list) != "Čeber | Vrabič, Jana" {
			t.Errorf("from Č: %s, %v", names(list), err)
		}

		// An entry that changes its place in the register takes its marks along.
		bunker, _ = d.Member(ctx, clerk, bunker.ID)
		bunker.Name, bunker.Fields, bunker.Details = "Žbunker", []Field{"music"}, Details{hall.ID: "nima"}
		if _, err := d.Save(ctx, clerk, bunker); err != nil {
			t.Fatal(err)
		}
		check(Filter{Field: "dance"}, "Benko, Taja | Čeber")
		check(Filter{Detail: hall.ID, Value: "nima"}, "Čeber | Žbunker")
		check(Filter{Tag: tag}, "Benko, Taja | Čeber | Žbunker")
		if _, err := d.Leave(ctx, clerk, bunker.ID, day("1.6.")); err != nil {
			t.Fatal(err)
		}
		check(Filter{Tag: tag}, "Benko, Taja | Čeber")
		check(Filter{Tag: tag, Standing: Left}, "Žbunker")
		if n, err := d.Untag(ctx, clerk, Selection{Filter: Filter{Tag: tag}}, tag); err != nil || n != 2 {
			t.Errorf("the tag is off %d, %v", n, err)
		}
		check(Filter{Tag: tag}, "")
		if err := d.PutTags(ctx, clerk, bunker.ID, []string{"dvorana", ""}); err != nil {
			t.Fatal(err)
		}
		more, err := d.MoreOf(ctx, clerk, bunker.ID)
		if err != nil || len(more.Tags[bunker.ID]) != 1 || more.Details[bunker.ID][hall.ID] != "nima" {
			t.Errorf("%+v, %v", more, err)
		}
		wantFault(t, d.DropDetail(ctx, clerk, hall.ID), "members.detail.used")
		_, err = d.List(ctx, member, Query{Filter: Filter{Tag: tag}})
		wantFault(t, err, "auth.denied")
	})
}

func TestDetail_Read(t *testing.T) {
	for _, tt := range []struct {
		form         Form
		typed, value string
	}{
		{Number, "1.234,50", "1234.5"}, {Number, " 7 ", "7"}, {Number, "-0,0", "0"}, {Number, "0.25", "0.25"}, {Number, "sedem", "!"}, {Number, "1e9", "!"}, {Number, strings.Repeat("9", 20), "!"},
		{Day, "3. 5. 2026", "2026-05-03"}, {Day, "2026-05-03", "2026-05-03"}, {Day, "maja", "!"},
		{Pick, "VELIKA ", "velika"}, {Pick, "srednja", "!"},
		{YesNo, "Da", "yes"}, {YesNo, "ne", "no"}, {YesNo, "morda", "!"},
		{Text, "a \n b", "a b"}, {Text, strings.Repeat("č", 301), "!"}, {Long, "a\nb ", "a\nb"},
		{Text, "  ", ""}, {Number, "", ""}, {Pick, "", ""},
	} {
		d := Detail{ID: "x", Form: tt.form, Choices: []string{"mala", "velika"}}
		got, err := d.Read(tt.typed)
		if (err != nil) != (tt.value == "!") || err == nil && got != tt.value {
			t.Errorf("%s %q is %q, %v; want %q", tt.form, tt.typed, got, err, tt.value)
		}
	}
}

// What is kept of a detail is read as itself.
func TestDetail_Read_again(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Detail{ID: "x", Form: rapid.SampledFrom(record.Forms()).Draw(t, "form"), Choices: []string{"mala", "velika"}}
		once, err := d.Read(rapid.String().Draw(t, "typed"))
		if err != nil {
			return
		}
		if twice, err := d.Read(once); err != nil || twice != once {
			t.Fatalf("%q is read as %q, %v", once, twice, err)
		}
	})
}

func TestDesk_Details(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		ctx := t.Context()
		_, err := d.PutDetail(ctx, clerk, Detail{Label: "Velikost", Form: Pick, Choices: []string{"ena"}, Seen: OfOffice})
		wantFault(t, err, "members.detail.choices")
		size, err := d.PutDetail(ctx, clerk, Detail{Label: "Sedežev", Form: Number, Seen: OfMembers, Kind: Organisation, Required: true})
		if err != nil {
			t.Fatal(err)
		}
		secret, err := d.PutDetail(ctx, clerk, Detail{Label: "Zaupno", Form: Long, Seen: OfOffice})
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.PutDetail(ctx, clerk, Detail{Label: "Zaupno", Form: Long, Seen: OfOffice})
		wantFault(t, err, "members.detail.taken")
		m := parse("o Bunker; Ljubljana")
		m.Details = Details{size.ID: ""}
		_, err = d.Add(ctx, clerk, m)
		wantFault(t, err, "members.detail.required")
		m.Details = Details{size.ID: "1.200", secret.ID: "dolg", "unknown": "x"}
		if m, err = d.Add(ctx, clerk, m); err != nil {
			t.Fatal(err)
		}
		m, err = d.Member(ctx, clerk, m.ID)
		if want := (Details{size.ID: "1.2", secret.ID: "dolg"}); err != nil || !maps.Equal(m.Details, want) {
			t.Errorf("kept %v, %v; want %v", m.Details, err, want)
		}
		seen, err := d.Member(ctx, member, m.ID)
		if want := (Details{size.ID: "1.2"}); err != nil || !maps.Equal(seen.Details, want) {
			t.Errorf("a member sees %v, %v", seen.Details, err)
		}
		person := parse("p Benko, Taja")
		person.Details = Details{size.ID: ""}
		if _, err = d.Add(ctx, clerk, person); err != nil {
			t.Errorf("a person is asked for the seats of an organisation: %v", err)
		}
	})
}

func TestDesk_Registrations(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		ctx := t.Context()
		var err error
		if d.Files, err = blob.NewDisk(t.TempDir()); err != nil {
			t.Fatal(err)
		}
		bunker, other := add(t, d, "o Bunker; Ljubljana"), add(t, d, "o Čeber; Celje")
		put := func(r Registration, file string) (Registration, error) {
			if file == "" {
				return d.PutRegistration(ctx, clerk, r, nil, "")
			}
			return d.PutRegistration(ctx, clerk, r, strings.NewReader(file), "izpisek.pdf")
		}
		_, err = put(Registration{Member: bunker.ID, In: record.Tax, Number: "15012556"}, "")
		wantFault(t, err, "members.registration.tax")
		_, err = put(Registration{Member: bunker.ID, In: record.Tax, Number: "15012557", Proof: "extract"}, "")
		wantFault(t, err, "members.proof.day")
		_, err = put(Registration{Member: bunker.ID, In: record.Tax, Number: "15012557"}, "MZ\x90 a program")
		wantFault(t, err, "members.proof.file")
		r, err := put(Registration{Member: bunker.ID, In: record.Tax, Number: "SI 150 125 57", Proof: "extract", ProofDay: may, Since: civil.On(2003, 1, 1)}, "%PDF-1.7 the proof")
		if err != nil || r.Number != "15012557" {
			t.Fatal(r, err)
		}
		_, err = put(Registration{Member: other.ID, In: record.Tax, Number: "15012557"}, "")
		wantFault(t, err, "members.registration.taken")
		r.Note = "preverjeno"
		if r, err = put(r, ""); err != nil || r.File.Name != "izpisek.pdf" {
			t.Errorf("changed: %+v, %v", r, err)
		}
		_, err = put(Registration{ID: r.ID, Member: other.ID, In: record.Elsewhere, Number: "7"}, "")
		wantFault(t, err, "members.registration.missing")
		file, _, err := d.OpenProof(ctx, clerk, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if text, err := io.ReadAll(file); err != nil || string(text) != "%PDF-1.7 the proof" {
			t.Errorf("the proof reads %q, %v", text, err)
		}
		_, _, err = d.OpenProof(ctx, member, r.ID)
		wantFault(t, err, "auth.denied")
		if err := d.DropRegistration(ctx, clerk, r.ID); err != nil {
			t.Fatal(err)
		}
		if list, err := d.Registrations(ctx, clerk, bunker.ID); err != nil || len(list) != 0 {
			t.Errorf("%v, %v", list, err)
		}
	})
}
