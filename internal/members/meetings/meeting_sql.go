package meetings

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/kept"
)

func getMeeting(ctx context.Context, tx *store.Tx, id MeetingID) (Meeting, error) {
	return kept.One[Meeting](ctx, tx, "bodies.meeting.missing", `SELECT whole FROM meetings WHERE id = $1`, id)
}

func putMeeting(ctx context.Context, tx *store.Tx, m Meeting, year, seq int) error {
	return kept.Write(ctx, tx, `
		INSERT INTO meetings (id, body, year, seq, state, at, whole) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, at = excluded.at, whole = excluded.whole,
			year = CASE WHEN excluded.year > 0 THEN excluded.year ELSE meetings.year END,
			seq = CASE WHEN excluded.seq > 0 THEN excluded.seq ELSE meetings.seq END`,
		m, m.ID, m.Body, year, seq, m.State, store.Time(m.At))
}

// nextSeq is the number of the next meeting of a body in a year.
func nextSeq(ctx context.Context, tx *store.Tx, body bodies.BodyID, year int) (int, error) {
	return kept.Number(ctx, tx, `SELECT COALESCE(MAX(seq), 0) + 1 FROM meetings WHERE body = $1 AND year = $2`, body, year)
}

// A MeetingQuery asks for a page of meetings, the latest first.
type MeetingQuery struct {
	Body   bodies.BodyID
	State  State
	From   time.Time // not before; with Ahead, the nearest first
	Ahead  bool
	Before MeetingID // last meeting of the page before
	Limit  int       // 50 if zero
}

func (q MeetingQuery) limit() int {
	if q.Limit <= 0 || q.Limit > 500 {
		return 50
	}
	return q.Limit
}

// listMeetings reads a page of those that the person may see: all of them for the
// office, else those of their bodies, and those to which they are called.
func listMeetings(ctx context.Context, tx *store.Tx, q MeetingQuery, who bodies.Person, bodies []bodies.BodyID) ([]Meeting, error) {
	args := []any{q.Body, q.State, store.Time(q.From), q.Before, q.limit()}
	cond := ""
	if !who.Office {
		mineIs, more := who.Where(len(args) + 1)
		args = append(args, more...)
		cond = ` AND (id IN (SELECT meeting FROM meeting_attendees WHERE ` + mineIs + `)`
		if len(bodies) > 0 {
			var at []string
			for _, b := range bodies {
				args = append(args, b)
				at = append(at, fmt.Sprintf("$%d", len(args)))
			}
			cond += ` OR body IN (` + strings.Join(at, ", ") + `)`
		}
		cond += `)`
	}
	order, than := "DESC", "<"
	if q.Ahead {
		order, than = "ASC", ">"
	}
	return kept.List[Meeting](ctx, tx, `
		SELECT whole FROM meetings
		WHERE ($1 = '' OR body = $1) AND ($2 = '' OR state = $2) AND at >= $3
		  AND ($4 = '' OR (at, id) `+than+` (SELECT at, id FROM meetings WHERE id = $4))`+cond+`
		ORDER BY at `+order+`, id `+order+` LIMIT $5`, args...)
}

// lastHeld is when the last meeting of a body was that is over and not by letter, and
// whether another is planned, called or sits.
func lastHeld(ctx context.Context, tx *store.Tx, body bodies.BodyID) (last time.Time, ahead bool, err error) {
	all, err := kept.List[Meeting](ctx, tx, `SELECT whole FROM meetings WHERE body = $1 AND state <> 'cancelled' ORDER BY at DESC, id LIMIT 50`, body)
	for _, m := range all {
		switch {
		case m.Letters:
		case m.State != Closed && m.State != Approved:
			ahead = true
		case last.IsZero():
			last = m.At
		}
	}
	return last, ahead, err
}

func dropMeeting(ctx context.Context, tx *store.Tx, id MeetingID) error {
	for _, query := range []string{
		`DELETE FROM meeting_keys WHERE attendee IN (SELECT id FROM meeting_attendees WHERE meeting = $1)`,
		`DELETE FROM meeting_words WHERE meeting = $1`, `DELETE FROM meeting_attendees WHERE meeting = $1`, `DELETE FROM motions WHERE meeting = $1`, `DELETE FROM meetings WHERE id = $1`,
	} {
		if err := kept.Run(ctx, tx, query, id); err != nil {
			return err
		}
	}
	return nil
}

