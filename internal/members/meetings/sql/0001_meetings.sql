-- +goose Up
-- What is asked for stands in columns; the whole of a thing is JSON beside them.
CREATE TABLE meetings (
	id    TEXT PRIMARY KEY,
	body  TEXT NOT NULL,
	year  BIGINT NOT NULL, -- of its number; 0 before it has one
	seq   BIGINT NOT NULL,
	state TEXT NOT NULL,
	at    TEXT NOT NULL,
	whole TEXT NOT NULL
);
CREATE INDEX meetings_at ON meetings (at, id);
CREATE INDEX meetings_body ON meetings (body, at, id);
CREATE INDEX meetings_seq ON meetings (body, year, seq);
CREATE INDEX meetings_state ON meetings (state, at);

CREATE TABLE meeting_attendees (
	id       TEXT PRIMARY KEY,
	meeting  TEXT NOT NULL,
	seat     TEXT NOT NULL,
	member   TEXT NOT NULL,
	email    TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	found_by TEXT NOT NULL,
	holder   TEXT NOT NULL,
	way      TEXT NOT NULL,
	votes    BIGINT NOT NULL,
	counts   BIGINT NOT NULL, -- 1 for one of the quorum
	protest  BIGINT NOT NULL,
	whole    TEXT NOT NULL
);
CREATE INDEX meeting_attendees_meeting ON meeting_attendees (meeting, sort_key, id);
CREATE INDEX meeting_attendees_way ON meeting_attendees (meeting, way, sort_key, id);
CREATE INDEX meeting_attendees_member ON meeting_attendees (member, meeting);
CREATE INDEX meeting_attendees_email ON meeting_attendees (email, meeting);
CREATE INDEX meeting_attendees_holder ON meeting_attendees (holder);

-- Links of letters, as hashes; and which letter of an invitation has been posted.
CREATE TABLE meeting_keys (
	hash     TEXT PRIMARY KEY,
	attendee TEXT NOT NULL,
	email    TEXT NOT NULL
);
CREATE INDEX meeting_keys_attendee ON meeting_keys (attendee);

CREATE TABLE meeting_posted (
	attendee TEXT NOT NULL,
	email    TEXT NOT NULL,
	sequence BIGINT NOT NULL,
	PRIMARY KEY (attendee, email, sequence)
);

CREATE TABLE motions (
	id      TEXT PRIMARY KEY,
	meeting TEXT NOT NULL,
	ord     BIGINT NOT NULL,
	whole   TEXT NOT NULL
);
CREATE INDEX motions_meeting ON motions (meeting, ord, id);

CREATE TABLE motion_votes (
	motion   TEXT NOT NULL,
	attendee TEXT NOT NULL,
	choice   TEXT NOT NULL,
	reason   TEXT NOT NULL,
	at       TEXT NOT NULL,
	PRIMARY KEY (motion, attendee)
);
CREATE INDEX motion_votes_attendee ON motion_votes (attendee);
-- +goose Down
DROP TABLE motion_votes;
DROP TABLE motions;
DROP TABLE meeting_posted;
DROP TABLE meeting_keys;
DROP TABLE meeting_attendees;
DROP TABLE meetings;
