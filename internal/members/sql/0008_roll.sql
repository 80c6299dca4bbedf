-- +goose Up
-- Lists are made of the roll, which is held in memory; what the tables had for them
-- goes. News say which members each version of the register changed, so that the
-- roll can follow; '' is all of them.
CREATE TABLE member_news (
	version BIGINT NOT NULL,
	member  TEXT NOT NULL,
	PRIMARY KEY (version, member)
);
-- What rooms above know of members and lists are filtered by, with a day to which
-- they give a meaning: of "owes" the day by which the oldest open invoice was to be paid.
CREATE TABLE room_marks (
	member TEXT NOT NULL,
	mark   TEXT NOT NULL,
	day    TEXT NOT NULL,
	PRIMARY KEY (member, mark)
);
INSERT INTO room_marks (member, mark, day) SELECT member, substr(mark, 3), day FROM member_marks WHERE mark LIKE 'm:%';
DROP TABLE member_marks;
DROP TABLE member_words;
DROP INDEX members_roll;
DROP INDEX members_kind;
DROP INDEX members_standing;
DROP INDEX members_standing_kind;
DROP INDEX members_silent;
DROP INDEX members_same;
ALTER TABLE members DROP COLUMN here;
ALTER TABLE members DROP COLUMN silent;
ALTER TABLE members DROP COLUMN same_name;
-- +goose Down
ALTER TABLE members ADD COLUMN same_name TEXT NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN silent BIGINT NOT NULL DEFAULT 0;
ALTER TABLE members ADD COLUMN here BIGINT NOT NULL DEFAULT 0;
UPDATE members SET here = 1 WHERE standing IN ('applied', 'active', 'suspended');
UPDATE members SET silent = 1 WHERE standing = 'active' AND (kind = 'organisation' AND agents = 0 OR kind = 'person' AND email = '');
CREATE INDEX members_same ON members (same_name, id);
CREATE INDEX members_silent ON members (silent, sort_key, id);
CREATE INDEX members_standing_kind ON members (standing, kind, sort_key, id);
CREATE INDEX members_standing ON members (standing, sort_key, id);
CREATE INDEX members_kind ON members (here, kind, sort_key, id);
CREATE INDEX members_roll ON members (here, sort_key, id);
CREATE TABLE member_words (word TEXT NOT NULL, sort_key TEXT NOT NULL, member TEXT NOT NULL, kind TEXT NOT NULL, field TEXT NOT NULL, PRIMARY KEY (word, sort_key, member));
CREATE INDEX member_words_member ON member_words (member);
CREATE TABLE member_marks (mark TEXT NOT NULL, kind TEXT NOT NULL, here BIGINT NOT NULL, sort_key TEXT NOT NULL, member TEXT NOT NULL, PRIMARY KEY (mark, kind, here, sort_key, member));
ALTER TABLE member_marks ADD COLUMN day TEXT NOT NULL DEFAULT '';
CREATE INDEX member_marks_member ON member_marks (member);
CREATE INDEX member_marks_day ON member_marks (mark, kind, here, sort_key, member, day) WHERE day <> '';
INSERT INTO member_marks (mark, kind, here, sort_key, member, day) SELECT 'm:' || r.mark, m.kind, m.here, m.sort_key, m.id, r.day FROM room_marks r JOIN members m ON m.id = r.member;
DROP TABLE room_marks;
DROP TABLE member_news;
