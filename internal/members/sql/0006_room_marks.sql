-- +goose Up
-- Marks that begin with "m:" are set by rooms above, with a day that they give a
-- meaning to: "m:owes" has the day by which the oldest open invoice was to be paid.
ALTER TABLE member_marks ADD COLUMN day TEXT NOT NULL DEFAULT '';
CREATE INDEX member_marks_day ON member_marks (mark, kind, here, sort_key, member, day) WHERE day <> '';
-- +goose Down
DROP INDEX member_marks_day;
DELETE FROM member_marks WHERE mark LIKE 'm:%';
ALTER TABLE member_marks DROP COLUMN day;
