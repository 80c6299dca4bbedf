-- +goose Up
ALTER TABLE members ADD COLUMN since TEXT NOT NULL DEFAULT ''; -- first day of the standing
ALTER TABLE members ADD COLUMN category TEXT NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN street TEXT NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN postcode TEXT NOT NULL DEFAULT '';
CREATE INDEX members_all ON members (sort_key, id);

-- The standing of each member over time: each spell begins where the one before it
-- ends, and the last has no end.
CREATE TABLE member_spells (
	member    TEXT NOT NULL,
	n         BIGINT NOT NULL,
	standing  TEXT NOT NULL,
	from_day  TEXT NOT NULL,
	until_day TEXT NOT NULL,
	reason    TEXT NOT NULL,
	decision  TEXT NOT NULL,
	PRIMARY KEY (member, n)
);
CREATE INDEX member_spells_decision ON member_spells (decision);

INSERT INTO member_spells (member, n, standing, from_day, until_day, reason, decision)
SELECT id, 1, 'applied', substr(changed, 1, 10), '', '', '' FROM members WHERE standing = 'applied';
INSERT INTO member_spells (member, n, standing, from_day, until_day, reason, decision)
SELECT id, 1, 'active', term_from, term_until, '', '' FROM members WHERE standing IN ('active', 'left');
INSERT INTO member_spells (member, n, standing, from_day, until_day, reason, decision)
SELECT id, 2, 'left', term_until, '', '', '' FROM members WHERE standing = 'left';
UPDATE members SET since = CASE standing WHEN 'applied' THEN substr(changed, 1, 10) WHEN 'active' THEN term_from ELSE term_until END;

CREATE TABLE categories (
	id       TEXT PRIMARY KEY,
	name     TEXT NOT NULL,
	note     TEXT NOT NULL,
	kind     TEXT NOT NULL, -- empty for both
	votes    BIGINT NOT NULL,
	closed   BIGINT NOT NULL, -- no longer given
	sort_key TEXT NOT NULL
);
CREATE UNIQUE INDEX categories_name ON categories (name);

-- The category of each member over time, as member_spells.
CREATE TABLE category_spells (
	member    TEXT NOT NULL,
	n         BIGINT NOT NULL,
	category  TEXT NOT NULL, -- empty for none
	from_day  TEXT NOT NULL,
	until_day TEXT NOT NULL,
	PRIMARY KEY (member, n)
);
CREATE INDEX category_spells_category ON category_spells (category);
-- +goose Down
DROP TABLE category_spells;
DROP TABLE categories;
DROP TABLE member_spells;
DROP INDEX members_all;
ALTER TABLE members DROP COLUMN postcode;
ALTER TABLE members DROP COLUMN street;
ALTER TABLE members DROP COLUMN category;
ALTER TABLE members DROP COLUMN since;
