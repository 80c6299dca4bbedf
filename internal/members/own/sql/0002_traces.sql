-- +goose Up
-- Where words about who was erased are left that people wrote: the row and the place in
-- it, but no word of them.
CREATE TABLE own_traces (
	id      TEXT PRIMARY KEY,
	member  TEXT NOT NULL,
	place   TEXT NOT NULL, -- table
	spots   TEXT NOT NULL, -- JSON: which row, where in it, and the hash of its texts
	state   TEXT NOT NULL, -- open, struck, kept, gone
	reason  TEXT NOT NULL, -- why it is kept
	by_name TEXT NOT NULL,
	settled TEXT NOT NULL
);
CREATE INDEX own_traces_member ON own_traces (member, state, id);
ALTER TABLE own_erased ADD COLUMN closed TEXT NOT NULL DEFAULT ''; -- when the list was gone through
ALTER TABLE own_erased ADD COLUMN closed_by TEXT NOT NULL DEFAULT '';
-- +goose Down
ALTER TABLE own_erased DROP COLUMN closed_by;
ALTER TABLE own_erased DROP COLUMN closed;
DROP TABLE own_traces;
