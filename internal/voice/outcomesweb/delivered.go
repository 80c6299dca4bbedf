package outcomesweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
	"github.com/asociacija/asociacija/internal/voice/positions"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

type deliveredView struct {
	voiceweb.CaseHead
	Rows   []page.Row
	May    bool
	Frozen bool // there is something to deliver
}

// delivered lists what was handed over.
func (s *Site) delivered(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.member(r)
	if err != nil {
		return err
	}
	list, err := s.outcomes.Deliveries(r.Context(), f.Actor, file.ID)
	if err != nil {
		return err
	}
	v := deliveredView{CaseHead: voiceweb.Head(f, file, "delivered"), May: f.Actor.Can(voice.Work), Frozen: file.PositionNow != ""}
	for _, d := range list {
		v.Rows = append(v.Rows, s.deliveryRow(f, file, d, v.May))
	}
	return page.Render(w, r, deliveredPage(v))
}

func (s *Site) deliveryRow(f page.Frame, file cases.File, d outcomes.Delivery, may bool) page.Row {
	link := path(file, "delivered", string(d.ID))
	row := page.Row{
		Title: d.To, Link: link, When: f.T("outcomes.delivery.prepared"),
		Text: positionLabel(f, d.Position, d.Version), Meta: f.T("outcomes.channel." + string(d.Channel)),
	}
	if !d.Sent() {
		if may {
			row.Do, row.DoLink, row.Main = f.T("outcomes.send"), link+"/send", true
		}
		return row
	}
	row.When, row.WhenNote = f.Date(d.SentOn), f.Since(d.SentOn, f.Today)
	days := d.Waited(f.Today)
	switch {
	case !d.Expects():
		row.Tone, row.Icon, row.Status = "none", "info", f.T("outcomes.delivery.for_information")
	case d.Waits():
		row.Tone, row.Icon, row.Status = "none", "silence", f.T("outcomes.delivery.silent", "n", days)
		row.Late = f.Today.After(d.DueOn)
		row.Meta += " · " + f.T("outcomes.delivery.due", "day", f.Date(d.DueOn))
	default:
		row.Tone, row.Icon, row.Status = "ok", "taken", f.T("outcomes.delivery.answered", "n", days)
	}
	return row
}

func positionLabel(f page.Frame, id voice.PositionID, version int) string {
	return f.T("outcomes.position.label", "position", string(id), "version", version)
}

func positionID(s string) voice.PositionID { return voice.PositionID(s) }

// frozen lists the versions that can be handed over, newest first.
func (s *Site) frozen(r *http.Request, f page.Frame, file cases.File) ([]positions.Position, error) {
	list, err := s.positions.Versions(r.Context(), f.Actor, file.ID)
	return slices.DeleteFunc(list, func(p positions.Position) bool { return !p.Stage.Done() }), err
}

// own is a Missing fault unless the position belongs to the case.
func (s *Site) own(r *http.Request, f page.Frame, file cases.File, id voice.PositionID) error {
	list, err := s.frozen(r, f, file)
	if err == nil && !slices.ContainsFunc(list, func(p positions.Position) bool { return p.ID == id }) {
		err = fault.New(fault.Missing, "outcomes.position.other")
	}
	return err
}

type formView struct {
	voiceweb.CaseHead
	Heading, Text, Do, Back string
	Fields                  []page.Field
	Papers                  []page.File // to look at before they are chosen
	Files                   bool        // the form carries a file
}

func (s *Site) form(f page.Frame, file cases.File, tab, key string) formView {
	v := formView{CaseHead: voiceweb.Head(f, file, tab), Heading: f.T("outcomes." + key), Do: f.T("outcomes." + key + ".do"), Back: path(file, tab)}
	if f.Has("outcomes." + key + ".lead") {
		v.Text = f.T("outcomes." + key + ".lead")
	}
	v.Frame.Title = v.Heading + " · " + v.Frame.Title
	return v
}

type deliveryForm struct {
	Position string     `form:"position"`
	Body     string     `form:"body"`
	To       string     `form:"to"`
	Address  string     `form:"address"`
	Channel  string     `form:"channel"`
	Clock    string     `form:"clock"`
	Due      civil.Date `form:"due"`
	Papers   []string   `form:"papers"`
	Note     string     `form:"note"`
	due      string     // as it was typed
}

