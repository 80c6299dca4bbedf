-- +goose Up
CREATE TABLE audit_lines (
	id      TEXT PRIMARY KEY,
	at      TEXT NOT NULL,
	who     TEXT NOT NULL,
	name    TEXT NOT NULL,
	deed    TEXT NOT NULL,
	subject TEXT NOT NULL,
	detail  TEXT NOT NULL
);
CREATE INDEX audit_lines_subject ON audit_lines (subject, id);
-- +goose Down
DROP TABLE audit_lines;
