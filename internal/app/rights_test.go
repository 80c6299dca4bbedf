package app_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/app"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// routesOf are the routes that a package registers, as its source has them.
func routesOf(t testing.TB, dir string) (routes []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatal(dir, err)
	}
	known := map[string][]string{}
	var texts func(ast.Expr) []string
	texts = func(e ast.Expr) []string {
		switch e := e.(type) {
		case *ast.BasicLit:
			s, _ := strconv.Unquote(e.Value)
			return []string{s}
		case *ast.Ident:
			return known[e.Name]
		case *ast.BinaryExpr:
			var all []string
			for _, a := range texts(e.X) {
				for _, b := range texts(e.Y) {
					all = append(all, a+b)
				}
			}
			return all
		}
		return nil
	}
	add := func(e ast.Expr) {
		for _, s := range texts(e) {
			if method, path, ok := strings.Cut(s, " "); ok && (method == "GET" || method == "POST") && strings.HasPrefix(path, "/") {
				routes = append(routes, s)
			}
		}
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec: // const one = "/votes/{id}"
				for i, v := range n.Values {
					known[n.Names[i].Name] = texts(v)
				}
			case *ast.RangeStmt: // for _, base := range []string{…}
				if list, ok := n.X.(*ast.CompositeLit); ok && n.Value != nil {
					if id, ok := n.Value.(*ast.Ident); ok {
						known[id.Name] = nil
						for _, e := range list.Elts {
							known[id.Name] = append(known[id.Name], texts(e)...)
						}
					}
				}
			case *ast.KeyValueExpr:
				add(n.Key)
			case *ast.CallExpr: // mux.Handle("GET /…", …), page.Get(api, "/…", …)
				if f, ok := n.Fun.(*ast.SelectorExpr); ok && len(n.Args) > 1 {
					switch f.Sel.Name {
					case "Handle":
						add(n.Args[0])
					case "Get", "Post":
						for _, s := range texts(n.Args[1]) {
							if strings.HasPrefix(s, "/api/") {
								routes = append(routes, strings.ToUpper(f.Sel.Name)+" "+s)
							}
						}
					}
				}
			}
			return true
		})
	}
	slices.Sort(routes)
	return slices.Compact(routes)
}

// A seeker is a kind of visitor, a column of the table. Own and another act for an
// organisation each; what the routes name is of the one of own.
type seeker struct {
	name  string
	email string
	roles auth.Roles
}

// deskRooms are the packages whose routes the table has.
var deskRooms = []string{"membersweb", "admissionweb", "duesweb", "bodiesweb", "ballotsweb", "proofweb", "ownweb"}

// one is what a query finds first; "none" if it finds nothing.
func one(t testing.TB, h *app.House, query string, args ...any) (found string) {
	t.Helper()
	err := h.DB.Read(t.Context(), func(tx *store.Tx) error {
		return tx.QueryRowContext(t.Context(), query+" LIMIT 1", args...).Scan(&found)
	})
	if store.Missing(err) {
		return "none"
	}
	if err != nil {
		t.Fatal(query, err)
	}
	return found
}

// enterAs comes in as a seeker, with an account of their own.
func enterAs(t testing.TB, h *app.House, handler http.Handler, who seeker) *visitor {
	t.Helper()
	v := &visitor{t: t, handler: handler, cookies: map[string]string{"lang": "sl"}, header: http.Header{}}
	if who.email == "" {
		return v
	}
	a, err := h.Accounts.Invite(t.Context(), auth.House, accounts.Account{Name: who.name, Email: who.email, Roles: who.roles})
	if err != nil {
		t.Fatal(err)
	}
	v.post("/demo", "as", string(a.ID)).is(http.StatusSeeOther)
	return v
}

