-- +goose Up
CREATE TABLE members (
	id         TEXT PRIMARY KEY,
	kind       TEXT NOT NULL,
	name       TEXT NOT NULL,
	sort_key   TEXT NOT NULL,
	email      TEXT NOT NULL,
	lang       TEXT NOT NULL,
	place      TEXT NOT NULL,
	field      TEXT NOT NULL,
	standing   TEXT NOT NULL,
	term_from  TEXT NOT NULL,
	term_until TEXT NOT NULL,
	phone      TEXT NOT NULL,
	note       TEXT NOT NULL,
	agents     BIGINT NOT NULL,
	revision   BIGINT NOT NULL,
	changed    TEXT NOT NULL,
	here       BIGINT NOT NULL, -- 0 for who has left
	silent     BIGINT NOT NULL,
	found_by   TEXT NOT NULL, -- folded words of name and place
	found_mail TEXT NOT NULL,
	same_name  TEXT NOT NULL -- folded name, for duplicates
);
CREATE UNIQUE INDEX members_email ON members (email) WHERE email <> '';
CREATE INDEX members_roll ON members (here, sort_key, id);
CREATE INDEX members_kind ON members (here, kind, sort_key, id);
CREATE INDEX members_standing ON members (standing, sort_key, id);
CREATE INDEX members_standing_kind ON members (standing, kind, sort_key, id);
CREATE INDEX members_kind_field ON members (here, kind, field, sort_key, id);
CREATE INDEX members_field ON members (here, field, sort_key, id);
CREATE INDEX members_silent ON members (silent, sort_key, id);
CREATE INDEX members_same ON members (same_name, id);

-- Beginnings of words, in the order of the register.
CREATE TABLE member_words (
	word     TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	member   TEXT NOT NULL,
	kind     TEXT NOT NULL,
	field    TEXT NOT NULL,
	PRIMARY KEY (word, sort_key, member)
);
CREATE INDEX member_words_member ON member_words (member);

CREATE TABLE member_agents (
	id      TEXT PRIMARY KEY,
	member  TEXT NOT NULL,
	person  TEXT NOT NULL,
	name    TEXT NOT NULL,
	email   TEXT NOT NULL,
	lang    TEXT NOT NULL,
	since   TEXT NOT NULL,
	until   TEXT NOT NULL,
	answers BIGINT NOT NULL
);
CREATE INDEX member_agents_member ON member_agents (member, since, id);
CREATE INDEX member_agents_email ON member_agents (email);
CREATE INDEX member_agents_person ON member_agents (person);

CREATE TABLE member_counts (
	kind     TEXT NOT NULL,
	standing TEXT NOT NULL, -- "silent" for those with nobody to answer
	n        BIGINT NOT NULL,
	PRIMARY KEY (kind, standing)
);

-- An import from its upload until the next one. The upload is taken out when the
-- import is over, and what it takes to undo it when the next one is.
CREATE TABLE member_imports (
	id       TEXT PRIMARY KEY,
	name     TEXT NOT NULL,
	upload   TEXT NOT NULL,
	state    TEXT NOT NULL,
	by_user  TEXT NOT NULL,
	by_name  TEXT NOT NULL,
	made     TEXT NOT NULL,
	mapping  TEXT NOT NULL, -- JSON: what each column is
	choices  TEXT NOT NULL, -- JSON: what is done with rows, by line
	seen     TEXT NOT NULL, -- the plan that was agreed to, as a hash
	added    BIGINT NOT NULL,
	changed  BIGINT NOT NULL,
	passed   BIGINT NOT NULL,
	job      TEXT NOT NULL,
	wrong    TEXT NOT NULL, -- key of why it stopped
	undo     TEXT NOT NULL -- JSON: what it wrote, and how that was before
);
-- +goose Down
DROP TABLE member_imports;
DROP TABLE member_counts;
DROP TABLE member_agents;
DROP TABLE member_words;
DROP TABLE members;