// own and none are choices of the form beside the clocks of the country.
const (
	ownDay = "own"
	noDay  = "none"
)

// prepare begins a delivery, or changes one that is not sent.
func (s *Site) prepare(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.worker(r)
	if err != nil {
		return err
	}
	versions, err := s.frozen(r, f, file)
	if err != nil {
		return err
	}
	if len(versions) == 0 {
		return fault.New(fault.Conflict, "outcomes.position.none")
	}
	id := outcomes.ID(r.PathValue("delivery"))
	in, err := s.deliveryForm(r, f, file, versions[0], id)
	if err != nil && !f.Blame(err) {
		return err
	}
	if r.Method == http.MethodPost && err == nil {
		made, err := s.putDelivery(r, f, file, id, in)
		if err == nil {
			return page.Go(w, r, path(file, "delivered", string(made.ID)), "said.outcomes.prepared")
		}
		if !f.Blame(err) {
			return err
		}
	}
	v := s.form(f, file, "delivered", "prepare")
	if v.Fields, v.Papers, err = s.deliveryFields(r, f, file, versions, in); err != nil {
		return err
	}
	if id != "" {
		v.Back = path(file, "delivered", string(id))
	}
	return page.RenderStatus(w, r, v.Again(), formPage(v))
}

// deliveryForm is what was typed, else what stands, else what is likely.
func (s *Site) deliveryForm(r *http.Request, f page.Frame, file cases.File, newest positions.Position, id outcomes.ID) (in deliveryForm, err error) {
	if r.Method == http.MethodPost {
		err = page.Decode(r, &in)
		in.due = r.PostFormValue("due")
		return in, err
	}
	if id != "" {
		d, err := s.outcomes.Delivery(r.Context(), f.Actor, id)
		if err == nil && d.Case != file.ID {
			err = fault.New(fault.Missing, "outcomes.delivery.missing")
		}
		in = deliveryForm{
			Position: versionKey(d.Position, d.Version), Body: d.Body, To: d.To, Address: d.Address, Channel: string(d.Channel), Clock: d.Clock, Note: d.Note,
		}
		switch {
		case d.Clock == "" && d.Expects():
			in.Clock, in.due = ownDay, f.Date(d.DueOn)
		case d.Clock == "":
			in.Clock = noDay
		}
		for _, p := range d.Papers {
			in.Papers = append(in.Papers, paperKey(p.Kind, p.Lang, p.Format))
		}
		return in, err
	}
	in = deliveryForm{
		Position: versionKey(newest.ID, newest.Version), Body: file.Body, To: file.Proposer, Channel: string(outcomes.Mail),
		Clock: noDay,
	}
	if clocks := outcomes.Clocks(s.cases.Country(), file.Body); len(clocks) > 0 {
		in.Clock = clocks[0].Key
	}
	for _, k := range []positions.Kind{positions.Letter, positions.Table, positions.Amendments} {
		in.Papers = append(in.Papers, paperKey(string(k), "sl", "pdf"))
	}
	return in, nil
}

func versionKey(id voice.PositionID, version int) string {
	return string(id) + ":" + strconv.Itoa(version)
}

func paperKey(kind, lang, format string) string { return kind + "/" + lang + "/" + format }

// putDelivery writes what was typed.
func (s *Site) putDelivery(r *http.Request, f page.Frame, file cases.File, id outcomes.ID, in deliveryForm) (outcomes.Delivery, error) {
	position, version, _ := strings.Cut(in.Position, ":")
	n, _ := strconv.Atoi(version) // 0 is refused by the desk
	d := outcomes.Delivery{
		ID: id, Case: file.ID, Position: voice.PositionID(position), Version: n, Body: in.Body, To: in.To, Address: in.Address,
		Channel: outcomes.Channel(in.Channel), Note: in.Note,
	}
	switch in.Clock {
	case noDay:
	case ownDay:
		if d.DueOn = in.Due; d.DueOn.IsZero() {
			return d, fault.In("due", "outcomes.due.empty")
		}
	default:
		d.Clock = in.Clock
	}
	for _, key := range in.Papers {
		part := strings.SplitN(key, "/", 3)
		if len(part) < 3 {
			return d, fault.In("papers", "outcomes.paper.missing")
		}
		d.Papers = append(d.Papers, outcomes.Paper{Kind: part[0], Lang: part[1], Format: part[2]})
	}
	if id != "" {
		return s.outcomes.Change(r.Context(), f.Actor, d)
	}
	return s.outcomes.Prepare(r.Context(), f.Actor, d)
}

