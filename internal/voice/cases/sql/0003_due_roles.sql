-- +goose Up
-- Whose list of today shows a due; 0 is everybody's who has one.
ALTER TABLE case_dues ADD COLUMN roles BIGINT NOT NULL DEFAULT 0;
-- +goose Down
ALTER TABLE case_dues DROP COLUMN roles;
