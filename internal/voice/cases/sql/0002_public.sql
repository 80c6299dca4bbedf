-- +goose Up
CREATE INDEX cases_heard ON cases (public, breach_on, breach);
CREATE INDEX case_events_day ON case_events (day, id);
-- +goose Down
DROP INDEX case_events_day;
DROP INDEX cases_heard;
