-- +goose Up
-- Amounts are in hundredths of the currency beside them.
CREATE TABLE dues_rules (
	id         TEXT PRIMARY KEY,
	year       BIGINT NOT NULL,
	kind       TEXT NOT NULL,
	category   TEXT NOT NULL,
	way        TEXT NOT NULL,
	rate       BIGINT NOT NULL, -- parts of a million
	counts     TEXT NOT NULL,
	least      BIGINT NOT NULL,
	most       BIGINT NOT NULL,
	flat       BIGINT NOT NULL,
	currency   TEXT NOT NULL,
	first_free BIGINT NOT NULL,
	basis      TEXT NOT NULL
);

CREATE TABLE dues_waivers (
	member   TEXT NOT NULL,
	year     BIGINT NOT NULL,
	name     TEXT NOT NULL,
	reason   TEXT NOT NULL,
	decision TEXT NOT NULL,
	by_name  TEXT NOT NULL,
	PRIMARY KEY (member, year)
);
CREATE INDEX dues_waivers_year ON dues_waivers (year, member);

CREATE TABLE dues_declarations (
	id           TEXT PRIMARY KEY,
	member       TEXT NOT NULL,
	name         TEXT NOT NULL,
	year         BIGINT NOT NULL,
	state        BIGINT NOT NULL,
	municipality BIGINT NOT NULL,
	eu           BIGINT NOT NULL,
	other        BIGINT NOT NULL,
	currency     TEXT NOT NULL,
	note         TEXT NOT NULL,
	via          TEXT NOT NULL,
	by_name      TEXT NOT NULL,
	made_at      TEXT NOT NULL,
	newest       BIGINT NOT NULL
);
CREATE UNIQUE INDEX dues_declarations_newest ON dues_declarations (year, member) WHERE newest = 1;
CREATE INDEX dues_declarations_member ON dues_declarations (member, year, id);

-- Letters that ask for a declaration. Of a link only the hash is kept.
CREATE TABLE dues_asked (
	year    BIGINT NOT NULL,
	member  TEXT NOT NULL,
	letters BIGINT NOT NULL,
	sent    TEXT NOT NULL,
	PRIMARY KEY (year, member)
);
CREATE TABLE dues_keys (
	hash   TEXT PRIMARY KEY,
	year   BIGINT NOT NULL,
	member TEXT NOT NULL,
	made   TEXT NOT NULL
);
CREATE INDEX dues_keys_member ON dues_keys (member, year);

CREATE TABLE dues_payers (
	id       TEXT PRIMARY KEY,
	member   TEXT NOT NULL,
	name     TEXT NOT NULL,
	sort_key TEXT NOT NULL,
	street   TEXT NOT NULL,
	place    TEXT NOT NULL,
	email    TEXT NOT NULL,
	lang     TEXT NOT NULL,
	tax      TEXT NOT NULL,
	credit   BIGINT NOT NULL,
	currency TEXT NOT NULL,
	revision BIGINT NOT NULL
);
CREATE UNIQUE INDEX dues_payers_member ON dues_payers (member) WHERE member <> '';
CREATE INDEX dues_payers_name ON dues_payers (sort_key, id);
CREATE TABLE dues_pays_for (
	member TEXT PRIMARY KEY,
	payer  TEXT NOT NULL
);
CREATE INDEX dues_pays_for_payer ON dues_pays_for (payer);

CREATE TABLE dues_runs (
	id      TEXT PRIMARY KEY,
	year    BIGINT NOT NULL,
	issued  TEXT NOT NULL,
	due     TEXT NOT NULL,
	send    BIGINT NOT NULL,
	state   TEXT NOT NULL,
	made    TEXT NOT NULL,
	by_name TEXT NOT NULL,
	job     TEXT NOT NULL,
	planned BIGINT NOT NULL,
	billed  BIGINT NOT NULL,
	papers  BIGINT NOT NULL,
	unsent  BIGINT NOT NULL,
	total   BIGINT NOT NULL,
	currency TEXT NOT NULL
);
CREATE TABLE dues_charges (
	run     TEXT NOT NULL,
	ord     BIGINT NOT NULL,
	member  TEXT NOT NULL,
	name    TEXT NOT NULL,
	kind    TEXT NOT NULL,
	payer   TEXT NOT NULL, -- the key of who pays
	pays    TEXT NOT NULL, -- their name, if they are another
	rule    TEXT NOT NULL,
	amount  BIGINT NOT NULL,
	why     TEXT NOT NULL,
	invoice TEXT NOT NULL,
	PRIMARY KEY (run, ord)
);
CREATE INDEX dues_charges_left ON dues_charges (run, payer, ord) WHERE why = '' AND invoice = '';
CREATE INDEX dues_charges_member ON dues_charges (member);

