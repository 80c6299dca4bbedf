package corpus

import "time"

// A Remark is what the office says beside a provision of a version: why it reads
// so, what it lacks. It is as public as the version.
type Remark struct {
	Text string
	Name string // who wrote it
	At   time.Time
}

// MaxRemark is the most that a remark may weigh, in bytes.
const MaxRemark = 4000