func (s *Site) deliveryFields(r *http.Request, f page.Frame, file cases.File, versions []positions.Position, in deliveryForm) ([]page.Field, []page.File, error) {
	var which, bodies, ways, papers []page.Option
	for _, p := range versions {
		which = append(which, page.Option{Value: versionKey(p.ID, p.Version), Label: positionLabel(f, p.ID, p.Version) + " · " + p.Title})
	}
	bodies = append(bodies, page.Option{Label: f.T("outcomes.body.none")})
	for _, a := range s.cases.Country().Authorities {
		bodies = append(bodies, page.Option{Value: a.Key, Label: capital(voiceweb.Label(f.Printer, a.Labels))})
	}
	for _, c := range outcomes.Channels() {
		ways = append(ways, page.Option{Value: string(c), Label: f.T("outcomes.channel." + string(c))})
	}
	at := versions[0]
	for _, p := range versions {
		if versionKey(p.ID, p.Version) == in.Position {
			at = p
		}
	}
	docs, err := s.positions.Papers(r.Context(), f.Actor, at.ID, at.Version, "sl")
	if err != nil {
		return nil, nil, err
	}
	var look []page.File
	for _, d := range docs {
		if d.Format == "html" {
			continue
		}
		key := paperKey(string(d.Kind), d.Lang, d.Format)
		papers = append(papers, page.Option{Value: key, Label: f.T("outcomes.paper." + string(d.Kind)), Hint: strings.ToUpper(d.Format), On: slices.Contains(in.Papers, key)})
		if d.Format == "pdf" {
			look = append(look, page.File{
				Name: f.T("outcomes.paper." + string(d.Kind)), Link: path(file, "delivered/papers", string(at.ID), strconv.Itoa(at.Version), key), Meta: d.Name, Do: f.T("outcomes.paper.look"),
			})
		}
	}
	return []page.Field{
		{Name: "position", Label: f.T("outcomes.field.position"), Type: "select", Options: which, Value: in.Position},
		{Name: "body", Label: f.T("outcomes.field.body"), Hint: f.T("outcomes.field.body.hint"), Type: "select", Options: bodies, Value: in.Body},
		{Name: "to", Label: f.T("outcomes.field.to"), Value: in.To},
		{Name: "address", Label: f.T("outcomes.field.address"), Hint: f.T("outcomes.field.address.hint"), Value: in.Address},
		{Name: "channel", Label: f.T("outcomes.field.channel"), Type: "select", W: "m", Options: ways, Value: in.Channel},
		{Name: "papers", Label: f.T("outcomes.field.papers"), Hint: f.T("outcomes.field.papers.hint"), Type: "checks", Options: papers},
		{Name: "clock", Label: f.T("outcomes.field.clock"), Hint: f.T("outcomes.field.clock.hint"), Type: "radio", Options: s.clockOptions(f, in)},
		{Name: "due", Label: f.T("outcomes.field.due"), Hint: f.T("outcomes.field.due.hint"), Type: "date", Value: in.due},
		{Name: "note", Label: f.T("outcomes.field.note"), Hint: f.T("outcomes.field.note.hint"), Type: "textarea", Value: in.Note},
	}, look, nil
}

// clockOptions are the ways to say by when an answer is due, with their rules.
func (s *Site) clockOptions(f page.Frame, in deliveryForm) (list []page.Option) {
	for _, c := range outcomes.Clocks(s.cases.Country(), in.Body) {
		force, _ := voiceweb.Force(f.Printer, c.Force)
		list = append(list, page.Option{
			Value: c.Key, Label: capital(voiceweb.Label(f.Printer, c.Labels)) + ", " + f.T("outcomes.clock."+string(c.Term.Unit), "n", c.Term.N), Hint: force + " · " + c.Basis, On: c.Key == in.Clock,
		})
	}
	return append(list,
		page.Option{Value: ownDay, Label: f.T("outcomes.clock.own"), On: in.Clock == ownDay},
		page.Option{Value: noDay, Label: f.T("outcomes.clock.none"), On: in.Clock == noDay})
}

