-- +goose Up
CREATE TABLE profile_words (
	key  TEXT NOT NULL,
	lang TEXT NOT NULL,
	text TEXT NOT NULL,
	PRIMARY KEY (key, lang)
);
-- +goose Down
DROP TABLE profile_words;
