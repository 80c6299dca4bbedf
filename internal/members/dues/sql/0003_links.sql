-- +goose Up
-- A personal link has its last day, and says why it ended before.
ALTER TABLE dues_keys ADD COLUMN until TEXT NOT NULL DEFAULT '';
ALTER TABLE dues_keys ADD COLUMN ended TEXT NOT NULL DEFAULT '';
-- How many days things hold that the house may set.
CREATE TABLE dues_terms (
	name TEXT PRIMARY KEY,
	days BIGINT NOT NULL
);
-- +goose Down
DROP TABLE dues_terms;
ALTER TABLE dues_keys DROP COLUMN ended;
ALTER TABLE dues_keys DROP COLUMN until;
