-- +goose Up
CREATE TABLE law_acts (
	id            TEXT PRIMARY KEY,
	title         TEXT NOT NULL,
	short         TEXT NOT NULL,
	jurisdiction  TEXT NOT NULL,
	lang          TEXT NOT NULL,
	kind          TEXT NOT NULL,
	sort_key      TEXT NOT NULL,
	words         TEXT NOT NULL,
	versions      BIGINT NOT NULL,
	latest        TEXT NOT NULL,
	open_versions BIGINT NOT NULL,
	open_latest   TEXT NOT NULL,
	created       TEXT NOT NULL
);
CREATE INDEX law_acts_sorted ON law_acts (sort_key, id);
CREATE TABLE law_versions (
	id       TEXT PRIMARY KEY,
	act      TEXT NOT NULL REFERENCES law_acts (id),
	stage    TEXT NOT NULL,
	label    TEXT NOT NULL,
	on_day   TEXT NOT NULL,
	source   TEXT NOT NULL,
	blob     TEXT NOT NULL,
	hash     TEXT NOT NULL,
	lang     TEXT NOT NULL,
	is_open  BIGINT NOT NULL,
	articles BIGINT NOT NULL,
	notes    BIGINT NOT NULL,
	created  TEXT NOT NULL
);
CREATE UNIQUE INDEX law_versions_text ON law_versions (act, stage, hash);
CREATE INDEX law_versions_days ON law_versions (act, on_day, id);
CREATE TABLE law_texts (
	version    TEXT PRIMARY KEY REFERENCES law_versions (id),
	title      TEXT NOT NULL,
	short      TEXT NOT NULL,
	front      TEXT NOT NULL,
	components TEXT NOT NULL,
	notes      TEXT NOT NULL,
	body       TEXT NOT NULL
);
CREATE TABLE law_provisions (
	version   TEXT NOT NULL REFERENCES law_versions (id),
	ord       BIGINT NOT NULL,
	id        TEXT NOT NULL,
	act       TEXT NOT NULL,
	component BIGINT NOT NULL,
	depth     BIGINT NOT NULL,
	kind      TEXT NOT NULL,
	label     TEXT NOT NULL,
	num       TEXT NOT NULL,
	heading   TEXT NOT NULL,
	above     BIGINT NOT NULL,
	intro     TEXT NOT NULL,
	tail      TEXT NOT NULL,
	deleted   BIGINT NOT NULL,
	hash      TEXT NOT NULL,
	PRIMARY KEY (version, ord)
);
CREATE INDEX law_provisions_history ON law_provisions (act, id);
CREATE TABLE law_remarks (
	version   TEXT NOT NULL REFERENCES law_versions (id),
	provision TEXT NOT NULL,
	words     TEXT NOT NULL,
	name      TEXT NOT NULL,
	at        TEXT NOT NULL,
	PRIMARY KEY (version, provision)
);
-- +goose Down
DROP TABLE law_remarks;
DROP TABLE law_provisions;
DROP TABLE law_texts;
DROP TABLE law_versions;
DROP TABLE law_acts;
