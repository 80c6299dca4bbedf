-- +goose Up
CREATE TABLE applications (
	id          TEXT PRIMARY KEY,
	state       TEXT NOT NULL,
	year        BIGINT NOT NULL, -- 0 until it is confirmed
	seq         BIGINT NOT NULL,
	kind        TEXT NOT NULL,
	name        TEXT NOT NULL,
	email       TEXT NOT NULL,
	phone       TEXT NOT NULL,
	address     TEXT NOT NULL,
	place       TEXT NOT NULL,
	field       TEXT NOT NULL,
	lang        TEXT NOT NULL,
	form        TEXT NOT NULL,
	register_no TEXT NOT NULL,
	tax         TEXT NOT NULL,
	agent       TEXT NOT NULL,
	agent_as    TEXT NOT NULL,
	agent_to    TEXT NOT NULL,
	about       TEXT NOT NULL,
	statute     BIGINT NOT NULL,
	consents    TEXT NOT NULL, -- JSON: what was agreed to, in the words that were read
	paper       BIGINT NOT NULL,
	proof       TEXT NOT NULL,
	proof_on    TEXT NOT NULL,
	remark      TEXT NOT NULL,
	meeting     TEXT NOT NULL,
	wanted      TEXT NOT NULL,
	replied     TEXT NOT NULL,
	member      TEXT NOT NULL,
	made        TEXT NOT NULL,
	settled     TEXT NOT NULL,
	revision    BIGINT NOT NULL
);
CREATE INDEX applications_state ON applications (state, id);
CREATE INDEX applications_member ON applications (member);
CREATE INDEX applications_email ON applications (email);
CREATE UNIQUE INDEX applications_number ON applications (year, seq) WHERE seq > 0;

CREATE TABLE application_keys (
	hash        TEXT PRIMARY KEY,
	application TEXT NOT NULL
);
CREATE INDEX application_keys_of ON application_keys (application);

CREATE TABLE application_decisions (
	id          TEXT PRIMARY KEY,
	application TEXT NOT NULL,
	outcome     TEXT NOT NULL,
	decided     TEXT NOT NULL,
	number      TEXT NOT NULL,
	reasons     TEXT NOT NULL,
	since       TEXT NOT NULL,
	by_name     TEXT NOT NULL,
	told        BIGINT NOT NULL,
	made        TEXT NOT NULL
);
CREATE INDEX application_decisions_of ON application_decisions (application, id);

CREATE TABLE application_appeals (
	application TEXT PRIMARY KEY,
	received    TEXT NOT NULL,
	due         TEXT NOT NULL,
	reasons     TEXT NOT NULL
);

CREATE TABLE application_tries (
	id    TEXT NOT NULL,
	whose TEXT NOT NULL,
	at    TEXT NOT NULL,
	PRIMARY KEY (whose, at, id)
);
CREATE INDEX application_tries_at ON application_tries (at);

-- One row: the rule of admission, and the key that signs forms.
CREATE TABLE application_rule (
	id     TEXT PRIMARY KEY,
	board  TEXT NOT NULL,
	appeal BIGINT NOT NULL,
	paper  TEXT NOT NULL,
	secret TEXT NOT NULL
);
-- +goose Down
DROP TABLE application_rule;
DROP TABLE application_tries;
DROP TABLE application_appeals;
DROP TABLE application_decisions;
DROP TABLE application_keys;
DROP TABLE applications;
