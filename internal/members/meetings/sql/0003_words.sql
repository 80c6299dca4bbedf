-- +goose Up
-- Beginnings of the words of a name, in the order of the list of those called.
CREATE TABLE meeting_words (
	meeting  TEXT NOT NULL,
	word     TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	attendee TEXT NOT NULL,
	PRIMARY KEY (meeting, word, sort_key, attendee)
);
CREATE INDEX meeting_words_attendee ON meeting_words (attendee);
UPDATE meeting_attendees SET found_by = ' ' || found_by;
INSERT INTO meeting_words (meeting, word, sort_key, attendee)
WITH RECURSIVE places (id, i) AS (
	SELECT id, 2 FROM meeting_attendees
	UNION ALL
	SELECT p.id, p.i + 1 FROM places p JOIN meeting_attendees a ON a.id = p.id WHERE p.i < LENGTH(a.found_by)
), begun (meeting, sort_key, id, i, three) AS (
	SELECT a.meeting, a.sort_key, a.id, p.i, SUBSTR(a.found_by || '  ', p.i, 3)
	FROM places p JOIN meeting_attendees a ON a.id = p.id
	WHERE SUBSTR(a.found_by, p.i - 1, 1) = ' ' AND SUBSTR(a.found_by || ' ', p.i, 1) <> ' '
)
SELECT meeting, CASE WHEN SUBSTR(three, 2, 1) = ' ' THEN SUBSTR(three, 1, 1) WHEN SUBSTR(three, 3, 1) = ' ' THEN SUBSTR(three, 1, 2) ELSE three END, sort_key, id FROM begun
UNION SELECT meeting, SUBSTR(three, 1, 1), sort_key, id FROM begun WHERE i = 2
UNION SELECT meeting, SUBSTR(three, 1, 2), sort_key, id FROM begun WHERE i = 2 AND SUBSTR(three, 2, 1) <> ' ';
-- +goose Down
DROP TABLE meeting_words;
UPDATE meeting_attendees SET found_by = SUBSTR(found_by, 2);
