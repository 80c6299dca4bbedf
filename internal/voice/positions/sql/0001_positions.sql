-- +goose Up
CREATE TABLE proposals (
	id         TEXT PRIMARY KEY,
	case_id    TEXT NOT NULL,
	position   TEXT NOT NULL,
	number     BIGINT NOT NULL,
	version    TEXT NOT NULL,
	provision  TEXT NOT NULL,
	place      TEXT NOT NULL,
	cite       TEXT NOT NULL,
	lang       TEXT NOT NULL,
	title      TEXT NOT NULL,
	wanted     TEXT NOT NULL,
	draft      TEXT NOT NULL,
	words      TEXT NOT NULL,
	reasons    TEXT NOT NULL,
	budget     TEXT NOT NULL,
	people     TEXT NOT NULL,
	evidence   TEXT NOT NULL,
	note       TEXT NOT NULL,
	counts     TEXT NOT NULL,
	objections TEXT NOT NULL,
	comments   TEXT NOT NULL,
	state      TEXT NOT NULL,
	revision   BIGINT NOT NULL,
	changed    TEXT NOT NULL,
	changed_by TEXT NOT NULL
);
CREATE INDEX proposals_case ON proposals (case_id, number, id);
CREATE INDEX proposals_provision ON proposals (version, provision);

CREATE TABLE proposal_revisions (
	proposal TEXT NOT NULL,
	revision BIGINT NOT NULL,
	at       TEXT NOT NULL,
	who_is   TEXT NOT NULL,
	whole    TEXT NOT NULL,
	PRIMARY KEY (proposal, revision)
);

CREATE TABLE positions (
	id         TEXT NOT NULL,
	version    BIGINT NOT NULL,
	case_id    TEXT NOT NULL,
	title      TEXT NOT NULL,
	lead       TEXT NOT NULL,
	stage      TEXT NOT NULL,
	newer      BIGINT NOT NULL,
	mandate    TEXT NOT NULL,
	asked      TEXT NOT NULL,
	approve_by TEXT NOT NULL,
	deliver_by TEXT NOT NULL,
	public     BIGINT NOT NULL,
	revision   BIGINT NOT NULL,
	changed    TEXT NOT NULL,
	proposals  BIGINT NOT NULL,
	behind     TEXT NOT NULL,
	frozen_at  TEXT NOT NULL,
	frozen_by  TEXT NOT NULL,
	hash       TEXT NOT NULL,
	PRIMARY KEY (id, version)
);
CREATE INDEX positions_case ON positions (case_id, id, version);
CREATE INDEX positions_newest ON positions (newer, id);
CREATE INDEX positions_public ON positions (public, frozen_at, id);

CREATE TABLE position_frozen (
	id      TEXT NOT NULL,
	version BIGINT NOT NULL,
	hash    TEXT NOT NULL,
	whole   TEXT NOT NULL,
	PRIMARY KEY (id, version)
);

CREATE TABLE position_papers (
	id      TEXT NOT NULL,
	version BIGINT NOT NULL,
	kind    TEXT NOT NULL,
	lang    TEXT NOT NULL,
	format  TEXT NOT NULL,
	blob    TEXT NOT NULL,
	size    BIGINT NOT NULL,
	PRIMARY KEY (id, version, kind, lang, format)
);
-- +goose Down
DROP TABLE position_papers;
DROP TABLE position_frozen;
DROP TABLE positions;
DROP TABLE proposal_revisions;
DROP TABLE proposals;
