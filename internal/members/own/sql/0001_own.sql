-- +goose Up
CREATE TABLE own_consents (
	id      TEXT PRIMARY KEY,
	member  TEXT NOT NULL,
	key     TEXT NOT NULL,
	text    TEXT NOT NULL, -- as it was read
	given   TEXT NOT NULL,
	ended   TEXT NOT NULL, -- empty while it holds
	by_name TEXT NOT NULL
);
CREATE INDEX own_consents_member ON own_consents (member, key, id);
CREATE INDEX own_consents_key ON own_consents (key, ended, member);

CREATE TABLE own_wishes (
	id      TEXT PRIMARY KEY,
	member  TEXT NOT NULL,
	kind    TEXT NOT NULL, -- name, email, numbers, leave, erase
	value   TEXT NOT NULL,
	reason  TEXT NOT NULL,
	state   TEXT NOT NULL, -- open, done, refused, withdrawn
	answer  TEXT NOT NULL,
	by_user TEXT NOT NULL,
	by_name TEXT NOT NULL,
	made    TEXT NOT NULL,
	settled TEXT NOT NULL
);
CREATE INDEX own_wishes_state ON own_wishes (state, id);
CREATE INDEX own_wishes_member ON own_wishes (member, id);

CREATE TABLE own_campaigns (
	id     TEXT PRIMARY KEY,
	year   BIGINT NOT NULL UNIQUE,
	begun  TEXT NOT NULL,
	asked  BIGINT NOT NULL,
	silent BIGINT NOT NULL, -- had nobody to write to
	said   BIGINT NOT NULL
);
CREATE TABLE own_asked (
	campaign  TEXT NOT NULL,
	member    TEXT NOT NULL,
	sort_key  TEXT NOT NULL,
	name      TEXT NOT NULL,
	email     TEXT NOT NULL,
	hash      TEXT NOT NULL,
	confirmed TEXT NOT NULL, -- when; empty until then
	by_name   TEXT NOT NULL,
	PRIMARY KEY (campaign, member)
);
CREATE INDEX own_asked_list ON own_asked (campaign, confirmed, sort_key, member);
CREATE INDEX own_asked_member ON own_asked (member);
CREATE UNIQUE INDEX own_asked_hash ON own_asked (hash) WHERE hash <> '';

CREATE TABLE own_exports (
	id      TEXT PRIMARY KEY,
	member  TEXT NOT NULL,
	by_user TEXT NOT NULL,
	state   TEXT NOT NULL, -- waiting, done
	file    TEXT NOT NULL, -- hash of its content
	size    BIGINT NOT NULL,
	made    TEXT NOT NULL,
	until   TEXT NOT NULL
);
CREATE INDEX own_exports_member ON own_exports (member, id);
CREATE INDEX own_exports_until ON own_exports (until);

-- Who was erased, without a word of who that was: for backups that are restored.
CREATE TABLE own_erased (
	member  TEXT PRIMARY KEY,
	email   TEXT NOT NULL, -- SHA-256; empty if there was none
	on_day  TEXT NOT NULL,
	reason  TEXT NOT NULL, -- request, retention
	by_name TEXT NOT NULL,
	traces  TEXT NOT NULL  -- JSON: tables in which a trace was left
);
CREATE INDEX own_erased_day ON own_erased (on_day, member);

CREATE TABLE own_rules (
	kind   TEXT PRIMARY KEY,
	years  BIGINT NOT NULL,
	basis  TEXT NOT NULL,
	active BIGINT NOT NULL
);
-- +goose Down
DROP TABLE own_rules;
DROP TABLE own_erased;
DROP TABLE own_exports;
DROP TABLE own_asked;
DROP TABLE own_campaigns;
DROP TABLE own_wishes;
DROP TABLE own_consents;
