-- +goose Up
CREATE TABLE search_docs (
	doc         BIGINT PRIMARY KEY,
	subject     TEXT NOT NULL UNIQUE,
	kind        TEXT NOT NULL,
	lang        TEXT NOT NULL,
	title       TEXT NOT NULL,
	body        TEXT NOT NULL,
	link        TEXT NOT NULL,
	audience    BIGINT NOT NULL,
	at          TEXT NOT NULL,
	title_words TEXT NOT NULL,
	words       TEXT NOT NULL
);
CREATE TABLE search_words (
	word     TEXT NOT NULL,
	field    BIGINT NOT NULL,
	doc      BIGINT NOT NULL,
	audience BIGINT NOT NULL,
	PRIMARY KEY (word, field, doc, audience)
);
-- +goose Down
DROP TABLE search_words;
DROP TABLE search_docs;
