package bodies

import (
	"context"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// AddDemand records that members demand an assembly. How many must sign is
// computed from the register of the day, by the share that the rule has.
func (d *Desk) AddDemand(ctx context.Context, by auth.Actor, dm Demand) (Demand, error) {
	dm = dm.Tidy()
	if err := by.Must(Work); err != nil {
		return dm, err
	}
	if err := dm.Check(); err != nil {
		return dm, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Demand, error) {
		dm := dm
		b, err := getBody(ctx, tx, dm.Body)
		if err != nil {
			return dm, err
		}
		if b.Kind != Assembly || b.Rule.Demand.IsZero() {
			return dm, fault.New(fault.Conflict, "bodies.demand.assembly")
		}
		n, err := d.Members.StrengthOnIn(ctx, tx, dm.On)
		if err != nil {
			return dm, err
		}
		dm.ID, dm.All, dm.Revision = DemandID(tx.ID()), n.Members, 1
		dm.Needed = max(int(b.Rule.Demand.Needs(int64(dm.All))), 1)
		dm.Signed, dm.Reached, dm.Meeting = 0, civil.Date{}, ""
		if err := putDemand(ctx, tx, dm); err != nil {
			return dm, err
		}
		return dm, audit.Note(ctx, tx, by, "bodies.demand.add", Subject(dm.Body), "needed", strconv.Itoa(dm.Needed))
	})
}

// Sign puts a member under a demand. Who does not belong on the day cannot.
func (d *Desk) Sign(ctx context.Context, by auth.Actor, id DemandID, member members.ID, on civil.Date) (Demand, error) {
	if err := by.Must(Work); err != nil {
		return Demand{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Demand, error) {
		dm, err := getDemand(ctx, tx, id)
		if err != nil {
			return dm, err
		}
		if on.IsZero() || on.Before(dm.On) {
			return dm, fault.In("on", "bodies.demand.day")
		}
		e, err := d.Members.StandingOnIn(ctx, tx, member, on)
		if err != nil || !e.Standing.Belongs() {
			return dm, fault.In("member", "bodies.demand.member")
		}
		if err := addSignature(ctx, tx, Signature{id, string(e.ID), e.Name, on}); err != nil {
			return dm, err
		}
		dm.Signed++
		dm.Revision++
		if dm.Signed >= dm.Needed && dm.Reached.IsZero() {
			dm.Reached = on
			if err := d.dueDemand(ctx, tx, dm); err != nil {
				return dm, err
			}
		}
		if err := putDemand(ctx, tx, dm); err != nil {
			return dm, err
		}
		return dm, audit.Note(ctx, tx, by, "bodies.demand.sign", Subject(dm.Body), "signed", strconv.Itoa(dm.Signed))
	})
}

// dueDemand tells until when an assembly is to be called that enough have demanded.
func (d *Desk) dueDemand(ctx context.Context, tx *store.Tx, dm Demand) error {
	b, err := getBody(ctx, tx, dm.Body)
	if err != nil {
		return err
	}
	return d.Pending.Put(ctx, tx, pending.Due{ID: "bodies/" + string(dm.ID) + "/demand", Kind: "dues.bodies.demand", Args: []string{"body", b.Name}, On: dm.Reached.AddDays(dm.Days), Link: "/bodies/" + string(dm.Body)})
}

// Demands lists the demands of an assembly, the latest first.
func (d *Desk) Demands(ctx context.Context, by auth.Actor, body BodyID) ([]Demand, error) {
	if err := by.Must(Work); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Demand, error) { return demandsOf(ctx, tx, body) })
}

// Demand reads one demand, with those under it.
func (d *Desk) Demand(ctx context.Context, by auth.Actor, id DemandID) (Demand, []Signature, error) {
	if err := by.Must(Work); err != nil {
		return Demand{}, nil, err
	}
	var dm Demand
	list, err := store.Read(ctx, d.db, func(tx *store.Tx) (list []Signature, err error) {
		if dm, err = getDemand(ctx, tx, id); err != nil {
			return nil, err
		}
		return signatures(ctx, tx, id, 5_000)
	})
	return dm, list, err
}

// MetIn notes that an assembly was planned because of a demand, inside the deed that
// plans it.
func (d *Desk) MetIn(ctx context.Context, tx *store.Tx, id DemandID, meeting MeetingID) error {
	dm, err := getDemand(ctx, tx, id)
	if err != nil {
		return err
	}
	dm.Meeting = meeting
	dm.Revision++
	if err := putDemand(ctx, tx, dm); err != nil {
		return err
	}
	return d.Pending.Drop(ctx, tx, "bodies/"+string(id)+"/demand")
}

// UnmetIn notes that the assembly that was planned because of a demand is called off or
// taken out, inside the deed that does it: one is to be called still.
func (d *Desk) UnmetIn(ctx context.Context, tx *store.Tx, id DemandID, meeting MeetingID) error {
	dm, err := getDemand(ctx, tx, id)
	if err != nil || dm.Meeting != meeting {
		return err
	}
	dm.Meeting = ""
	dm.Revision++
	if err := putDemand(ctx, tx, dm); err != nil || dm.Reached.IsZero() {
		return err
	}
	return d.dueDemand(ctx, tx, dm)
}
