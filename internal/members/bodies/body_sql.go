package bodies

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/kept"
)

func getBody(ctx context.Context, tx *store.Tx, id BodyID) (Body, error) {
	return kept.One[Body](ctx, tx, "bodies.missing", `SELECT whole FROM bodies WHERE id = $1`, id)
}

func listBodies(ctx context.Context, tx *store.Tx) ([]Body, error) {
	return kept.List[Body](ctx, tx, `SELECT whole FROM bodies ORDER BY sort_key, id`)
}

func putBody(ctx context.Context, tx *store.Tx, b Body) error {
	return kept.Write(ctx, tx, `
		INSERT INTO bodies (id, sort_key, ended, whole) VALUES ($1, $2, $3, $4)
		ON CONFLICT (id) DO UPDATE SET sort_key = excluded.sort_key, ended = excluded.ended, whole = excluded.whole`,
		b, b.ID, b.order(), b.Ended.String())
}

func getSeat(ctx context.Context, tx *store.Tx, id SeatID) (Seat, error) {
	return kept.One[Seat](ctx, tx, "bodies.seat.missing", `SELECT whole FROM body_seats WHERE id = $1`, id)
}

// seatsOf lists all seats of a body that there are or were; of all bodies if it is
// empty. Offices stand in their order, then names.
func seatsOf(ctx context.Context, tx *store.Tx, body BodyID) ([]Seat, error) {
	return kept.List[Seat](ctx, tx, `SELECT whole FROM body_seats WHERE $1 = '' OR body = $1 ORDER BY body, sort_key, id`, body)
}

// seatsOn lists those of a body, or of all, on a day.
func seatsOn(ctx context.Context, tx *store.Tx, body BodyID, day civil.Date) ([]Seat, error) {
	return kept.List[Seat](ctx, tx, `
		SELECT whole FROM body_seats
		WHERE ($1 = '' OR body = $1) AND term_from <= $2 AND (term_until = '' OR term_until > $2)
		ORDER BY body, sort_key, id`, body, day.String())
}

func putSeat(ctx context.Context, tx *store.Tx, s Seat) error {
	return kept.Write(ctx, tx, `
		INSERT INTO body_seats (id, body, member, email, term_from, term_until, sort_key, whole) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET member = excluded.member, email = excluded.email, term_from = excluded.term_from,
			term_until = excluded.term_until, sort_key = excluded.sort_key, whole = excluded.whole`,
		s, s.ID, s.Body, s.Member, s.Email, s.Term.From.String(), s.Term.Until.String(), s.order())
}

func dropSeat(ctx context.Context, tx *store.Tx, id SeatID) error {
	return kept.Run(ctx, tx, `DELETE FROM body_seats WHERE id = $1`, id)
}

