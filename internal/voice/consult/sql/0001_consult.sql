-- +goose Up
CREATE TABLE consultations (
	id       TEXT PRIMARY KEY,
	case_id  TEXT NOT NULL,
	version  TEXT NOT NULL,
	title    TEXT NOT NULL,
	lead     TEXT NOT NULL,
	opens    TEXT NOT NULL,
	closes   TEXT NOT NULL,
	state    TEXT NOT NULL,
	public   BIGINT NOT NULL,
	audience TEXT NOT NULL,
	remind   TEXT NOT NULL,
	made_at  TEXT NOT NULL,
	revision BIGINT NOT NULL,
	invited  BIGINT NOT NULL,
	opened   BIGINT NOT NULL,
	answered BIGINT NOT NULL,
	declined BIGINT NOT NULL,
	comments BIGINT NOT NULL,
	unread   BIGINT NOT NULL
);
CREATE INDEX consultations_case ON consultations (case_id, id);
CREATE INDEX consultations_state ON consultations (state, closes, id);

CREATE TABLE consult_asked (
	consultation TEXT NOT NULL,
	provision    TEXT NOT NULL,
	ord          BIGINT NOT NULL,
	title        TEXT NOT NULL,
	explain      TEXT NOT NULL,
	text         TEXT NOT NULL,
	cite         TEXT NOT NULL,
	PRIMARY KEY (consultation, provision)
);

CREATE TABLE consult_tallies (
	consultation TEXT NOT NULL,
	provision    TEXT NOT NULL,
	kind         TEXT NOT NULL,
	stance       TEXT NOT NULL,
	n            BIGINT NOT NULL,
	PRIMARY KEY (consultation, provision, kind, stance)
);

CREATE TABLE consult_invitations (
	id           TEXT PRIMARY KEY,
	consultation TEXT NOT NULL,
	member       TEXT NOT NULL,
	member_name  TEXT NOT NULL,
	kind         TEXT NOT NULL,
	name         TEXT NOT NULL,
	email        TEXT NOT NULL,
	lang         TEXT NOT NULL,
	stage        TEXT NOT NULL,
	public       BIGINT NOT NULL,
	sent_at      TEXT NOT NULL,
	opened_at    TEXT NOT NULL,
	answered_at  TEXT NOT NULL,
	reminded_at  TEXT NOT NULL,
	comments     BIGINT NOT NULL,
	sort_key     TEXT NOT NULL,
	UNIQUE (consultation, member)
);
CREATE INDEX consult_invitations_list ON consult_invitations (consultation, sort_key, id);
CREATE INDEX consult_invitations_stage ON consult_invitations (consultation, stage, sort_key, id);
CREATE INDEX consult_invitations_member ON consult_invitations (member, reminded_at);
CREATE INDEX consult_invitations_email ON consult_invitations (email);

CREATE TABLE consult_keys (
	hash       TEXT PRIMARY KEY,
	invitation TEXT NOT NULL,
	made_at    TEXT NOT NULL
);
CREATE INDEX consult_keys_invitation ON consult_keys (invitation);

CREATE TABLE comments (
	id           TEXT PRIMARY KEY,
	consultation TEXT NOT NULL,
	case_id      TEXT NOT NULL,
	invitation   TEXT NOT NULL,
	provision    TEXT NOT NULL,
	ord          BIGINT NOT NULL,
	member       TEXT NOT NULL,
	member_name  TEXT NOT NULL,
	kind         TEXT NOT NULL,
	stance       TEXT NOT NULL,
	text         TEXT NOT NULL,
	wording      TEXT NOT NULL,
	public       BIGINT NOT NULL,
	sent         BIGINT NOT NULL,
	via          TEXT NOT NULL,
	channel      TEXT NOT NULL,
	typed_by     TEXT NOT NULL,
	typed_is     TEXT NOT NULL,
	at           TEXT NOT NULL,
	rev          BIGINT NOT NULL,
	revs         BIGINT NOT NULL,
	page         TEXT NOT NULL,
	UNIQUE (invitation, provision)
);
CREATE INDEX comments_all ON comments (consultation, sent, id);
CREATE INDEX comments_provision ON comments (consultation, provision, sent, id);
CREATE INDEX comments_stance ON comments (consultation, provision, stance, sent, id);
CREATE INDEX comments_case ON comments (case_id, sent, id);

CREATE TABLE comment_versions (
	comment  TEXT NOT NULL,
	rev      BIGINT NOT NULL,
	stance   TEXT NOT NULL,
	text     TEXT NOT NULL,
	wording  TEXT NOT NULL,
	via      TEXT NOT NULL,
	channel  TEXT NOT NULL,
	typed_by TEXT NOT NULL,
	typed_is TEXT NOT NULL,
	at       TEXT NOT NULL,
	kept     BIGINT NOT NULL,
	PRIMARY KEY (comment, rev)
);
-- +goose Down
DROP TABLE comment_versions;
DROP TABLE comments;
DROP TABLE consult_keys;
DROP TABLE consult_invitations;
DROP TABLE consult_tallies;
DROP TABLE consult_asked;
DROP TABLE consultations;
