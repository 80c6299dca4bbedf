-- +goose Up
-- What entries and categories said until a day (JSON), and when we learned what.
-- What was written before this is noted on no day.
ALTER TABLE members ADD COLUMN former TEXT NOT NULL DEFAULT '';
ALTER TABLE categories ADD COLUMN former TEXT NOT NULL DEFAULT '';
ALTER TABLE member_spells ADD COLUMN noted TEXT NOT NULL DEFAULT '';
ALTER TABLE category_spells ADD COLUMN noted TEXT NOT NULL DEFAULT '';
ALTER TABLE member_agents ADD COLUMN noted TEXT NOT NULL DEFAULT '';
ALTER TABLE member_registrations ADD COLUMN noted TEXT NOT NULL DEFAULT '';
ALTER TABLE member_registrations ADD COLUMN until_day TEXT NOT NULL DEFAULT ''; -- the first day without it
-- What a registration was until the day it was replaced is a row of its own, which
-- leads to what it is now.
ALTER TABLE member_registrations ADD COLUMN now TEXT NOT NULL DEFAULT '';
ALTER TABLE member_registrations ADD COLUMN replaced TEXT NOT NULL DEFAULT '';
-- +goose Down
DELETE FROM member_registrations WHERE now <> '';
ALTER TABLE member_registrations DROP COLUMN replaced;
ALTER TABLE member_registrations DROP COLUMN now;
ALTER TABLE member_registrations DROP COLUMN until_day;
ALTER TABLE member_registrations DROP COLUMN noted;
ALTER TABLE member_agents DROP COLUMN noted;
ALTER TABLE category_spells DROP COLUMN noted;
ALTER TABLE member_spells DROP COLUMN noted;
ALTER TABLE categories DROP COLUMN former;
ALTER TABLE members DROP COLUMN former;
