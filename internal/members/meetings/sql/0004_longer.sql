-- +goose Up
-- Beginnings of six letters too, and shorter words whole.
INSERT INTO meeting_words (meeting, word, sort_key, attendee)
WITH RECURSIVE places (id, i) AS (
	SELECT id, 2 FROM meeting_attendees
	UNION ALL
	SELECT p.id, p.i + 1 FROM places p JOIN meeting_attendees a ON a.id = p.id WHERE p.i < LENGTH(a.found_by)
), begun (meeting, sort_key, id, seven) AS (
	SELECT a.meeting, a.sort_key, a.id, SUBSTR(a.found_by || '       ', p.i, 7)
	FROM places p JOIN meeting_attendees a ON a.id = p.id
	WHERE SUBSTR(a.found_by, p.i - 1, 1) = ' ' AND SUBSTR(a.found_by || '    ', p.i, 4) NOT LIKE '% %'
)
SELECT meeting, SUBSTR(seven, 1, 6), sort_key, id FROM begun WHERE SUBSTR(seven, 1, 6) NOT LIKE '% %'
UNION SELECT meeting, SUBSTR(seven, 1, 5), sort_key, id FROM begun WHERE SUBSTR(seven, 1, 5) NOT LIKE '% %' AND SUBSTR(seven, 6, 1) = ' '
UNION SELECT meeting, SUBSTR(seven, 1, 4), sort_key, id FROM begun WHERE SUBSTR(seven, 5, 1) = ' ';
-- +goose Down
DELETE FROM meeting_words WHERE LENGTH(word) > 3;
