-- +goose Up
ALTER TABLE own_campaigns ADD COLUMN job TEXT NOT NULL DEFAULT ''; -- that writes the letters
ALTER TABLE own_campaigns ADD COLUMN reminded TEXT NOT NULL DEFAULT ''; -- when who had not confirmed was reminded
-- The link of the reminder; that of the first letter holds too.
ALTER TABLE own_asked ADD COLUMN again TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX own_asked_again ON own_asked (again) WHERE again <> '';
-- The register learns who was asked and has not confirmed.
INSERT INTO room_marks (member, mark, day)
SELECT a.member, 'asked', MAX(SUBSTR(c.begun, 1, 10)) FROM own_asked a JOIN own_campaigns c ON c.id = a.campaign JOIN members m ON m.id = a.member
WHERE a.confirmed = '' AND m.name <> '—' GROUP BY a.member;
-- +goose Down
DELETE FROM room_marks WHERE mark = 'asked';
DROP INDEX own_asked_again;
ALTER TABLE own_asked DROP COLUMN again;
ALTER TABLE own_campaigns DROP COLUMN reminded;
ALTER TABLE own_campaigns DROP COLUMN job;
