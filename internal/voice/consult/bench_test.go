package consult

import (
	"fmt"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice"
)

func both(b *testing.B, f func(b *testing.B, db *store.DB)) {
	b.Run("sqlite", func(b *testing.B) { f(b, storetest.SQLite(b, steps...)) })
	b.Run("postgres", func(b *testing.B) { f(b, storetest.Postgres(b, steps...)) })
}

// Opening a consultation to 5,000 members: 30 s at most.
func BenchmarkOpen(b *testing.B) {
	both(b, func(b *testing.B, db *store.DB) {
		r := open(b, db, crowd(5_000))
		for b.Loop() {
			start := time.Now()
			c := r.begin(b, r.prepare(b))
			if c.Invited != 5_000 {
				b.Fatal(c.Invited)
			}
			if d := time.Since(start); d > 30*time.Second {
				b.Fatalf("took %s", d)
			}
		}
	})
}

// stuffed is a house with 5,000 members in which 100,000 comments have been sent,
// in 25 consultations of two provisions that 2,000 of 5,000 have answered.
func stuffed(b *testing.B, db *store.DB) (*room, Consultation) {
	b.Helper()
	r := open(b, db, crowd(5_000))
	c := r.begin(b, r.prepare(b))
	ctx := b.Context()
	err := db.Write(ctx, func(tx *store.Tx) error {
		for k := range 25 {
			one, id := c, c.ID
			if k > 0 {
				one.ID = voice.ConsultationID(fmt.Sprintf("%s%02d", c.ID, k))
				id = one.ID
				if err := r.write(ctx, tx, clerk, one, "consult.prepare"); err != nil {
					return err
				}
				_, err := tx.ExecContext(ctx, `INSERT INTO consult_invitations (`+invitationColumns+`)
					SELECT id || $1, $2, member, member_name, kind, name, email, lang, stage, public, sent_at, opened_at, answered_at, reminded_at, comments, sort_key
					FROM consult_invitations WHERE consultation = $3`, fmt.Sprintf("%02d", k), id, c.ID)
				if err != nil {
					return err
				}
			}
			for i, p := range []string{"art_12__para_1", "art_18"} {
				_, err := tx.ExecContext(ctx, `INSERT INTO comments (`+commentColumns+`)
					SELECT id || $1, consultation, $2, id, $3, 1, member, member_name, kind, $4, $5, '', 0, 1, 'link', '', '', '', sent_at, 1, 1, 'x'
					FROM consult_invitations WHERE consultation = $6 ORDER BY id LIMIT 2000`,
					fmt.Sprint(i), c.Case, p, voice.Stances()[(i+k)%4], "Ker je tako prav in ker smo o tem govorili že na skupščini.", id)
				if err != nil {
					return err
				}
			}
			_, err := tx.ExecContext(ctx, `UPDATE consult_invitations SET stage = 'answered', answered_at = sent_at
				WHERE consultation = $1 AND id IN (SELECT invitation FROM comments WHERE consultation = $1)`, id)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	var n int
	err = db.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.ExecContext(ctx, "ANALYZE"); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM comments WHERE sent = 1`).Scan(&n)
	})
	if err != nil || n != 100_000 {
		b.Fatal(n, err)
	}
	return r, c
}

// Pages of a house with 100,000 comments: 15 ms at most.
func BenchmarkStuffed(b *testing.B) {
	both(b, func(b *testing.B, db *store.DB) {
		r, c := stuffed(b, db)
		ctx := b.Context()
		way := r.way(b, "m04711@posta.si")
		middle, err := r.Progress(ctx, clerk, ProgressQuery{Consultation: c.ID, Stage: Answered, Limit: 1000})
		if err != nil {
			b.Fatal(err)
		}
		after := middle[999].ID
		n := 0
		for _, tt := range []struct {
			name string
			do   func() error
		}{
			{"matrix", func() error { _, err := r.Matrix(ctx, clerk, c.ID, after); return err }},
			{"office", func() error {
				if _, err := r.Consultation(ctx, clerk, c.ID); err != nil {
					return err
				}
				_, err := r.Progress(ctx, clerk, ProgressQuery{Consultation: c.ID, After: after})
				return err
			}},
			{"comments", func() error {
				_, err := r.Comments(ctx, clerk, CommentQuery{Consultation: c.ID, Provision: "art_18", Stance: voice.Object})
				return err
			}},
			{"comments of the case", func() error {
				_, err := r.Comments(ctx, clerk, CommentQuery{Case: c.Case})
				return err
			}},
			{"comments of the case on a provision", func() error {
				_, err := r.Comments(ctx, clerk, CommentQuery{Case: c.Case, Provision: "art_18"})
				return err
			}},
			{"answer", func() error { _, err := r.Answer(ctx, way); return err }},
			{"save", func() error {
				n++
				_, err := r.Save(ctx, way, Saving{Page: "p", Given: []Given{say("art_18", voice.Object, fmt.Sprint("besedilo ", n), 0)}})
				return err
			}},
			{"send", func() error {
				n++
				_, err := r.Send(ctx, way, Saving{Page: "p", Given: []Given{say("art_18", voice.Object, fmt.Sprint("besedilo ", n), 0)}})
				return err
			}},
		} {
			b.Run(tt.name, func(b *testing.B) {
				for b.Loop() {
					if err := tt.do(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}
