-- +goose Up
CREATE INDEX bank_entries_invoice ON bank_entries (invoice, day) WHERE invoice <> '';
-- +goose Down
DROP INDEX bank_entries_invoice;