CREATE TABLE dues_numbers (
	year BIGINT PRIMARY KEY,
	last BIGINT NOT NULL
);
CREATE TABLE dues_invoices (
	id         TEXT PRIMARY KEY,
	number     TEXT NOT NULL UNIQUE,
	year       BIGINT NOT NULL,
	run        TEXT NOT NULL,
	cancels    TEXT NOT NULL,
	payer      TEXT NOT NULL,
	payer_name TEXT NOT NULL,
	found_by   TEXT NOT NULL, -- folded names of payer and members
	frozen     TEXT NOT NULL, -- JSON: payer and house as they were
	issued     TEXT NOT NULL,
	due        TEXT NOT NULL,
	total      BIGINT NOT NULL,
	unpaid     BIGINT NOT NULL,
	currency   TEXT NOT NULL,
	state      TEXT NOT NULL,
	written    BIGINT NOT NULL, -- whether something of it was written off
	reference  TEXT NOT NULL,
	paper      TEXT NOT NULL,
	step       BIGINT NOT NULL,
	reminded   TEXT NOT NULL,
	sent       TEXT NOT NULL,
	reason     TEXT NOT NULL
);
CREATE INDEX dues_invoices_year ON dues_invoices (year, number);
CREATE INDEX dues_invoices_state ON dues_invoices (state, number);
CREATE INDEX dues_invoices_run ON dues_invoices (run, paper, number);
CREATE INDEX dues_invoices_payer ON dues_invoices (payer, number);
CREATE INDEX dues_invoices_open ON dues_invoices (unpaid, due) WHERE unpaid > 0;
CREATE UNIQUE INDEX dues_invoices_cancels ON dues_invoices (cancels) WHERE cancels <> '';
CREATE UNIQUE INDEX dues_invoices_reference ON dues_invoices (reference) WHERE reference <> '';
CREATE TABLE dues_lines (
	invoice TEXT NOT NULL,
	ord     BIGINT NOT NULL,
	member  TEXT NOT NULL,
	name    TEXT NOT NULL,
	kind    TEXT NOT NULL,
	year    BIGINT NOT NULL,
	rule    TEXT NOT NULL,
	amount  BIGINT NOT NULL,
	PRIMARY KEY (invoice, ord)
);
CREATE INDEX dues_lines_member ON dues_lines (member, year);
CREATE INDEX dues_lines_year ON dues_lines (year, member);

CREATE TABLE dues_ledger (
	id       TEXT PRIMARY KEY,
	day      TEXT NOT NULL,
	kind     TEXT NOT NULL,
	payer    TEXT NOT NULL,
	invoice  TEXT NOT NULL,
	amount   BIGINT NOT NULL,
	currency TEXT NOT NULL,
	payment  TEXT NOT NULL,
	reason   TEXT NOT NULL,
	reverses TEXT NOT NULL,
	by_name  TEXT NOT NULL,
	made_at  TEXT NOT NULL
);
CREATE INDEX dues_ledger_day ON dues_ledger (day, id);
CREATE INDEX dues_ledger_invoice ON dues_ledger (invoice, id);
CREATE INDEX dues_ledger_payer ON dues_ledger (payer, id);
CREATE INDEX dues_ledger_payment ON dues_ledger (payment) WHERE payment <> '';
CREATE UNIQUE INDEX dues_ledger_once ON dues_ledger (reverses) WHERE reverses <> '';
CREATE TABLE dues_payments (
	id       TEXT PRIMARY KEY,
	day      TEXT NOT NULL,
	amount   BIGINT NOT NULL,
	currency TEXT NOT NULL,
	payer    TEXT NOT NULL,
	name     TEXT NOT NULL,
	iban     TEXT NOT NULL,
	purpose  TEXT NOT NULL,
	entry    TEXT NOT NULL,
	by_name  TEXT NOT NULL,
	undone   BIGINT NOT NULL
);
CREATE INDEX dues_payments_iban ON dues_payments (iban, id) WHERE iban <> '';
CREATE INDEX dues_payments_payer ON dues_payments (payer, id);

CREATE TABLE dues_statements (
	id       TEXT PRIMARY KEY,
	hash     TEXT NOT NULL UNIQUE,
	name     TEXT NOT NULL,
	account  TEXT NOT NULL,
	day_from TEXT NOT NULL,
	day_to   TEXT NOT NULL,
	made     TEXT NOT NULL,
	by_name  TEXT NOT NULL,
	fresh    BIGINT NOT NULL,
	known    BIGINT NOT NULL,
	gone_out BIGINT NOT NULL,
	problems TEXT NOT NULL, -- JSON
	sheet    TEXT NOT NULL,
	heads    TEXT NOT NULL -- JSON
);
CREATE TABLE dues_entries (
	id        TEXT PRIMARY KEY,
	known_by  TEXT NOT NULL UNIQUE, -- account and key
	statement TEXT NOT NULL,
	line      BIGINT NOT NULL,
	day       TEXT NOT NULL,
	amount    BIGINT NOT NULL,
	currency  TEXT NOT NULL,
	name      TEXT NOT NULL,
	iban      TEXT NOT NULL,
	reference TEXT NOT NULL,
	purpose   TEXT NOT NULL,
	matched   TEXT NOT NULL,
	invoice   TEXT NOT NULL,
	why       TEXT NOT NULL,
	payment   TEXT NOT NULL
);
CREATE INDEX dues_entries_statement ON dues_entries (statement, matched, id);
CREATE INDEX dues_entries_match ON dues_entries (matched, id);

CREATE TABLE dues_steps (
	n     BIGINT PRIMARY KEY,
	after_days BIGINT NOT NULL,
	board BIGINT NOT NULL,
	words TEXT NOT NULL -- JSON by language
);
-- +goose Down
DROP TABLE dues_steps;
DROP TABLE dues_entries;
DROP TABLE dues_statements;
DROP TABLE dues_payments;
DROP TABLE dues_ledger;
DROP TABLE dues_lines;
DROP TABLE dues_invoices;
DROP TABLE dues_numbers;
DROP TABLE dues_charges;
DROP TABLE dues_runs;
DROP TABLE dues_pays_for;
DROP TABLE dues_payers;
DROP TABLE dues_keys;
DROP TABLE dues_asked;
DROP TABLE dues_declarations;
DROP TABLE dues_waivers;
DROP TABLE dues_rules;
