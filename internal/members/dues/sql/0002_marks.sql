-- +goose Up
-- The register learns who owes dues. From here on the ledger tells it.
INSERT INTO room_marks (member, mark, day)
SELECT m.id, 'owes', MIN(i.due)
FROM dues_lines l JOIN dues_invoices i ON i.id = l.invoice JOIN members m ON m.id = l.member
WHERE i.unpaid > 0 AND m.name <> '—'
GROUP BY m.id;
-- +goose Down
DELETE FROM room_marks WHERE mark = 'owes';
