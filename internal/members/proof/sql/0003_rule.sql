-- +goose Up
ALTER TABLE proof_extracts ADD COLUMN rule TEXT NOT NULL DEFAULT ''; -- by which electors are counted on it
-- +goose Down
ALTER TABLE proof_extracts DROP COLUMN rule;
