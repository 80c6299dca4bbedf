package reader

import "golang.org/x/sys/unix"

// limitMemory bounds what a process may write to. RLIMIT_AS would also count
// the addresses that a Go process reserves without using them. A process that
// has ended already needs no limit.
func limitMemory(pid int, most int64) error {
	err := unix.Prlimit(pid, unix.RLIMIT_DATA, &unix.Rlimit{Cur: uint64(most), Max: uint64(most)}, nil)
	if err == unix.ESRCH {
		return nil
	}
	return err
}
