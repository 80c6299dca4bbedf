-- +goose Up
CREATE TABLE member_merges (
	gone TEXT PRIMARY KEY, -- leads to the one that was kept
	kept TEXT NOT NULL,
	name TEXT NOT NULL,
	made TEXT NOT NULL
);
CREATE INDEX member_merges_kept ON member_merges (kept);
-- Two who look alike and are not the same; a is the lesser ID.
CREATE TABLE member_distinct (
	a TEXT NOT NULL,
	b TEXT NOT NULL,
	PRIMARY KEY (a, b)
);
-- +goose Down
DROP TABLE member_distinct;
DROP TABLE member_merges;
