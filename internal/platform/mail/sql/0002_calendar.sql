-- +goose Up
ALTER TABLE mail_letters ADD COLUMN calendar TEXT NOT NULL DEFAULT '';
-- +goose Down
ALTER TABLE mail_letters DROP COLUMN calendar;
