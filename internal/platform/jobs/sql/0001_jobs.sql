-- +goose Up
CREATE TABLE jobs (
	id         TEXT PRIMARY KEY,
	kind       TEXT NOT NULL,
	args       TEXT NOT NULL,
	only_one   TEXT NOT NULL,
	title      TEXT NOT NULL,
	by_user    TEXT NOT NULL,
	state      TEXT NOT NULL,
	added_at   TEXT NOT NULL,
	due_at     TEXT NOT NULL,
	ended_at   TEXT NOT NULL,
	taken_by   TEXT NOT NULL,
	tries      BIGINT NOT NULL,
	steps_done BIGINT NOT NULL,
	steps_all  BIGINT NOT NULL,
	step       TEXT NOT NULL,
	stopping   BIGINT NOT NULL,
	words      TEXT NOT NULL
);
CREATE INDEX jobs_due ON jobs (due_at, id) WHERE state IN ('waiting', 'running');
CREATE INDEX jobs_ended ON jobs (ended_at) WHERE state IN ('done', 'cancelled');
CREATE UNIQUE INDEX jobs_only_one ON jobs (only_one) WHERE state = 'waiting' AND only_one <> '';
CREATE TABLE jobs_slots (
	schedule TEXT PRIMARY KEY,
	slot     TEXT NOT NULL
);
-- +goose Down
DROP TABLE jobs_slots;
DROP TABLE jobs;
