-- +goose Up
CREATE TABLE votes (
	id          TEXT PRIMARY KEY,
	kind        TEXT NOT NULL,
	secret      BIGINT NOT NULL,
	state       TEXT NOT NULL,
	over        BIGINT NOT NULL, -- 1 once its time was seen to be over, whatever the clock says later
	title       TEXT NOT NULL,
	text        TEXT NOT NULL,
	method      TEXT NOT NULL,
	seats       BIGINT NOT NULL,
	lot         BIGINT NOT NULL, -- 1 if a lot decides ties for the last seats
	majority    TEXT NOT NULL,
	quorum      TEXT NOT NULL,
	audience    TEXT NOT NULL, -- JSON
	weights     TEXT NOT NULL, -- JSON
	proxies     TEXT NOT NULL, -- JSON
	proxy_limit BIGINT NOT NULL,
	opens       TEXT NOT NULL,
	closes      TEXT NOT NULL,
	opened_at   TEXT NOT NULL,
	closed_at   TEXT NOT NULL,
	electors    BIGINT NOT NULL,
	weight      BIGINT NOT NULL,
	electorate  TEXT NOT NULL, -- hash of the list
	seed        TEXT NOT NULL, -- of the lot; shown once it is closed
	seed_hash   TEXT NOT NULL,
	voted       BIGINT NOT NULL, -- once it is closed
	void        TEXT NOT NULL, -- why it counts for nothing
	public      BIGINT NOT NULL,
	repeats     TEXT NOT NULL,
	meeting     TEXT NOT NULL,
	result      TEXT NOT NULL, -- JSON
	made_at     TEXT NOT NULL,
	revision    BIGINT NOT NULL
);
CREATE INDEX votes_state ON votes (state, id);

CREATE TABLE vote_candidates (
	vote      TEXT NOT NULL,
	id        TEXT NOT NULL,
	ord       BIGINT NOT NULL,
	member    TEXT NOT NULL,
	name      TEXT NOT NULL,
	statement TEXT NOT NULL,
	consent   TEXT NOT NULL, -- how it was given; empty for not yet
	PRIMARY KEY (vote, id)
);
CREATE INDEX vote_candidates_member ON vote_candidates (member);

-- The electorate, written once when the vote opens. It says nothing of who voted.
CREATE TABLE vote_electors (
	vote   TEXT NOT NULL,
	no     BIGINT NOT NULL,
	member TEXT NOT NULL,
	name   TEXT NOT NULL,
	kind   TEXT NOT NULL,
	weight BIGINT NOT NULL,
	person TEXT NOT NULL,
	email  TEXT NOT NULL,
	lang   TEXT NOT NULL,
	holder BIGINT NOT NULL, -- number of who votes for them; 0 for themself
	salt   TEXT NOT NULL,
	hash   TEXT NOT NULL,
	PRIMARY KEY (vote, no)
);
CREATE INDEX vote_electors_member ON vote_electors (member);
CREATE INDEX vote_electors_email ON vote_electors (email);

-- Personal links and codes, by their hashes, until the vote is over.
CREATE TABLE vote_keys (
	hash TEXT PRIMARY KEY,
	vote TEXT NOT NULL,
	no   BIGINT NOT NULL
);
CREATE INDEX vote_keys_elector ON vote_keys (vote, no);

-- Who has voted, a bit for each elector, all in one row that is written anew each
-- time: it has neither times nor an order.
CREATE TABLE vote_marks (
	vote TEXT PRIMARY KEY,
	bits TEXT NOT NULL
);

-- The ballots of a vote that is open: cells of some hundreds of ballots, each
-- sealed as a whole, of one size whatever is in it.
CREATE TABLE vote_urns (
	vote   TEXT NOT NULL,
	cell   BIGINT NOT NULL,
	sealed TEXT NOT NULL,
	PRIMARY KEY (vote, cell)
);

-- What opens the urn. It goes into no backup, and is taken out when the vote is over.
CREATE TABLE fleeting_urn_keys (
	vote TEXT PRIMARY KEY,
	secret TEXT NOT NULL
);

-- The ballots of a vote that is over, written at once in the order of their receipts.
CREATE TABLE vote_ballots (
	vote    TEXT NOT NULL,
	receipt TEXT NOT NULL,
	marks   TEXT NOT NULL,
	no      BIGINT NOT NULL, -- whose it is, in an open vote; 0 in a secret one
	PRIMARY KEY (vote, receipt)
);
-- +goose Down
DROP TABLE vote_ballots;
DROP TABLE fleeting_urn_keys;
DROP TABLE vote_urns;
DROP TABLE vote_marks;
DROP TABLE vote_keys;
DROP TABLE vote_electors;
DROP TABLE vote_candidates;
DROP TABLE votes;