// sitsIn lists the bodies in which the person sits on the day.
func sitsIn(ctx context.Context, tx *store.Tx, who Person, day civil.Date) ([]BodyID, error) {
	cond, args := who.Where(2)
	ids, err := store.List(ctx, tx, func(row store.Scanner) (id BodyID, err error) { return id, row.Scan(&id) }, `
		SELECT DISTINCT body FROM body_seats WHERE term_from <= $1 AND (term_until = '' OR term_until > $1) AND `+cond,
		append([]any{day.String()}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("bodies: seats of a person: %w", err)
	}
	return ids, nil
}

// seatsOfMember lists all seats that a member has or had.
func seatsOfMember(ctx context.Context, tx *store.Tx, id members.ID) ([]Seat, error) {
	return kept.List[Seat](ctx, tx, `SELECT whole FROM body_seats WHERE member = $1 ORDER BY term_from, id`, id)
}

// seatsAt lists the seats of the address.
func seatsAt(ctx context.Context, tx *store.Tx, email string) ([]Seat, error) {
	return kept.List[Seat](ctx, tx, `SELECT whole FROM body_seats WHERE email = $1 ORDER BY term_from, id`, email)
}

const paperColumns = `id, body, meeting, item, name, mime, hash, size, at, by_user, by_name`

func readPaper(row store.Scanner) (p Paper, err error) {
	var at string
	if err := row.Scan(&p.ID, &p.Body, &p.Meeting, &p.Item, &p.Name, &p.MIME, &p.Hash, &p.Size, &at, &p.By, &p.ByIs); err != nil {
		return p, err
	}
	p.At, err = store.ParseTime(at)
	return p, err
}

func addPaper(ctx context.Context, tx *store.Tx, p Paper) error {
	return kept.Run(ctx, tx, `INSERT INTO body_papers (`+paperColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		p.ID, p.Body, p.Meeting, p.Item, p.Name, p.MIME, p.Hash, p.Size, store.Time(p.At), p.By, p.ByIs)
}

func getPaper(ctx context.Context, tx *store.Tx, id string) (Paper, error) {
	p, err := readPaper(tx.QueryRowContext(ctx, `SELECT `+paperColumns+` FROM body_papers WHERE id = $1`, id))
	if store.Missing(err) {
		return p, fault.New(fault.Missing, "bodies.paper.missing")
	}
	if err != nil {
		return p, fmt.Errorf("bodies: paper: %w", err)
	}
	return p, nil
}

func dropPaper(ctx context.Context, tx *store.Tx, id string) error {
	return kept.Run(ctx, tx, `DELETE FROM body_papers WHERE id = $1`, id)
}

// papersOf lists those of a meeting, or those of a body that belong to none.
func papersOf(ctx context.Context, tx *store.Tx, body BodyID, meeting MeetingID) ([]Paper, error) {
	papers, err := store.List(ctx, tx, readPaper, `SELECT `+paperColumns+` FROM body_papers WHERE body = $1 AND meeting = $2 ORDER BY id LIMIT 1000`, body, meeting)
	if err != nil {
		return nil, fmt.Errorf("bodies: papers: %w", err)
	}
	return papers, nil
}

func readNote(row store.Scanner) (n Note, err error) {
	var at string
	if err := row.Scan(&n.ID, &n.Body, &at, &n.By, &n.ByIs, &n.Text); err != nil {
		return n, err
	}
	n.At, err = store.ParseTime(at)
	return n, err
}

// notesOf lists a page of the notes of a body, newest first.
func notesOf(ctx context.Context, tx *store.Tx, body BodyID, before string, limit int) ([]Note, error) {
	notes, err := store.List(ctx, tx, readNote, `
		SELECT id, body, at, by_user, by_name, text FROM body_notes
		WHERE body = $1 AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3`, body, before, limit)
	if err != nil {
		return nil, fmt.Errorf("bodies: notes: %w", err)
	}
	return notes, nil
}

func addNote(ctx context.Context, tx *store.Tx, n Note) error {
	return kept.Run(ctx, tx, `INSERT INTO body_notes (id, body, at, by_user, by_name, text) VALUES ($1, $2, $3, $4, $5, $6)`,
		n.ID, n.Body, store.Time(n.At), n.By, n.ByIs, n.Text)
}

func getDemand(ctx context.Context, tx *store.Tx, id DemandID) (Demand, error) {
	return kept.One[Demand](ctx, tx, "bodies.demand.missing", `SELECT whole FROM body_demands WHERE id = $1`, id)
}

func demandsOf(ctx context.Context, tx *store.Tx, body BodyID) ([]Demand, error) {
	return kept.List[Demand](ctx, tx, `SELECT whole FROM body_demands WHERE body = $1 ORDER BY id DESC LIMIT 100`, body)
}

func putDemand(ctx context.Context, tx *store.Tx, d Demand) error {
	return kept.Write(ctx, tx, `INSERT INTO body_demands (id, body, whole) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET whole = excluded.whole`, d, d.ID, d.Body)
}

func addSignature(ctx context.Context, tx *store.Tx, s Signature) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO body_signatures (demand, member, name, on_day) VALUES ($1, $2, $3, $4)`, s.Demand, s.Member, s.Name, s.On.String())
	if store.Taken(err) {
		return fault.New(fault.Conflict, "bodies.demand.twice")
	}
	if err != nil {
		return fmt.Errorf("bodies: sign: %w", err)
	}
	return nil
}

// signatures lists a page of those under a demand, by the ID of the member.
func signatures(ctx context.Context, tx *store.Tx, id DemandID, limit int) ([]Signature, error) {
	all, err := store.List(ctx, tx, func(row store.Scanner) (s Signature, err error) {
		var on string
		if err := row.Scan(&s.Demand, &s.Member, &s.Name, &on); err != nil {
			return s, err
		}
		s.On, err = civil.Parse(on)
		return s, err
	}, `SELECT demand, member, name, on_day FROM body_signatures WHERE demand = $1 ORDER BY on_day, name, member LIMIT $2`, id, limit)
	if err != nil {
		return nil, fmt.Errorf("bodies: signatures: %w", err)
	}
	return all, nil
}
