package cases

import (
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// PostgreSQL may ask to run the nightly write once more: then the same cases are
// counted again, and none is passed over.
func TestDesk_Refresh_again(t *testing.T) {
	t.Parallel()
	db := storetest.Postgres(t, Steps(), audit.Steps())
	d := New(db).With(Parts{Country: slovenia(t)})
	c := open(t, d, "Zakon")
	if err := d.SetDeadline(t.Context(), neza, c.ID, "Rok", civil.On(2027, 3, 1)); err != nil {
		t.Fatal(err)
	}
	ok(t, db.Write(t.Context(), func(tx *store.Tx) error {
		// The database refuses the first change that comes, as it does when two clash.
		for _, statement := range []string{
			`UPDATE cases SET next_due = '2020-01-01'`,
			`CREATE SEQUENCE clashes`,
			`CREATE FUNCTION clash() RETURNS trigger LANGUAGE plpgsql AS $$
				BEGIN IF nextval('clashes') = 1 THEN RAISE EXCEPTION 'clash' USING ERRCODE = '40001'; END IF; RETURN NEW; END $$`,
			`CREATE TRIGGER clash BEFORE UPDATE ON cases FOR EACH ROW EXECUTE FUNCTION clash()`,
		} {
			if _, err := tx.ExecContext(t.Context(), statement); err != nil {
				return err
			}
		}
		return nil
	}))
	ok(t, d.Refresh(t.Context(), morning))
	same(t, "the next day", must[Case](t)(d.Case(t.Context(), neza, c.ID)).NextDue.String(), "2027-03-01")
}
