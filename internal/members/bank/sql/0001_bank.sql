-- +goose Up
-- The tables were of dues before, whose steps come first.
ALTER TABLE dues_statements RENAME TO bank_statements;
ALTER TABLE dues_entries RENAME TO bank_entries;
-- +goose Down
ALTER TABLE bank_statements RENAME TO dues_statements;
ALTER TABLE bank_entries RENAME TO dues_entries;
