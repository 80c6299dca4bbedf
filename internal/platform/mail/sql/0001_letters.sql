-- +goose Up
CREATE TABLE mail_letters (
	id          TEXT PRIMARY KEY,
	to_address  TEXT NOT NULL,
	to_name     TEXT NOT NULL,
	lang        TEXT NOT NULL,
	subject     TEXT NOT NULL,
	text        TEXT NOT NULL,
	html        TEXT NOT NULL,
	about       TEXT NOT NULL,
	kind        TEXT NOT NULL,
	reply_to    TEXT NOT NULL,
	unsubscribe TEXT NOT NULL,
	posted_at   TEXT NOT NULL,
	state       TEXT NOT NULL,
	state_at    TEXT NOT NULL,
	tries       BIGINT NOT NULL,
	words       TEXT NOT NULL
);
CREATE INDEX mail_letters_about ON mail_letters (about, id);
CREATE INDEX mail_letters_state ON mail_letters (state, state_at);
-- +goose Down
DROP TABLE mail_letters;