// ended lists the correspondence sessions whose end has come and which nobody has
// closed.
func ended(ctx context.Context, tx *store.Tx) ([]Meeting, error) {
	all, err := kept.List[Meeting](ctx, tx, `SELECT whole FROM meetings WHERE state = 'open' ORDER BY at, id`)
	var due []Meeting
	for _, m := range all {
		if m.Past(tx.Now) {
			due = append(due, m)
		}
	}
	return due, err
}

func getAttendee(ctx context.Context, tx *store.Tx, id AttendeeID) (Attendee, error) {
	return kept.One[Attendee](ctx, tx, "bodies.attendee.missing", `SELECT whole FROM meeting_attendees WHERE id = $1`, id)
}

func putAttendee(ctx context.Context, tx *store.Tx, a Attendee) error {
	if err := putWords(ctx, tx, a); err != nil {
		return err
	}
	return kept.Write(ctx, tx, `
		INSERT INTO meeting_attendees (id, meeting, seat, member, email, sort_key, found_by, holder, way, votes, counts, protest, whole)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (id) DO UPDATE SET member = excluded.member, email = excluded.email, sort_key = excluded.sort_key, found_by = excluded.found_by,
			holder = excluded.holder, way = excluded.way, votes = excluded.votes, counts = excluded.counts, protest = excluded.protest, whole = excluded.whole`,
		a, a.ID, a.Meeting, a.Seat, a.Member, a.Email, a.key(), a.found(), a.Holder, a.Way, store.Bit(a.Votes), store.Bit(a.Counts()), store.Bit(a.Protest))
}

func dropAttendee(ctx context.Context, tx *store.Tx, id AttendeeID) error {
	if err := kept.Run(ctx, tx, `DELETE FROM meeting_keys WHERE attendee = $1`, id); err != nil {
		return err
	}
	if err := kept.Run(ctx, tx, `DELETE FROM meeting_words WHERE attendee = $1`, id); err != nil {
		return err
	}
	return kept.Run(ctx, tx, `DELETE FROM meeting_attendees WHERE id = $1`, id)
}

// attendeesOf lists the attendees of a meeting that are the person.
func attendeesOf(ctx context.Context, tx *store.Tx, id MeetingID, who bodies.Person) ([]Attendee, error) {
	cond, args := who.Where(2)
	return kept.List[Attendee](ctx, tx, `SELECT whole FROM meeting_attendees WHERE meeting = $1 AND `+cond+` ORDER BY sort_key, id`, append([]any{id}, args...)...)
}

func attendeesOfMember(ctx context.Context, tx *store.Tx, id members.ID) ([]Attendee, error) {
	return kept.List[Attendee](ctx, tx, `SELECT whole FROM meeting_attendees WHERE member = $1 ORDER BY id`, id)
}

// forgetAddress takes the links of an address out, and that something was sent to it.
func forgetAddress(ctx context.Context, tx *store.Tx, email string) error {
	if err := kept.Run(ctx, tx, `DELETE FROM meeting_keys WHERE email = $1`, email); err != nil {
		return err
	}
	return kept.Run(ctx, tx, `DELETE FROM meeting_posted WHERE email = $1`, email)
}

// attendeesAt lists those at the address.
func attendeesAt(ctx context.Context, tx *store.Tx, email string) ([]Attendee, error) {
	return kept.List[Attendee](ctx, tx, `SELECT whole FROM meeting_attendees WHERE email = $1 ORDER BY id`, email)
}

// attendeeOf is the attendee for a seat or a member at a meeting, or none.
func attendeeOf(ctx context.Context, tx *store.Tx, meeting MeetingID, seat bodies.SeatID, member members.ID) (Attendee, bool, error) {
	some, err := kept.List[Attendee](ctx, tx, `
		SELECT whole FROM meeting_attendees WHERE meeting = $1 AND ($2 <> '' AND seat = $2 OR $3 <> '' AND member = $3) ORDER BY id LIMIT 1`, meeting, seat, member)
	if err != nil || len(some) == 0 {
		return Attendee{}, false, err
	}
	return some[0], true, nil
}

// called counts those on the list of a meeting.
func called(ctx context.Context, tx *store.Tx, id MeetingID) (int, error) {
	return kept.Number(ctx, tx, `SELECT COUNT(*) FROM meeting_attendees WHERE meeting = $1`, id)
}

