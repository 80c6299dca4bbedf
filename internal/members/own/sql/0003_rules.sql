-- +goose Up
-- Who decided on a rule and when, and when it was last gone by.
ALTER TABLE own_rules ADD COLUMN by_name TEXT NOT NULL DEFAULT '';
ALTER TABLE own_rules ADD COLUMN decided TEXT NOT NULL DEFAULT '';
ALTER TABLE own_rules ADD COLUMN gone_by TEXT NOT NULL DEFAULT '';
ALTER TABLE own_rules ADD COLUMN gone BIGINT NOT NULL DEFAULT 0;
-- +goose Down
ALTER TABLE own_rules DROP COLUMN gone;
ALTER TABLE own_rules DROP COLUMN gone_by;
ALTER TABLE own_rules DROP COLUMN decided;
ALTER TABLE own_rules DROP COLUMN by_name;
