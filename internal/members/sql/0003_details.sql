-- +goose Up
ALTER TABLE members ADD COLUMN fields TEXT NOT NULL DEFAULT ''; -- beside the main one
ALTER TABLE members ADD COLUMN region TEXT NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN languages TEXT NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN interest_since TEXT NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN interest_until TEXT NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN interest_decision TEXT NOT NULL DEFAULT '';
DROP INDEX members_field;
DROP INDEX members_kind_field;

-- What lists are filtered by, in the order of the register: "f:dance" of a field,
-- "r:" of a region, "c:" of a category, "t:" of a tag, "i" of public interest,
-- "d:id=value" of a detail.
CREATE TABLE member_marks (
	mark     TEXT NOT NULL,
	kind     TEXT NOT NULL,
	here     BIGINT NOT NULL,
	sort_key TEXT NOT NULL,
	member   TEXT NOT NULL,
	PRIMARY KEY (mark, kind, here, sort_key, member)
);
CREATE INDEX member_marks_member ON member_marks (member);
INSERT INTO member_marks (mark, kind, here, sort_key, member) SELECT 'f:' || field, kind, here, sort_key, id FROM members WHERE field <> '';
INSERT INTO member_marks (mark, kind, here, sort_key, member) SELECT 'c:' || category, kind, here, sort_key, id FROM members WHERE category <> '';

CREATE TABLE member_registrations (
	id        TEXT PRIMARY KEY,
	member    TEXT NOT NULL,
	kind      TEXT NOT NULL,
	number    TEXT NOT NULL,
	since     TEXT NOT NULL,
	proof     TEXT NOT NULL, -- empty for none
	proof_day TEXT NOT NULL,
	note      TEXT NOT NULL,
	file      TEXT NOT NULL, -- hash of its content; empty for none
	file_name TEXT NOT NULL,
	file_type TEXT NOT NULL,
	file_size BIGINT NOT NULL
);
CREATE INDEX member_registrations_member ON member_registrations (member, kind, id);
CREATE INDEX member_registrations_number ON member_registrations (number, kind);

CREATE TABLE details (
	id       TEXT PRIMARY KEY,
	label    TEXT NOT NULL,
	hint     TEXT NOT NULL,
	form     TEXT NOT NULL, -- text, long, number, day, choice, yesno
	choices  TEXT NOT NULL, -- JSON
	seen     TEXT NOT NULL, -- office, self, members
	kind     TEXT NOT NULL, -- empty for both
	required BIGINT NOT NULL,
	closed   BIGINT NOT NULL,
	place    BIGINT NOT NULL
);
CREATE UNIQUE INDEX details_label ON details (label);
CREATE TABLE detail_values (
	member TEXT NOT NULL,
	detail TEXT NOT NULL,
	value  TEXT NOT NULL,
	PRIMARY KEY (member, detail)
);
CREATE INDEX detail_values_detail ON detail_values (detail);

CREATE TABLE tags (
	id       TEXT PRIMARY KEY,
	name     TEXT NOT NULL,
	sort_key TEXT NOT NULL
);
CREATE UNIQUE INDEX tags_name ON tags (name);
CREATE TABLE member_tags (
	member TEXT NOT NULL,
	tag    TEXT NOT NULL,
	PRIMARY KEY (member, tag)
);
CREATE INDEX member_tags_tag ON member_tags (tag, member);

-- Filters that somebody has kept, for themself or for all of the office.
CREATE TABLE kept_filters (
	id       TEXT PRIMARY KEY,
	name     TEXT NOT NULL,
	by_user  TEXT NOT NULL,
	shared   BIGINT NOT NULL,
	filter   TEXT NOT NULL, -- JSON
	columns  TEXT NOT NULL,
	sort_key TEXT NOT NULL
);
CREATE INDEX kept_filters_user ON kept_filters (by_user, sort_key, id);
CREATE INDEX kept_filters_shared ON kept_filters (shared, sort_key, id);
CREATE TABLE chosen_columns (
	by_user TEXT PRIMARY KEY,
	columns TEXT NOT NULL
);

-- Imports are a room of their own.
DROP TABLE member_imports;
-- +goose Down
CREATE TABLE member_imports (
	id TEXT PRIMARY KEY, name TEXT NOT NULL, upload TEXT NOT NULL, state TEXT NOT NULL, by_user TEXT NOT NULL, by_name TEXT NOT NULL, made TEXT NOT NULL,
	mapping TEXT NOT NULL, choices TEXT NOT NULL, seen TEXT NOT NULL, added BIGINT NOT NULL, changed BIGINT NOT NULL, passed BIGINT NOT NULL,
	job TEXT NOT NULL, wrong TEXT NOT NULL, undo TEXT NOT NULL
);
DROP TABLE chosen_columns;
DROP TABLE kept_filters;
DROP TABLE member_tags;
DROP TABLE tags;
DROP TABLE detail_values;
DROP TABLE details;
DROP TABLE member_registrations;
DROP TABLE member_marks;
CREATE INDEX members_kind_field ON members (here, kind, field, sort_key, id);
CREATE INDEX members_field ON members (here, field, sort_key, id);
ALTER TABLE members DROP COLUMN interest_decision;
ALTER TABLE members DROP COLUMN interest_until;
ALTER TABLE members DROP COLUMN interest_since;
ALTER TABLE members DROP COLUMN languages;
ALTER TABLE members DROP COLUMN region;
ALTER TABLE members DROP COLUMN fields;