// entered are those of a page of the register who are on the list of a meeting.
func entered(ctx context.Context, tx *store.Tx, id MeetingID, roll []members.Entry) (map[members.ID]bool, error) {
	there, args := map[members.ID]bool{}, []any{id}
	if len(roll) == 0 {
		return there, nil
	}
	var at []string
	for _, e := range roll {
		args = append(args, e.ID)
		at = append(at, fmt.Sprintf("$%d", len(args)))
	}
	list, err := store.List(ctx, tx, func(row store.Scanner) (id members.ID, err error) { return id, row.Scan(&id) },
		`SELECT member FROM meeting_attendees WHERE meeting = $1 AND member IN (`+strings.Join(at, ", ")+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("meetings: entered: %w", err)
	}
	for _, m := range list {
		there[m] = true
	}
	return there, nil
}

// heldBy lists those for whom the holder votes.
func heldBy(ctx context.Context, tx *store.Tx, holder AttendeeID) ([]Attendee, error) {
	return kept.List[Attendee](ctx, tx, `SELECT whole FROM meeting_attendees WHERE holder = $1 ORDER BY sort_key, id`, holder)
}

// present counts who is one of the quorum now, and who of them by proxy.
func present(ctx context.Context, tx *store.Tx, id MeetingID) (n, proxies int, err error) {
	err = tx.QueryRowContext(ctx, `
		SELECT COUNT(*), COALESCE(SUM(CASE WHEN way = 'proxy' THEN 1 ELSE 0 END), 0) FROM meeting_attendees WHERE meeting = $1 AND counts = 1`, id).Scan(&n, &proxies)
	if err != nil {
		return 0, 0, fmt.Errorf("meetings: present: %w", err)
	}
	return n, proxies, nil
}

// protests counts who wants a real meeting instead of a session by letter.
func protests(ctx context.Context, tx *store.Tx, id MeetingID) (int, error) {
	return kept.Number(ctx, tx, `SELECT COUNT(*) FROM meeting_attendees WHERE meeting = $1 AND protest = 1`, id)
}

// voters counts who has a vote among those called.
func voters(ctx context.Context, tx *store.Tx, id MeetingID) (int, error) {
	return kept.Number(ctx, tx, `SELECT COUNT(*) FROM meeting_attendees WHERE meeting = $1 AND votes = 1`, id)
}

func addKey(ctx context.Context, tx *store.Tx, hash string, id AttendeeID, email string) error {
	return kept.Run(ctx, tx, `INSERT INTO meeting_keys (hash, attendee, email) VALUES ($1, $2, $3)`, hash, id, email)
}

func attendeeByKey(ctx context.Context, tx *store.Tx, hash string) (Attendee, error) {
	return kept.One[Attendee](ctx, tx, "bodies.link.unknown", `SELECT a.whole FROM meeting_attendees a JOIN meeting_keys k ON k.attendee = a.id WHERE k.hash = $1`, hash)
}