type deliveryView struct {
	voiceweb.CaseHead
	Heading, Lead  string
	Facts          []page.Fact
	Papers, Proofs []page.File
	Sent, May      bool
	Insider        bool // may see the proofs
	Link           string
	MailTo, Letter string // to send it from one's own program; empty once it is sent
	Silence        *mark
}

// delivery shows one delivery to those who may see its address and its proofs.
func (s *Site) delivery(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.member(r)
	if err != nil {
		return err
	}
	d, err := s.oneDelivery(r, f, file)
	if err != nil {
		return err
	}
	v := deliveryView{
		CaseHead: voiceweb.Head(f, file, "delivered"), Heading: d.To, Lead: positionLabel(f, d.Position, d.Version), Sent: d.Sent(), May: f.Actor.Can(voice.Work), Insider: f.Actor.Can(voice.SeeAnswers),
		Link: path(file, "delivered", string(d.ID)),
	}
	v.Frame.Title = d.To + " · " + v.Frame.Title
	v.Facts = s.deliveryFacts(f, d)
	for i, p := range d.Papers {
		v.Papers = append(v.Papers, page.File{Name: f.T("outcomes.paper." + p.Kind), Link: v.Link + "/paper/" + strconv.Itoa(i), Meta: p.Name + " · " + f.Printer.Size(p.Size), Do: f.T("outcomes.file.save")})
	}
	for i, p := range d.Proofs {
		v.Proofs = append(v.Proofs, page.File{Name: p.Name, Link: v.Link + "/proof/" + strconv.Itoa(i), Meta: f.Date(p.On) + " · " + f.Printer.Size(p.Size), Do: f.T("outcomes.file.save")})
	}
	if d.Sent() {
		row := s.deliveryRow(f, file, d, false)
		v.Silence = &mark{row.Tone, row.Icon, row.Status}
	} else if d.Channel == outcomes.Mail {
		v.MailTo, v.Letter = s.letter(f, file, d)
	}
	return page.Render(w, r, deliveryPage(v))
}

// oneDelivery is the delivery of the address, of this case.
func (s *Site) oneDelivery(r *http.Request, f page.Frame, file cases.File) (outcomes.Delivery, error) {
	d, err := s.outcomes.Delivery(r.Context(), f.Actor, outcomes.ID(r.PathValue("delivery")))
	if err == nil && d.Case != file.ID {
		err = fault.New(fault.Missing, "outcomes.delivery.missing")
	}
	return d, err
}

func (s *Site) deliveryFacts(f page.Frame, d outcomes.Delivery) []page.Fact {
	list := []page.Fact{
		{Label: f.T("outcomes.field.position"), Value: positionLabel(f, d.Position, d.Version), Link: positions.Path(d.Position, d.Version)},
		{Label: f.T("outcomes.field.body"), Value: s.body(f, d.Body)},
		{Label: f.T("outcomes.field.channel"), Value: f.T("outcomes.channel." + string(d.Channel))},
		{Label: f.T("outcomes.field.address"), Value: d.Address, ID: true},
	}
	if d.Sent() {
		list = append(list, page.Fact{Label: f.T("outcomes.field.on"), Value: f.Date(d.SentOn)})
	}
	if d.Expects() {
		force, _ := voiceweb.Force(f.Printer, d.DueForce)
		value := f.Date(d.DueOn) + ", " + force
		if d.DueRule != "" {
			value += " · " + d.DueRule
		}
		list = append(list, page.Fact{Label: f.T("outcomes.field.expected"), Value: value})
	}
	if !d.Answered.IsZero() {
		list = append(list, page.Fact{Label: f.T("outcomes.field.answered"), Value: f.Date(d.Answered)})
	}
	list = append(list, page.Fact{Label: f.T("outcomes.field.by"), Value: d.ByIs}, page.Fact{Label: f.T("outcomes.field.note"), Value: d.Note})
	return slices.DeleteFunc(list, func(one page.Fact) bool { return one.Value == "" })
}

