-- +goose Up
-- The key of an urn is made of what stands here and of a file that is kept elsewhere: half is its name.
ALTER TABLE fleeting_urn_keys ADD COLUMN half TEXT NOT NULL DEFAULT '';
-- How the chair decided a tie.
ALTER TABLE votes ADD COLUMN chair TEXT NOT NULL DEFAULT '';
-- The warnings that whoever had the vote open by itself has accepted, and why it did not (JSON).
ALTER TABLE votes ADD COLUMN accepted TEXT NOT NULL DEFAULT '';
ALTER TABLE votes ADD COLUMN stopped TEXT NOT NULL DEFAULT '';
-- Until when members propose candidates.
ALTER TABLE votes ADD COLUMN proposals TEXT NOT NULL DEFAULT '';
ALTER TABLE vote_candidates ADD COLUMN email TEXT NOT NULL DEFAULT '';
ALTER TABLE vote_candidates ADD COLUMN proposer TEXT NOT NULL DEFAULT '';
ALTER TABLE vote_candidates ADD COLUMN ruling TEXT NOT NULL DEFAULT '';
ALTER TABLE vote_candidates ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE vote_candidates ADD COLUMN gone BIGINT NOT NULL DEFAULT 0;
ALTER TABLE vote_candidates ADD COLUMN link TEXT NOT NULL DEFAULT ''; -- hash of the personal link by which they consent
CREATE INDEX vote_candidates_link ON vote_candidates (link);

-- Members who were called upon to propose candidates, by the hashes of their links, until the vote opens.
CREATE TABLE vote_callers (
	hash   TEXT PRIMARY KEY,
	vote   TEXT NOT NULL,
	member TEXT NOT NULL,
	name   TEXT NOT NULL,
	email  TEXT NOT NULL
);
CREATE INDEX vote_callers_vote ON vote_callers (vote, member);
CREATE INDEX vote_callers_member ON vote_callers (member);
-- +goose Down
DROP TABLE vote_callers;
DROP INDEX vote_candidates_link;
ALTER TABLE vote_candidates DROP COLUMN link;
ALTER TABLE vote_candidates DROP COLUMN gone;
ALTER TABLE vote_candidates DROP COLUMN reason;
ALTER TABLE vote_candidates DROP COLUMN ruling;
ALTER TABLE vote_candidates DROP COLUMN proposer;
ALTER TABLE vote_candidates DROP COLUMN email;
ALTER TABLE votes DROP COLUMN proposals;
ALTER TABLE votes DROP COLUMN stopped;
ALTER TABLE votes DROP COLUMN accepted;
ALTER TABLE votes DROP COLUMN chair;
ALTER TABLE fleeting_urn_keys DROP COLUMN half;
