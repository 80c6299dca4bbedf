-- +goose Up
CREATE TABLE circulars (
	id       TEXT PRIMARY KEY,
	subject  TEXT NOT NULL,
	body     TEXT NOT NULL,
	chosen   TEXT NOT NULL, -- JSON: to whom
	by_user  TEXT NOT NULL,
	by_name  TEXT NOT NULL,
	reply_to TEXT NOT NULL,
	made     TEXT NOT NULL,
	job      TEXT NOT NULL,
	cursor   TEXT NOT NULL, -- how far it is
	over     BIGINT NOT NULL,
	letters  BIGINT NOT NULL
);
-- Nobody gets a circular twice, for however many members they read mail.
CREATE TABLE circular_addresses (
	circular TEXT NOT NULL,
	email    TEXT NOT NULL,
	PRIMARY KEY (circular, email)
);
-- +goose Down
DROP TABLE circular_addresses;
DROP TABLE circulars;
