-- +goose Up
CREATE TABLE deliveries (
	id       TEXT PRIMARY KEY,
	case_id  TEXT NOT NULL,
	position TEXT NOT NULL,
	version  BIGINT NOT NULL,
	body     TEXT NOT NULL,
	recipient TEXT NOT NULL,
	address  TEXT NOT NULL,
	channel  TEXT NOT NULL,
	sent_on  TEXT NOT NULL,
	due_on   TEXT NOT NULL,
	due_rule TEXT NOT NULL,
	proof    TEXT NOT NULL,
	proof_is TEXT NOT NULL,
	note     TEXT NOT NULL,
	answered TEXT NOT NULL,
	by_is    TEXT NOT NULL,
	made     TEXT NOT NULL,
	papers   TEXT NOT NULL
);
CREATE INDEX deliveries_case ON deliveries (case_id, made);
CREATE INDEX deliveries_sent ON deliveries (sent_on, body, answered);

CREATE TABLE answers (
	id       TEXT PRIMARY KEY,
	case_id  TEXT NOT NULL,
	delivery TEXT NOT NULL,
	sender   TEXT NOT NULL,
	day      TEXT NOT NULL,
	channel  TEXT NOT NULL,
	tenor    TEXT NOT NULL,
	summary  TEXT NOT NULL,
	blob     TEXT NOT NULL,
	blob_is  TEXT NOT NULL,
	by_is    TEXT NOT NULL,
	made     TEXT NOT NULL
);
CREATE INDEX answers_case ON answers (case_id, day);

CREATE TABLE judgements (
	proposal   TEXT NOT NULL,
	version    TEXT NOT NULL,
	position   TEXT NOT NULL,
	edition    BIGINT NOT NULL,
	case_id    TEXT NOT NULL,
	number     BIGINT NOT NULL,
	title      TEXT NOT NULL,
	cite       TEXT NOT NULL,
	text_is    TEXT NOT NULL,
	text_on    TEXT NOT NULL,
	body       TEXT NOT NULL,
	verdict    TEXT NOT NULL,
	passage    TEXT NOT NULL,
	passage_is TEXT NOT NULL,
	text       TEXT NOT NULL,
	marks      TEXT NOT NULL,
	note       TEXT NOT NULL,
	suggested  TEXT NOT NULL,
	score      BIGINT NOT NULL,
	evidence   BIGINT NOT NULL,
	judged_by  TEXT NOT NULL,
	judged_is  TEXT NOT NULL,
	judged_on  TEXT NOT NULL,
	year       TEXT NOT NULL,
	newest     BIGINT NOT NULL,
	PRIMARY KEY (proposal, version)
);
CREATE INDEX judgements_case ON judgements (case_id, newest, number);
CREATE INDEX judgements_year ON judgements (newest, year, body, verdict, evidence);
-- +goose Down
DROP TABLE judgements;
DROP TABLE answers;
DROP TABLE deliveries;
