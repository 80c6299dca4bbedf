-- +goose Up
-- An import from its upload until the next one. The upload is taken out when the
-- import is over, and what it takes to undo it when the next one is.
CREATE TABLE imports (
	id       TEXT PRIMARY KEY,
	name     TEXT NOT NULL,
	upload   TEXT NOT NULL, -- as CSV
	state    TEXT NOT NULL,
	by_user  TEXT NOT NULL,
	by_name  TEXT NOT NULL,
	made     TEXT NOT NULL,
	mapping  TEXT NOT NULL, -- JSON: what each column is
	choices  TEXT NOT NULL, -- JSON: what is done with rows, by line
	seen     TEXT NOT NULL, -- the plan that was agreed to, as a hash
	done     BIGINT NOT NULL, -- how many rows of the plan are written
	added    BIGINT NOT NULL,
	changed  BIGINT NOT NULL,
	passed   BIGINT NOT NULL,
	job      TEXT NOT NULL,
	wrong    TEXT NOT NULL -- key of why it stopped
);
CREATE INDEX imports_state ON imports (state, id);
CREATE TABLE import_rows (
	import TEXT NOT NULL,
	n      BIGINT NOT NULL,
	undo   TEXT NOT NULL, -- JSON: what was written for the row, and how that was before
	PRIMARY KEY (import, n)
);
-- +goose Down
DROP TABLE import_rows;
DROP TABLE imports;
