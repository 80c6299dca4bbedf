-- +goose Up
CREATE TABLE deliveries (
	id        TEXT PRIMARY KEY,
	case_id   TEXT NOT NULL,
	position  TEXT NOT NULL,
	version   BIGINT NOT NULL,
	body      TEXT NOT NULL,
	recipient TEXT NOT NULL,
	address   TEXT NOT NULL,
	channel   TEXT NOT NULL,
	sent_on   TEXT NOT NULL,
	clock     TEXT NOT NULL,
	due_on    TEXT NOT NULL,
	due_rule  TEXT NOT NULL,
	due_force TEXT NOT NULL,
	proofs    TEXT NOT NULL,
	note      TEXT NOT NULL,
	answered  TEXT NOT NULL,
	by_is     TEXT NOT NULL,
	made      TEXT NOT NULL,
	papers    TEXT NOT NULL
);
CREATE INDEX deliveries_case ON deliveries (case_id, made);

CREATE TABLE answers (
	id       TEXT PRIMARY KEY,
	case_id  TEXT NOT NULL,
	delivery TEXT NOT NULL,
	sender   TEXT NOT NULL,
	day      TEXT NOT NULL,
	channel  TEXT NOT NULL,
	tenor    TEXT NOT NULL,
	summary  TEXT NOT NULL,
	file     TEXT NOT NULL,
	by_is    TEXT NOT NULL,
	made     TEXT NOT NULL
);
CREATE INDEX answers_case ON answers (case_id, day);
CREATE INDEX answers_delivery ON answers (delivery, day);

CREATE TABLE judgements (
	id         TEXT PRIMARY KEY,
	proposal   TEXT NOT NULL,
	turn       BIGINT NOT NULL,
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
	lang       TEXT NOT NULL,
	text       TEXT NOT NULL,
	marks      TEXT NOT NULL,
	note       TEXT NOT NULL,
	suggested  TEXT NOT NULL,
	score      BIGINT NOT NULL,
	evidence   BIGINT NOT NULL,
	judged_by  TEXT NOT NULL,
	judged_is  TEXT NOT NULL,
	judged_on  TEXT NOT NULL,
	newest     BIGINT NOT NULL
);
CREATE INDEX judgements_case ON judgements (case_id, newest, number);
CREATE UNIQUE INDEX judgements_proposal ON judgements (proposal, turn);
CREATE INDEX judgements_text ON judgements (case_id, version);

CREATE TABLE outcome_counts (
	case_id    TEXT NOT NULL,
	year       BIGINT NOT NULL,
	body       TEXT NOT NULL,
	taken      BIGINT NOT NULL,
	partly     BIGINT NOT NULL,
	refused    BIGINT NOT NULL,
	silence    BIGINT NOT NULL,
	figures    BIGINT NOT NULL,
	deliveries BIGINT NOT NULL,
	unanswered BIGINT NOT NULL,
	waited     BIGINT NOT NULL,
	since      BIGINT NOT NULL,
	PRIMARY KEY (case_id, year, body)
);
CREATE INDEX outcome_counts_year ON outcome_counts (year, case_id);
-- +goose Down
DROP TABLE outcome_counts;
DROP TABLE judgements;
DROP TABLE answers;
DROP TABLE deliveries;
