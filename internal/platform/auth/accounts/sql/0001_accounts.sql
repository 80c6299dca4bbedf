-- +goose Up
CREATE TABLE accounts (
	id        TEXT PRIMARY KEY,
	name      TEXT NOT NULL,
	sort_key  TEXT NOT NULL,
	email     TEXT NOT NULL,
	email_key TEXT NOT NULL UNIQUE,
	roles     BIGINT NOT NULL,
	lang      TEXT NOT NULL,
	digest    BOOLEAN NOT NULL,
	disabled  BOOLEAN NOT NULL,
	password  TEXT NOT NULL,
	created   TEXT NOT NULL
);
CREATE INDEX accounts_order ON accounts (sort_key, id);

CREATE TABLE account_sessions (
	hash    TEXT PRIMARY KEY,
	id      TEXT NOT NULL UNIQUE,
	account TEXT NOT NULL REFERENCES accounts (id),
	how     TEXT NOT NULL,
	origin  TEXT NOT NULL,
	created TEXT NOT NULL,
	seen    TEXT NOT NULL
);
CREATE INDEX account_sessions_account ON account_sessions (account, seen);
CREATE INDEX account_sessions_seen ON account_sessions (seen);

CREATE TABLE account_links (
	hash    TEXT PRIMARY KEY,
	account TEXT NOT NULL REFERENCES accounts (id),
	until   TEXT NOT NULL
);
CREATE INDEX account_links_account ON account_links (account);
CREATE INDEX account_links_until ON account_links (until);

CREATE TABLE account_tries (
	id    TEXT NOT NULL,
	whose TEXT NOT NULL,
	at    TEXT NOT NULL,
	PRIMARY KEY (whose, at, id)
);
CREATE INDEX account_tries_at ON account_tries (at);

CREATE TABLE account_setup (
	hash  TEXT PRIMARY KEY,
	until TEXT NOT NULL
);
-- +goose Down
DROP TABLE account_setup;
DROP TABLE account_tries;
DROP TABLE account_links;
DROP TABLE account_sessions;
DROP TABLE accounts;
