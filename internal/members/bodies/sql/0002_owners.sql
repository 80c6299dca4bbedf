-- +goose Up
-- Who has to do something of a decision may have no account yet.
ALTER TABLE decisions ADD COLUMN owner_email TEXT NOT NULL DEFAULT '';
CREATE INDEX decisions_owner ON decisions (owner, due);
CREATE INDEX decisions_owner_email ON decisions (owner_email, due);
-- +goose Down
DROP INDEX decisions_owner_email;
DROP INDEX decisions_owner;
ALTER TABLE decisions DROP COLUMN owner_email;
