// Package jobs is the work that is done later: it is put down in the transaction
// of the deed that asks for it, and done once that is committed.
//
// What holds:
//
//   - There is no job without its deed, and no deed without its job.
//   - A job is done at least once. One whose process died is taken again when its
//     lease ends, so work must bear being done twice.
//   - At most one job with the same Unique key waits. Another may be running.
//   - A process takes only kinds that it knows, so that nodes of two versions can
//     work side by side.
//   - Each slot of a schedule is run once, whatever the number of nodes.
package jobs

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

// Steps are the tables of the jobs.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "jobs", FS: sub}
}

// An ID names a job for good.
type ID string

// A State is where a job is between being asked for and being over.
type State string

// The states.
const (
	Waiting   State = "waiting"   // for its time, for a worker, or for its next try
	Running   State = "running"   // a worker has it
	Done      State = "done"      // it is over, and went well
	Failed    State = "failed"    // it was tried enough; the office can retry it
	Cancelled State = "cancelled" // somebody stopped it, or another one took its place
)

// A Job is work to be done.
type Job struct {
	Kind   string      // who does it: a kind given to Handle
	Args   any         // a string is kept as it is, anything else as JSON
	Unique string      // at most one job with this key waits; empty for no such limit
	Due    time.Time   // not before; zero is at once
	By     auth.UserID // who asked; empty for the house itself
	Title  string      // key of the catalogues, for people to know it by
}

// An Entry is a job as people see it.
type Entry struct {
	ID          ID
	Job         // Args is a string here; Due is the end of the lease while it runs
	State       State
	Added       time.Time
	Ended       time.Time // zero until it is over
	Tries       int
	Done, Total int    // how far it says it is; Total is 0 if it never said
	Step        string // key of the catalogues: what it is at
	Stopping    bool   // it runs, and has been asked to stop
	Words       string // the error of its last try
}

// Stop says of an error that trying again is of no use.
func Stop(err error) error { return &verdict{err: err} }

// Later says of an error that the job should be tried again at the instant. That
// does not count as a try.
func Later(err error, at time.Time) error { return &verdict{err: err, at: at} }

type verdict struct {
	err error
	at  time.Time // zero for never
}

func (v *verdict) Error() string { return v.err.Error() }
func (v *verdict) Unwrap() error { return v.err }

// ended says what becomes of the try of a job.
type ended struct {
	state   State
	due     time.Time // for Waiting
	words   string
	counted bool // whether it was a try
}

const (
	maxTries     = 8
	firstDelay   = 10 * time.Second
	longestDelay = 6 * time.Hour
)

// judge decides what becomes of a job after a try that ended with err. The random
// number in [0, 1) spreads tries that failed together.
func judge(err error, now time.Time, try int, random float64) ended {
	var v *verdict
	switch {
	case err == nil:
		return ended{state: Done, counted: true}
	case errors.As(err, &v) && !v.at.IsZero():
		return ended{Waiting, v.at, words(err), false}
	case v != nil, try >= maxTries:
		return ended{state: Failed, words: words(err), counted: true}
	}
	return ended{Waiting, now.Add(delay(try, random)), words(err), true}
}

// words is the error as both databases can hold it.
func words(err error) string {
	s := err.Error()
	return strings.ToValidUTF8(strings.ReplaceAll(s[:min(len(s), 2000)], "\x00", ""), "\uFFFD")
}

// delay is 10 s, 30 s, 90 s … up to six hours, give or take a fifth.
func delay(try int, random float64) time.Duration {
	d := firstDelay
	for i := 1; i < try && d < longestDelay; i++ {
		d *= 3
	}
	return time.Duration(float64(min(d, longestDelay)) * (0.8 + 0.4*random))
}

func writeArgs(args any) (string, error) {
	switch a := args.(type) {
	case nil:
		return "", nil
	case string:
		return a, nil
	}
	whole, err := json.Marshal(args)
	if err != nil {
		return "", fmt.Errorf("jobs: args: %w", err)
	}
	return string(whole), nil
}