// letter is an e-mail for the office's own program, which can attach the papers.
func (s *Site) letter(f page.Frame, file cases.File, d outcomes.Delivery) (link, text string) {
	p := s.site.In("sl")
	subject := p.T("outcomes.mail.subject", "case", file.Name(), "position", string(d.Position))
	text = p.T("outcomes.mail.text", "house", f.House.Name, "case", voiceweb.Called(file.Case), "link", f.House.URL+positions.Path(d.Position, d.Version))
	link = "mailto:" + url.PathEscape(d.Address) + "?subject=" + url.PathEscape(subject) + "&body=" + url.PathEscape(text)
	return link, subject + "\n\n" + text
}

// send marks a delivery as sent.
func (s *Site) send(w http.ResponseWriter, r *http.Request) error {
	return s.withFile(w, r, "send", func(f page.Frame, d outcomes.Delivery, kept outcomes.File) error {
		var in struct {
			On civil.Date `form:"on"`
		}
		if err := page.Decode(r, &in); err != nil {
			return err
		}
		var proofs []outcomes.File
		if kept.Blob != "" {
			proofs = append(proofs, kept)
		}
		_, err := s.outcomes.Send(r.Context(), f.Actor, d.ID, in.On, proofs...)
		return err
	})
}

// addProof adds a proof that came later.
func (s *Site) addProof(w http.ResponseWriter, r *http.Request) error {
	return s.withFile(w, r, "proof", func(f page.Frame, d outcomes.Delivery, kept outcomes.File) error {
		if kept.Blob == "" {
			return fault.In("file", "outcomes.file.none")
		}
		return s.outcomes.AddProof(r.Context(), f.Actor, d.ID, kept)
	})
}

// withFile is a form about a delivery that carries a file.
func (s *Site) withFile(w http.ResponseWriter, r *http.Request, key string, deed func(page.Frame, outcomes.Delivery, outcomes.File) error) error {
	f, file, err := s.worker(r)
	if err != nil {
		return err
	}
	d, err := s.oneDelivery(r, f, file)
	if err != nil {
		return err
	}
	link, on := path(file, "delivered", string(d.ID)), f.Date(f.Today)
	if r.Method == http.MethodPost {
		kept, err := s.upload(w, r, f.Actor)
		if err == nil {
			err = deed(f, d, kept)
		}
		if err == nil {
			return page.Go(w, r, link, "said.outcomes."+key)
		}
		if !f.Blame(err) {
			return err
		}
		on = r.PostFormValue("on")
	}
	v := s.form(f, file, "delivered", key)
	v.Back, v.Files = link, true
	v.Fields = []page.Field{{Name: "file", Label: f.T("outcomes.field.proof"), Hint: f.T("outcomes.field.proof.hint"), Type: "file"}}
	if key == "send" {
		v.Fields = append([]page.Field{{Name: "on", Label: f.T("outcomes.field.on"), Type: "date", Value: on}}, v.Fields...)
	}
	return page.RenderStatus(w, r, v.Again(), formPage(v))
}

// dropDelivery takes away a delivery that is not sent.
func (s *Site) dropDelivery(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.worker(r)
	if err != nil {
		return err
	}
	d, err := s.oneDelivery(r, f, file)
	if err != nil {
		return err
	}
	if r.Method == http.MethodPost {
		if err := s.outcomes.Drop(r.Context(), f.Actor, d.ID); err != nil {
			return err
		}
		return page.Go(w, r, path(file, "delivered"), "said.outcomes.dropped")
	}
	f.Title = f.T("outcomes.drop")
	link := path(file, "delivered", string(d.ID))
	return page.Render(w, r, page.Confirm(page.Question{
		Frame: f, Ask: f.T("outcomes.drop"), Text: f.T("outcomes.drop.lead", "to", d.To), Do: f.T("outcomes.drop.do"), Action: link + "/drop",
		Back: link, BackLabel: f.T("outcomes.back"), Danger: true,
	}))
}
