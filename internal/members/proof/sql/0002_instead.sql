-- +goose Up
ALTER TABLE proof_extracts ADD COLUMN category TEXT NOT NULL DEFAULT ''; -- of members; empty for all
ALTER TABLE proof_extracts ADD COLUMN replaces TEXT NOT NULL DEFAULT ''; -- the extract in whose place it stands
ALTER TABLE proof_extracts ADD COLUMN instead TEXT NOT NULL DEFAULT ''; -- the one that stands in its place
CREATE TABLE proof_rules (
	id   TEXT PRIMARY KEY,
	rule TEXT NOT NULL, -- JSON
	made TEXT NOT NULL
);
-- +goose Down
DROP TABLE proof_rules;
ALTER TABLE proof_extracts DROP COLUMN instead;
ALTER TABLE proof_extracts DROP COLUMN replaces;
ALTER TABLE proof_extracts DROP COLUMN category;
