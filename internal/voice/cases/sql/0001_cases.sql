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
	position_now TEXT NOT NULL,
	words        TEXT NOT NULL,
	texts        BIGINT NOT NULL,
	contacts     BIGINT NOT NULL,
	evidence     BIGINT NOT NULL,
	claimed      TEXT NOT NULL,
	breach       TEXT NOT NULL,
	breach_on    TEXT NOT NULL,
	ruled        TEXT NOT NULL,
	ruled_why    TEXT NOT NULL,
	ruled_by     TEXT NOT NULL,
	ruled_on     TEXT NOT NULL
);
CREATE INDEX cases_state ON cases (state, changed, id);
CREATE INDEX cases_state_next ON cases (state, next_due, id);
CREATE INDEX cases_owner ON cases (owner, changed, id);
CREATE INDEX cases_kind ON cases (kind, changed, id);
CREATE INDEX cases_breach ON cases (breach_on, breach);
CREATE INDEX cases_changed ON cases (changed, id);
CREATE INDEX cases_public ON cases (public, changed, id);
CREATE INDEX cases_act ON cases (act, changed, id);
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
CREATE INDEX case_dues_owner ON case_dues (owner, waiting, day, id);
CREATE INDEX case_dues_case ON case_dues (case_id, day, id);

CREATE TABLE case_events (
	id      TEXT PRIMARY KEY,
	case_id TEXT NOT NULL,
	event   TEXT NOT NULL,
	day     TEXT NOT NULL,
	note    TEXT NOT NULL,
	who     TEXT NOT NULL,
	who_is  TEXT NOT NULL
);
CREATE INDEX case_events_case ON case_events (case_id, day, id);

CREATE TABLE case_contacts (
	id           TEXT PRIMARY KEY,
	case_id      TEXT NOT NULL,
	day          TEXT NOT NULL,
	ours         TEXT NOT NULL,
	official     TEXT NOT NULL,
	office       TEXT NOT NULL,
	organisation TEXT NOT NULL,
	place        TEXT NOT NULL,
	channel      TEXT NOT NULL,
	field        TEXT NOT NULL,
	aim          TEXT NOT NULL,
	attachments  TEXT NOT NULL,
	who_is       TEXT NOT NULL
);
CREATE INDEX case_contacts_case ON case_contacts (case_id, day, id);

CREATE TABLE case_evidence (
	id       TEXT PRIMARY KEY,
	case_id  TEXT NOT NULL,
	title    TEXT NOT NULL,
	link     TEXT NOT NULL,
	citation TEXT NOT NULL,
	note     TEXT NOT NULL,
	who_is   TEXT NOT NULL
);
CREATE INDEX case_evidence_case ON case_evidence (case_id, id);

CREATE TABLE case_related (
	case_id TEXT NOT NULL,
	other   TEXT NOT NULL,
	note    TEXT NOT NULL,
	PRIMARY KEY (case_id, other)
);

CREATE TABLE case_intakes (
	id      TEXT PRIMARY KEY,
	who     TEXT NOT NULL,
	who_is  TEXT NOT NULL,
	name    TEXT NOT NULL,
	source  TEXT NOT NULL,
	text    TEXT NOT NULL,
	blob    TEXT NOT NULL,
	read_by TEXT NOT NULL,
	notes   TEXT NOT NULL,
	problem TEXT NOT NULL,
	signal  TEXT NOT NULL,
	created TEXT NOT NULL,
	for_id  TEXT NOT NULL,
	case_id TEXT NOT NULL
);
CREATE INDEX case_intakes_open ON case_intakes (case_id, id);
-- +goose Down
DROP TABLE case_intakes;
DROP TABLE case_related;
DROP TABLE case_evidence;
DROP TABLE case_contacts;
DROP TABLE case_events;
DROP TABLE case_dues;
DROP TABLE case_texts;
DROP TABLE cases;