// posted notes that the letter of an invitation is posted, and reports whether it
// was before.
func posted(ctx context.Context, tx *store.Tx, id AttendeeID, email string, sequence int) (bool, error) {
	done, err := tx.ExecContext(ctx, `INSERT INTO meeting_posted (attendee, email, sequence) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, id, email, sequence)
	if err != nil {
		return false, fmt.Errorf("meetings: posted: %w", err)
	}
	n, err := done.RowsAffected()
	return n == 0, err
}

func getMotion(ctx context.Context, tx *store.Tx, id MotionID) (Motion, error) {
	return kept.One[Motion](ctx, tx, "bodies.motion.missing", `SELECT whole FROM motions WHERE id = $1`, id)
}

func motionsOf(ctx context.Context, tx *store.Tx, id MeetingID) ([]Motion, error) {
	return kept.List[Motion](ctx, tx, `SELECT whole FROM motions WHERE meeting = $1 ORDER BY ord, id LIMIT 500`, id)
}

func putMotion(ctx context.Context, tx *store.Tx, m Motion) error {
	return kept.Write(ctx, tx, `INSERT INTO motions (id, meeting, ord, whole) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO UPDATE SET ord = excluded.ord, whole = excluded.whole`,
		m, m.ID, m.Meeting, m.Ord)
}

func dropMotion(ctx context.Context, tx *store.Tx, id MotionID) error {
	if err := kept.Run(ctx, tx, `DELETE FROM motion_votes WHERE motion = $1`, id); err != nil {
		return err
	}
	return kept.Run(ctx, tx, `DELETE FROM motions WHERE id = $1`, id)
}

func putVote(ctx context.Context, tx *store.Tx, v Vote) error {
	return kept.Run(ctx, tx, `
		INSERT INTO motion_votes (motion, attendee, choice, reason, at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (motion, attendee) DO UPDATE SET choice = excluded.choice, reason = excluded.reason, at = excluded.at`,
		v.Motion, v.Attendee, v.Choice, v.Reason, store.Time(v.At))
}

func dropVote(ctx context.Context, tx *store.Tx, m MotionID, a AttendeeID) error {
	return kept.Run(ctx, tx, `DELETE FROM motion_votes WHERE motion = $1 AND attendee = $2`, m, a)
}

// votesOf lists the votes on all motions of a meeting; those of one attendee if it
// is not empty.
func votesOf(ctx context.Context, tx *store.Tx, id MeetingID, a AttendeeID) ([]Vote, error) {
	votes, err := store.List(ctx, tx, func(row store.Scanner) (v Vote, err error) {
		var at string
		if err := row.Scan(&v.Motion, &v.Attendee, &v.Choice, &v.Reason, &at); err != nil {
			return v, err
		}
		v.At, err = store.ParseTime(at)
		return v, err
	}, `SELECT v.motion, v.attendee, v.choice, v.reason, v.at FROM motion_votes v JOIN motions m ON m.id = v.motion
		WHERE m.meeting = $1 AND ($2 = '' OR v.attendee = $2) ORDER BY v.motion, v.at, v.attendee`, id, a)
	if err != nil {
		return nil, fmt.Errorf("meetings: votes: %w", err)
	}
	return votes, nil
}

// traces counts the places that a member has at meetings.
func traces(ctx context.Context, tx *store.Tx, id members.ID) (int, error) {
	return kept.Number(ctx, tx, `SELECT COUNT(*) FROM meeting_attendees WHERE member = $1`, id)
}

// calledTo counts the meetings to which a seat was called.
func calledTo(ctx context.Context, tx *store.Tx, id bodies.SeatID) (int, error) {
	return kept.Number(ctx, tx, `SELECT COUNT(*) FROM meeting_attendees WHERE seat = $1`, id)
}

// eraseVotes takes the reasons of an attendee out; the votes stay counted.
func eraseVotes(ctx context.Context, tx *store.Tx, id AttendeeID) error {
	if err := kept.Run(ctx, tx, `DELETE FROM meeting_keys WHERE attendee = $1`, id); err != nil {
		return err
	}
	if err := kept.Run(ctx, tx, `UPDATE meeting_posted SET email = attendee || sequence WHERE attendee = $1`, id); err != nil {
		return err
	}
	return kept.Run(ctx, tx, `UPDATE motion_votes SET reason = '' WHERE attendee = $1`, id)
}

// turns lists the places of the person at meetings that are ahead, or over.
func turns(ctx context.Context, tx *store.Tx, who bodies.Person, ahead bool, limit int) ([]Turn, error) {
	cond, args := who.Where(2)
	states, order := `'closed', 'approved', 'cancelled'`, `DESC`
	if ahead {
		states, order = `'called', 'open'`, `ASC`
	}
	list, err := store.List(ctx, tx, func(row store.Scanner) (t Turn, err error) {
		var meeting, place string
		if err := row.Scan(&meeting, &place); err != nil {
			return t, err
		}
		return t, errors.Join(json.Unmarshal([]byte(meeting), &t.Meeting), json.Unmarshal([]byte(place), &t.Place))
	}, `SELECT m.whole, a.whole FROM (SELECT id, meeting, sort_key, whole FROM meeting_attendees WHERE `+cond+`) a JOIN meetings m ON m.id = a.meeting
		WHERE m.state IN (`+states+`) ORDER BY m.at `+order+`, m.id `+order+`, a.sort_key, a.id LIMIT $1`, append([]any{limit}, args...)...)
	if err != nil {
		return nil, fmt.Errorf("meetings: of a person: %w", err)
	}
	return list, nil
}
