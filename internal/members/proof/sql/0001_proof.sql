-- +goose Up
-- An extract, from when it was asked for. What it says of members is in its files.
CREATE TABLE proof_extracts (
	id            TEXT PRIMARY KEY, -- 2026-000003
	as_of         TEXT NOT NULL,
	kind          TEXT NOT NULL, -- of members; empty for both
	member        TEXT NOT NULL, -- of whom alone; empty for all
	purpose       TEXT NOT NULL,
	lang          TEXT NOT NULL,
	state         TEXT NOT NULL,
	made          TEXT NOT NULL,
	by_user       TEXT NOT NULL,
	by_name       TEXT NOT NULL,
	organisations BIGINT NOT NULL,
	persons       BIGINT NOT NULL,
	proven        BIGINT NOT NULL,
	before        TEXT NOT NULL, -- hash of the extract before
	token         TEXT NOT NULL,
	job           TEXT NOT NULL,
	withdrawn     TEXT NOT NULL, -- the day, and why
	reason        TEXT NOT NULL
);
CREATE UNIQUE INDEX proof_extracts_token ON proof_extracts (token);
CREATE INDEX proof_extracts_member ON proof_extracts (member, id);

CREATE TABLE proof_files (
	extract TEXT NOT NULL,
	format  TEXT NOT NULL,
	hash    TEXT NOT NULL,
	size    BIGINT NOT NULL,
	gone    BIGINT NOT NULL, -- 1 when the file is no longer kept; the hash stays
	PRIMARY KEY (extract, format)
);
CREATE INDEX proof_files_hash ON proof_files (hash);
-- +goose Down
DROP TABLE proof_files;
DROP TABLE proof_extracts;
