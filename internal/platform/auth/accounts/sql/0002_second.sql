-- +goose Up
-- When the session proved itself by a second factor, and when anew by any.
ALTER TABLE account_sessions ADD COLUMN second TEXT NOT NULL DEFAULT '';
ALTER TABLE account_sessions ADD COLUMN proved TEXT NOT NULL DEFAULT '';

-- The app on a telephone that shows codes.
CREATE TABLE account_apps (
	account   TEXT PRIMARY KEY REFERENCES accounts (id),
	secret    TEXT NOT NULL, -- base32; shown once, before it is confirmed
	confirmed TEXT NOT NULL, -- when; empty until a first code was right
	used      BIGINT NOT NULL -- the last step of which a code was taken
);

CREATE TABLE account_recovery (
	hash    TEXT PRIMARY KEY,
	account TEXT NOT NULL REFERENCES accounts (id)
);
CREATE INDEX account_recovery_of ON account_recovery (account);

CREATE TABLE account_passkeys (
	id         TEXT PRIMARY KEY, -- of the credential, base64url
	account    TEXT NOT NULL REFERENCES accounts (id),
	name       TEXT NOT NULL,
	credential TEXT NOT NULL, -- JSON
	made       TEXT NOT NULL,
	used       TEXT NOT NULL
);
CREATE INDEX account_passkeys_of ON account_passkeys (account, made);

-- Challenges that are out.
CREATE TABLE account_ceremonies (
	hash    TEXT PRIMARY KEY,
	account TEXT NOT NULL, -- empty for signing in
	session TEXT NOT NULL, -- JSON
	until   TEXT NOT NULL
);
CREATE INDEX account_ceremonies_until ON account_ceremonies (until);

-- Links to members who have no account yet.
CREATE TABLE account_firsts (
	hash  TEXT PRIMARY KEY,
	email TEXT NOT NULL,
	until TEXT NOT NULL
);
CREATE INDEX account_firsts_until ON account_firsts (until);
-- +goose Down
DROP TABLE account_firsts;
DROP TABLE account_ceremonies;
DROP TABLE account_passkeys;
DROP TABLE account_recovery;
DROP TABLE account_apps;
ALTER TABLE account_sessions DROP COLUMN proved;
ALTER TABLE account_sessions DROP COLUMN second;
