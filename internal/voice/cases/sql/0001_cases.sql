-- +goose Up
CREATE TABLE cases (
	id           TEXT PRIMARY KEY,
	title        TEXT NOT NULL,
	short        TEXT NOT NULL,
	kind         TEXT NOT NULL,
	variant      TEXT NOT NULL,
	lead         TEXT NOT NULL,
	proposer     TEXT NOT NULL,
	body         TEXT NOT NULL,
	eva          TEXT NOT NULL,
	epa          TEXT NOT NULL,
	sop          TEXT NOT NULL,
	code         TEXT NOT NULL,
	act          TEXT NOT NULL,
	state        TEXT NOT NULL,
	public       BIGINT NOT NULL,
	owner        TEXT NOT NULL,
	owner_is     TEXT NOT NULL,
	opened       TEXT NOT NULL,
	changed      TEXT NOT NULL,
	revision     BIGINT NOT NULL,
	next_key     TEXT NOT NULL,
	next_label   TEXT NOT NULL,
	next_due     TEXT NOT NULL,
	next_force   TEXT NOT NULL,
	comments     BIGINT NOT NULL,
	proposals    BIGINT NOT NULL,
	taken        BIGINT NOT NULL,
	partly       BIGINT NOT NULL,
	members      BIGINT NOT NULL,
	position_now TEXT NOT NULL
);
CREATE INDEX cases_state ON cases (state, changed, id);
CREATE INDEX cases_changed ON cases (changed, id);
CREATE INDEX cases_public ON cases (public, changed, id);
CREATE INDEX cases_act ON cases (act, id);
CREATE INDEX cases_next ON cases (next_due, id);

CREATE TABLE case_texts (
	case_id TEXT NOT NULL,
	version TEXT NOT NULL,
	role    TEXT NOT NULL,
	label   TEXT NOT NULL,
	day     TEXT NOT NULL,
	PRIMARY KEY (case_id, version)
);
CREATE INDEX case_texts_version ON case_texts (version);

CREATE TABLE case_dues (
	id       TEXT PRIMARY KEY,
	case_id  TEXT NOT NULL,
	kind     TEXT NOT NULL,
	args     TEXT NOT NULL,
	day      TEXT NOT NULL,
	waiting  BIGINT NOT NULL,
	owner    TEXT NOT NULL,
	owner_is TEXT NOT NULL,
	link     TEXT NOT NULL,
	force    TEXT NOT NULL,
	snoozed  TEXT NOT NULL
);
CREATE INDEX case_dues_day ON case_dues (waiting, day, id);
CREATE INDEX case_dues_case ON case_dues (case_id, day);
-- +goose Down
DROP TABLE case_dues;
DROP TABLE case_texts;
DROP TABLE cases;
