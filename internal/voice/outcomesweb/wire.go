package outcomesweb

import (
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
)

type ledgerWire struct {
	Case     string     `json:"case"`
	Position string     `json:"position"`
	Version  int        `json:"version"`
	Title    string     `json:"title"`
	Numbers  MemoryNums `json:"numbers"`
	Rows     []lineWire `json:"proposals" doc:"in the order of the position"`
}

type lineWire struct {
	Proposal  string `json:"proposal"`
	Number    int    `json:"number"`
	Title     string `json:"title"`
	Provision string `json:"provision" doc:"as people cite it"`
	JudgementWire
	Figure  bool            `json:"leans_on_figure"`
	Earlier []JudgementWire `json:"earlier,omitempty" doc:"other judgements, the last one first; for those who have signed in"`
}

// A JudgementWire is a judgement as JSON; it is exported so that the document of the
// API sees what a line has of it.
type JudgementWire struct {
	Verdict   string     `json:"verdict,omitempty" enum:"taken,partly,not,silence" doc:"none while nobody has judged"`
	Text      string     `json:"text,omitempty" doc:"label of the text that was looked at"`
	Version   string     `json:"text_version,omitempty"`
	TextOn    string     `json:"text_on,omitempty"`
	Passage   string     `json:"passage,omitempty" doc:"words of the text that prove it"`
	PassageAt string     `json:"passage_at,omitempty"`
	PassageID string     `json:"passage_id,omitempty"`
	Marks     []markWire `json:"marks,omitempty"`
	Note      string     `json:"note,omitempty"`
	Suggested string     `json:"suggested,omitempty" doc:"what the program proposed"`
	Score     float64    `json:"score,omitempty" doc:"0 to 1: how much of what was asked for was done, by the program's count"`
	By        string     `json:"judged_by,omitempty"`
	On        string     `json:"judged_on,omitempty"`
}

type markWire struct {
	Start int    `json:"start" doc:"byte of the passage"`
	End   int    `json:"end"`
	Whose string `json:"whose" enum:"ours,drafts,others"`
}

// MemoryNums are the numbers of a memory as JSON, exported for the same reason.
type MemoryNums struct {
	Taken      int `json:"taken"`
	Partly     int `json:"partly"`
	Not        int `json:"not"`
	Silence    int `json:"silence"`
	Open       int `json:"open,omitempty" doc:"that nobody has judged"`
	WithFigure int `json:"taken_with_figure" doc:"of those taken in whole or in part, how many leaned on a figure"`
	Deliveries int `json:"deliveries,omitempty"`
	Unanswered int `json:"unanswered,omitempty"`
	Waited     int `json:"days_of_silence,omitempty"`
}

type memoryWire struct {
	Year int        `json:"year,omitempty" doc:"none for all years"`
	On   string     `json:"on" doc:"the day on which silence was counted"`
	Rows []rowWire  `json:"rows"`
	Sum  MemoryNums `json:"total"`
}

type rowWire struct {
	Year int    `json:"year"`
	Body string `json:"authority" doc:"key of the country's pack, empty if none fits"`
	MemoryNums
}

func numsOf(m outcomes.Memory) MemoryNums {
	return MemoryNums{m.Taken, m.Partly, m.Not, m.Silence, m.Open, m.WithFigure, m.Deliveries, m.Unanswered, m.Waited}
}

func ledgerWireOf(id voice.CaseID, l outcomes.Ledger) ledgerWire {
	out := ledgerWire{Case: string(id), Position: string(l.Position), Version: l.Edition, Title: l.Title, Numbers: numsOf(l.Memory), Rows: []lineWire{}}
	for _, line := range l.Lines {
		one := lineWire{Proposal: string(line.Proposal), Number: line.Number, Title: line.Title, Provision: line.Cite, JudgementWire: judgementWireOf(line.Judgement), Figure: line.Evidence}
		for _, j := range line.Earlier {
			one.Earlier = append(one.Earlier, judgementWireOf(j))
		}
		out.Rows = append(out.Rows, one)
	}
	return out
}

func judgementWireOf(j outcomes.Judgement) JudgementWire {
	if j.Verdict == "" {
		return JudgementWire{}
	}
	out := JudgementWire{
		Verdict: string(j.Verdict), Text: j.TextIs, Version: string(j.Version), TextOn: j.TextOn.String(), Passage: j.Text, PassageAt: j.PassageIs, PassageID: j.Passage,
		Note: j.Note, Suggested: string(j.Suggested), Score: j.Score, By: j.ByIs, On: j.On.String(),
	}
	for _, m := range j.Marks {
		out.Marks = append(out.Marks, markWire{m.Start, m.End, string(m.Whose)})
	}
	return out
}

func memoryWireOf(year int, on civil.Date, rows []outcomes.Row) memoryWire {
	out := memoryWire{Year: year, On: on.String(), Rows: []rowWire{}, Sum: numsOf(outcomes.Total(rows))}
	for _, r := range rows {
		out.Rows = append(out.Rows, rowWire{r.Year, r.Body, numsOf(r.Memory)})
	}
	return out
}
