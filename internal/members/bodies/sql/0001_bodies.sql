-- +goose Up
-- What is asked for stands in columns; the whole of a thing is JSON beside them.
CREATE TABLE bodies (
	id       TEXT PRIMARY KEY,
	sort_key TEXT NOT NULL,
	ended    TEXT NOT NULL,
	whole    TEXT NOT NULL
);

CREATE TABLE body_seats (
	id         TEXT PRIMARY KEY,
	body       TEXT NOT NULL,
	member     TEXT NOT NULL,
	email      TEXT NOT NULL,
	term_from  TEXT NOT NULL,
	term_until TEXT NOT NULL,
	sort_key   TEXT NOT NULL,
	whole      TEXT NOT NULL
);
CREATE INDEX body_seats_body ON body_seats (body, sort_key, id);
CREATE INDEX body_seats_member ON body_seats (member);
CREATE INDEX body_seats_email ON body_seats (email);
CREATE INDEX body_seats_until ON body_seats (term_until);

-- Files and notes of a body, of a meeting or of a point of its agenda.
CREATE TABLE body_papers (
	id      TEXT PRIMARY KEY,
	body    TEXT NOT NULL,
	meeting TEXT NOT NULL,
	item    TEXT NOT NULL,
	name    TEXT NOT NULL,
	mime    TEXT NOT NULL,
	hash    TEXT NOT NULL,
	size    BIGINT NOT NULL,
	at      TEXT NOT NULL,
	by_user TEXT NOT NULL,
	by_name TEXT NOT NULL
);
CREATE INDEX body_papers_body ON body_papers (body, meeting, id);
CREATE INDEX body_papers_meeting ON body_papers (meeting, item, id);

CREATE TABLE body_notes (
	id      TEXT PRIMARY KEY,
	body    TEXT NOT NULL,
	at      TEXT NOT NULL,
	by_user TEXT NOT NULL,
	by_name TEXT NOT NULL,
	text    TEXT NOT NULL
);
CREATE INDEX body_notes_body ON body_notes (body, id);

CREATE TABLE body_demands (
	id    TEXT PRIMARY KEY,
	body  TEXT NOT NULL,
	whole TEXT NOT NULL
);
CREATE INDEX body_demands_body ON body_demands (body, id);

CREATE TABLE body_signatures (
	demand TEXT NOT NULL,
	member TEXT NOT NULL,
	name   TEXT NOT NULL,
	on_day TEXT NOT NULL,
	PRIMARY KEY (demand, member)
);
CREATE INDEX body_signatures_member ON body_signatures (member);

CREATE TABLE decisions (
	id       TEXT PRIMARY KEY,
	number   TEXT NOT NULL UNIQUE,
	body     TEXT NOT NULL,
	meeting  TEXT NOT NULL,
	on_day   TEXT NOT NULL,
	force    TEXT NOT NULL,
	open     TEXT NOT NULL,
	case_id  TEXT NOT NULL,
	owner    TEXT NOT NULL,
	due      TEXT NOT NULL, -- of what waits; empty if nothing does
	found_by TEXT NOT NULL,
	whole    TEXT NOT NULL
);
CREATE INDEX decisions_day ON decisions (on_day, id);
CREATE INDEX decisions_body ON decisions (body, on_day, id);
CREATE INDEX decisions_meeting ON decisions (meeting, number);
CREATE INDEX decisions_case ON decisions (case_id, on_day, id);
CREATE INDEX decisions_due ON decisions (due, id);
-- +goose Down
DROP TABLE decisions;
DROP TABLE body_signatures;
DROP TABLE body_demands;
DROP TABLE body_notes;
DROP TABLE body_papers;
DROP TABLE body_seats;
DROP TABLE bodies;
