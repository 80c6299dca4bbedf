-- +goose Up
ALTER TABLE proposals ADD COLUMN instruction TEXT NOT NULL DEFAULT '';
