-- +goose Up
-- Who may read the words of a letter, as a set of roles; 0 for all who see the outbox.
-- Letters about dues say what members declared, or what it can be reckoned from: 2 is
-- the office.
ALTER TABLE mail_letters ADD COLUMN readers BIGINT NOT NULL DEFAULT 0;
UPDATE mail_letters SET readers = 2 WHERE about LIKE 'dues/declare/%' OR about LIKE 'invoice/%';
-- +goose Down
ALTER TABLE mail_letters DROP COLUMN readers;
