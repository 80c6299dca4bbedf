-- +goose Up
-- A change of standing that is noted ahead, and the first day in it. Where it was made
-- at once before, the day says that the standing has to be looked at.
ALTER TABLE members ADD COLUMN ahead TEXT NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN ahead_on TEXT NOT NULL DEFAULT '';
CREATE INDEX members_ahead ON members (ahead_on, id) WHERE ahead_on <> '';
UPDATE members SET ahead = standing, ahead_on = '2000-01-01' WHERE since > CAST(CURRENT_DATE AS TEXT);
-- +goose Down
DROP INDEX members_ahead;
ALTER TABLE members DROP COLUMN ahead_on;
ALTER TABLE members DROP COLUMN ahead;
