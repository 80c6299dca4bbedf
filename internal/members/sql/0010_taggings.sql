-- +goose Up
-- Which of the deeds of the office put a tag on a member; '' is none that can be undone.
ALTER TABLE member_tags ADD COLUMN tagging TEXT NOT NULL DEFAULT '';
CREATE INDEX member_tags_tagging ON member_tags (tagging, tag, member) WHERE tagging <> '';

-- +goose Down
DROP INDEX member_tags_tagging;
ALTER TABLE member_tags DROP COLUMN tagging;
