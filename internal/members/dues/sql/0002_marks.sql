-- +goose Up
-- The register learns who owes dues. From here on the ledger tells it.
INSERT INTO member_marks (mark, kind, here, sort_key, member, day)
SELECT 'm:owes', m.kind, m.here, m.sort_key, m.id, MIN(i.due)
FROM dues_lines l JOIN dues_invoices i ON i.id = l.invoice JOIN members m ON m.id = l.member
WHERE i.unpaid > 0 AND m.name <> '—'
GROUP BY m.kind, m.here, m.sort_key, m.id;
-- +goose Down
DELETE FROM member_marks WHERE mark = 'm:owes';
