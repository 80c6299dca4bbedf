-- +goose Up
-- Views of the register are a room of their own.
DROP TABLE chosen_columns;
DROP TABLE kept_filters;
-- +goose Down
-- Filters that somebody has kept, for themself or for all of the office.
CREATE TABLE kept_filters (
	id       TEXT PRIMARY KEY,
	name     TEXT NOT NULL,
	by_user  TEXT NOT NULL,
	shared   BIGINT NOT NULL,
	filter   TEXT NOT NULL, -- JSON
	columns  TEXT NOT NULL,
	sort_key TEXT NOT NULL
);
CREATE INDEX kept_filters_user ON kept_filters (by_user, sort_key, id);
CREATE INDEX kept_filters_shared ON kept_filters (shared, sort_key, id);
CREATE TABLE chosen_columns (
	by_user TEXT PRIMARY KEY,
	columns TEXT NOT NULL
);
