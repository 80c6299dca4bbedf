-- +goose Up
CREATE INDEX meeting_attendees_there ON meeting_attendees (meeting, counts, sort_key, id);
CREATE INDEX meeting_attendees_counts ON meeting_attendees (meeting, counts, way);
-- +goose Down
DROP INDEX meeting_attendees_counts;
DROP INDEX meeting_attendees_there;
