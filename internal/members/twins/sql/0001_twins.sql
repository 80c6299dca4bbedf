-- +goose Up
-- The table was of the register before, whose steps come first: two who look alike
-- and are not the same; a is the lesser ID.
ALTER TABLE member_distinct RENAME TO twins_apart;
-- +goose Down
ALTER TABLE twins_apart RENAME TO member_distinct;
