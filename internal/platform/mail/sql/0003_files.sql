-- +goose Up
ALTER TABLE mail_letters ADD COLUMN files TEXT NOT NULL DEFAULT '';
-- +goose Down
ALTER TABLE mail_letters DROP COLUMN files;