// asked are the names that stand in routes, in a house in which something of each kind
// has happened to the organisation mine.
func asked(t testing.TB, h *app.House, mine, email string, own, office *visitor) map[string]string {
	t.Helper()
	day := civil.Of(h.DB.Now(), h.Config.TimeZone).String()
	own.post("/my/"+mine+"/propose", "kind", "name", "value", "Drugo ime").is(http.StatusSeeOther)
	exported := own.post("/my/" + mine + "/export").leads()
	own.post("/certificates/"+mine, "on", day, "purpose", "razpis", "lang", "sl").is(http.StatusSeeOther)
	office.post("/confirmations", "year", "2026").is(http.StatusSeeOther)
	drain(t, h)
	link := func(path string) string {
		text := one(t, h, `SELECT text FROM mail_letters WHERE to_address = $1 AND text LIKE $2 ORDER BY id DESC`, email, "%/"+path+"/%")
		_, token, _ := strings.Cut(text, "/"+path+"/")
		return token[:min(len(token), 43)]
	}
	return map[string]string{
		"member": mine, "export": exported[strings.LastIndex(exported, "/")+1:], "v": link("v"), "confirm": link("confirm"),
		"agent":    one(t, h, `SELECT id FROM member_agents WHERE member = $1`, mine),
		"wishes":   one(t, h, `SELECT id FROM own_wishes`),
		"payers":   one(t, h, `SELECT id FROM dues_payers WHERE member = $1`, mine),
		"invoices": one(t, h, `SELECT i.id FROM dues_invoices i JOIN dues_payers p ON p.id = i.payer WHERE p.member = $1`, mine),
		"payments": one(t, h, `SELECT id FROM dues_payments`), "runs": one(t, h, `SELECT id FROM dues_runs`), "rules": one(t, h, `SELECT id FROM dues_rules`),
		"confirmations": one(t, h, `SELECT id FROM own_campaigns`), "applications": one(t, h, `SELECT id FROM applications WHERE state = 'confirmed'`),
		"extracts": one(t, h, `SELECT id FROM proof_extracts WHERE member = ''`), "format": "pdf", "check": one(t, h, `SELECT token FROM proof_extracts WHERE member = ''`),
		"bodies": one(t, h, `SELECT body FROM body_papers WHERE meeting = ''`), "papers": one(t, h, `SELECT id FROM body_papers WHERE meeting = ''`),
		"meetings": one(t, h, `SELECT id FROM meetings WHERE state = 'closed'`), "annex": one(t, h, `SELECT id FROM body_papers WHERE meeting <> ''`),
		"seat": one(t, h, `SELECT s.id FROM body_seats s JOIN body_papers p ON p.body = s.body AND p.meeting = ''`), "attendee": one(t, h, `SELECT a.id FROM meeting_attendees a JOIN meetings m ON m.id = a.meeting WHERE m.state = 'closed'`),
		"motion": one(t, h, `SELECT o.id FROM motions o JOIN meetings m ON m.id = o.meeting WHERE m.state = 'closed'`), "item": "1", "file": "agenda.pdf",
		"decisions": one(t, h, `SELECT id FROM decisions`), "votes": one(t, h, `SELECT id FROM votes WHERE state = 'open'`), "closed": one(t, h, `SELECT id FROM votes WHERE state = 'closed'`),
		"cid": one(t, h, `SELECT id FROM vote_candidates`), "no": one(t, h, `SELECT e.no FROM vote_electors e JOIN votes v ON v.id = e.vote WHERE v.state = 'open' AND e.member = $1`, mine),
	}
}

// told is a route with names in it.
func told(route string, names map[string]string) string {
	parts := strings.Split(route, "/")
	for i, p := range parts {
		key := strings.Trim(p, "{}")
		switch {
		case key == p:
			continue
		case key == "id" && (parts[i-1] == "my" || parts[i-1] == "members"):
			key = "member"
		case key == "id" || key == "token" || key == "of":
			key = parts[i-1]
		case key == "paper" && parts[i-2] == "bodies", key == "paper" && parts[1] == "bodies":
			key = "papers"
		case key == "paper":
			key = "annex"
		}
		if key == "votes" && len(parts) > i+1 && regexp.MustCompile(`^(result|ballots|protocol|record)`).MatchString(parts[i+1]) {
			key = "closed"
		}
		if parts[i] = names[key]; parts[i] == "" {
			parts[i] = "none"
		}
	}
	return strings.Join(parts, "/")
}

// Who may do what at each route of the desk. The columns are nobody, a member of another
// organisation, the member whom the route is about, the board, the office, and an
// administrator who is not of the office; a dot is what one may do and a test does not.
// What is refused changes nothing, and neither does looking. There are no tokens for
// programs: the API asks for the session of a person.
func TestRights_members(t *testing.T) {
	t.Parallel()
	h := furnished(t)
	drain(t, h)
	handler := h.Handler()
	acting := func(after string) (id, email string) {
		id = one(t, h, `SELECT p.member FROM dues_payers p JOIN dues_invoices i ON i.payer = p.id JOIN member_agents a ON a.member = p.member WHERE a.email NOT IN (SELECT email FROM accounts) AND p.member > $1 ORDER BY p.member`, after)
		return id, one(t, h, `SELECT email FROM member_agents WHERE member = $1`, id)
	}
	mine, email := acting("")
	_, other := acting(mine)
	var come []*visitor
	for _, who := range []seeker{{}, {"Druga", other, auth.Member}, {"Prva", email, auth.Member}, {"Odbor", "odbor@mnk.example", auth.Board}, {"Pisarna", "pisarna@mnk.example", auth.Office}, {"Skrbnica", "skrbnica@mnk.example", auth.Administrator}} {
		come = append(come, enterAs(t, h, handler, who))
	}
	names := asked(t, h, mine, email, come[2], come[4])
	want := map[string][]string{}
	for _, line := range strings.Split(strings.TrimSpace(memberRights), "\n") {
		f := strings.Fields(line)
		want[f[0]+" "+f[1]] = f[2:]
	}
	before := sums(t, h.DB)
	for _, dir := range deskRooms {
		for _, route := range routesOf(t, "members/"+dir) {
			method, path, _ := strings.Cut(route, " ")
			path = told(path, names)
			var got []string
			for i, v := range come {
				switch {
				case method == "GET":
					got = append(got, strconv.Itoa(v.get(path).StatusCode))
				case len(want[route]) > i && want[route][i] == "·":
					got = append(got, "·")
				default:
					got = append(got, strconv.Itoa(v.post(path).StatusCode))
				}
			}
			if !slices.Equal(got, want[route]) {
				t.Errorf("%s %s, want %s", route, strings.Join(got, " "), strings.Join(want[route], " "))
			}
			delete(want, route)
		}
	}
	for route := range want {
		t.Errorf("%s is in the table, and not in the house", route)
	}
	if after := sums(t, h.DB); len(changed(before, after)) > 0 {
		t.Errorf("changed: %v", changed(before, after))
	}
}
