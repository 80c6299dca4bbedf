-- +goose Up
ALTER TABLE applications ADD COLUMN society TEXT NOT NULL DEFAULT ''; -- number in the register of associations
ALTER TABLE applications ADD COLUMN fields TEXT NOT NULL DEFAULT ''; -- beside the main one
ALTER TABLE applications ADD COLUMN region TEXT NOT NULL DEFAULT '';
ALTER TABLE applications ADD COLUMN languages TEXT NOT NULL DEFAULT '';
ALTER TABLE applications ADD COLUMN proof_as TEXT NOT NULL DEFAULT ''; -- kind of proof
ALTER TABLE application_appeals ADD COLUMN withdrawn TEXT NOT NULL DEFAULT '';

-- Files that prove what an application says. One that no application has yet is
-- waiting for its form to be sent, for a day.
CREATE TABLE application_files (
	id          TEXT PRIMARY KEY,
	application TEXT NOT NULL, -- empty until it is sent
	hash        TEXT NOT NULL,
	name        TEXT NOT NULL,
	type        TEXT NOT NULL,
	size        BIGINT NOT NULL,
	made        TEXT NOT NULL,
	ord         BIGINT NOT NULL
);
CREATE INDEX application_files_of ON application_files (application, ord);
CREATE INDEX application_files_hash ON application_files (hash);
-- +goose Down
DROP TABLE application_files;
ALTER TABLE application_appeals DROP COLUMN withdrawn;
ALTER TABLE applications DROP COLUMN proof_as;
ALTER TABLE applications DROP COLUMN languages;
ALTER TABLE applications DROP COLUMN region;
ALTER TABLE applications DROP COLUMN fields;
ALTER TABLE applications DROP COLUMN society;
