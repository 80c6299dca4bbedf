package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path"
	"reflect"
	"strings"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/asociacija/asociacija/internal/law/lawweb"
	"github.com/asociacija/asociacija/internal/members/admissionweb"
	"github.com/asociacija/asociacija/internal/members/ballotsweb"
	"github.com/asociacija/asociacija/internal/members/bodiesweb"
	"github.com/asociacija/asociacija/internal/members/duesweb"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/members/ownweb"
	"github.com/asociacija/asociacija/internal/members/proofweb"
	"github.com/asociacija/asociacija/internal/members/views"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
	"github.com/asociacija/asociacija/internal/platform/auth/provider"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/houseweb"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice/casesweb"
	"github.com/asociacija/asociacija/internal/voice/consultweb"
	"github.com/asociacija/asociacija/internal/voice/outcomesweb"
	"github.com/asociacija/asociacija/internal/voice/positionsweb"
	"github.com/asociacija/asociacija/internal/voice/publicweb"
)

// menu is the main menu; who sees what is said beside each entry.
func menu() []page.Entry {
	return []page.Entry{
		{Key: "nav.today", Link: "/today", Roles: auth.Insider},
		{Key: "nav.cases", Link: "/cases", Roles: auth.Anyone},
		{Key: "nav.open", Link: "/#consultations", Guests: true},
		{Key: "nav.held", Link: "/#positions", Guests: true},
		{Key: lawweb.Section, Link: "/acts", Public: true},
		{Key: positionsweb.Section, Link: "/positions", Roles: auth.Anyone},
		{Key: "nav.uptake", Link: "/uptake", Public: true},
		{Key: "nav.members", Link: "/members", Roles: auth.Anyone},
		{Key: "nav.mine", Link: "/my", Roles: auth.Member},
		{Key: "nav.house", Link: "/house", Roles: auth.Staff},
		{Key: "nav.public", Link: "/", Roles: auth.Anyone},
		{Key: "nav.about", Link: "/#about", Guests: true},
		{Key: "nav.join", Link: "/join", Guests: true},
	}
}

// Handler is all pages of the house.
func (h *House) Handler() http.Handler {
	mux := http.NewServeMux()
	door := houseweb.New(h.Site, h.DB, h.Accounts, h.Jobs, h.Mail, h.Search, h.Profile, h.doors)
	door.By(provider.New(h.provider(), h.Config.URL+"/sign-in/provider/back")).Routes(mux)
	h.Site.Sure = door.Sure
	sites := h.sites()
	for _, site := range sites {
		site.Routes(mux)
	}
	api(mux, sites)
	mux.Handle("GET /assets/", page.Assets())
	mux.Handle("/", h.Site.Handle(h.Site.NotFound))
	return h.Site.Guard(door.Known(limit(mux)))
}

// provider is our account at the provider of sign-in, in its own words.
func (h *House) provider() provider.Account {
	c := h.Config.OIDC
	return provider.Account{Issuer: c.Issuer, ID: c.ID, Secret: c.Secret, Name: c.Name, Inside: c.Inside}
}

// A desksite is the pages of a desk; most have a JSON face too.
type desksite interface{ Routes(*http.ServeMux) }

// sites are the pages of all desks.
func (h *House) sites() []desksite {
	meet := bodiesweb.New(h.Site, bodiesweb.Desks{Members: h.Members, Bodies: h.Bodies, Meetings: h.Meetings, People: h.people})
	own := ownweb.New(h.Site, h.Own, h.Members, h.shelves()...)
	own.Meetings, own.Owes = meet.Mine, h.owes
	return []desksite{
		h.register(),
		ballotsweb.New(h.Site, h.Ballots),
		proofweb.New(h.Site, h.Proof, h.Bodies),
		duesweb.New(h.Site, h.Dues, h.Bank, h.Members, h.Jobs),
		admissionweb.New(h.Site, h.Admission, h.Members),
		meet,
		own,
		lawweb.New(h.Site, h.Law, h.readAndKeep),
		casesweb.New(h.Site, h.Cases, casesweb.Outside{Corpus: h.Law, Blobs: h.Files, ReadFile: h.readFile, People: h.people, Votes: h.waitingVotes}),
		positionsweb.New(h.Site, h.Positions, h.Cases, h.Law).With(h.Bodies),
		publicweb.New(h.Site, h.profile, publicweb.Desks{
			Members: h.Members, Corpus: h.Law, Cases: h.Cases, Consult: h.Consult, Positions: h.Positions, Outcomes: h.Outcomes,
		}),
		outcomesweb.New(h.Site, h.Outcomes, h.Cases, h.Positions, h.Law),
		consultweb.New(h.Site, consultweb.Desks{Cases: h.Cases, Consult: h.Consult, Law: h.Law, Members: h.Members}),
	}
}

// register is the pages of the register.
func (h *House) register() *membersweb.Site {
	site := membersweb.New(h.Site, h.Members, h.Intake, h.Jobs)
	site.Twins, site.Circulars, site.Views, site.Rooms = h.Twins, h.Circulars, views.New(h.DB), h.rooms
	return site
}

// people are those who may be given a case, or a thing to do.
func (h *House) people(ctx context.Context) ([]auth.Actor, error) {
	var list []auth.Actor
	all, err := h.Accounts.List(ctx, auth.House, accounts.Query{Roles: auth.Insider, Limit: 200})
	for _, a := range all {
		if !a.Disabled {
			list = append(list, a.Actor())
		}
	}
	return list, err
}

// api is the JSON face of the desks, described at /api/v1/openapi.json.
func api(mux *http.ServeMux, sites []desksite) huma.API {
	c := huma.DefaultConfig("Asociacija", "1")
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "/api/v1/openapi", "", "/api/v1/schemas"
	c.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	c.Info.Description = "Cases, acts, proposals and members of an association. Whoever has signed in may do here what they may do on the pages."
	api := humago.New(mux, c)
	for _, site := range sites {
		if desk, ok := site.(interface{ API(huma.API) }); ok {
			desk.API(api)
		}
	}
	return api
}

// schemaName tells apart types of the same name in the packages of two desks:
// textWire of lawweb is LawText.
func schemaName(t reflect.Type, hint string) string {
	name := strings.TrimSuffix(huma.DefaultSchemaNamer(t, hint), "Wire")
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	desk, ok := strings.CutSuffix(path.Base(t.PkgPath()), "web")
	if !ok || desk == "" {
		return name
	}
	return strings.ToUpper(desk[:1]) + desk[1:] + name
}

// maxBody is the most that any request may carry, in bytes: a file to read and
// the form around it.
const maxBody = 64 << 20

// limit bounds a request. It takes away the temporary files of its form, which the
// server does only for a request that nobody has copied.
func limit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		defer func() {
			if r.MultipartForm != nil {
				r.MultipartForm.RemoveAll()
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// Serve answers on the listener and does the work for later, until the context
// ends; then it lets go in good order.
func (h *House) Serve(ctx context.Context, l net.Listener) error {
	h.schedule()
	var work sync.WaitGroup
	worker, stop := context.WithCancel(ctx)
	work.Go(func() { h.Jobs.Run(worker, 4) })
	work.Go(func() { _ = h.Members.Warm(worker) }) // what fails here is told by the first list
	server := &http.Server{
		Handler:           h.Handler(),
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       2 * time.Minute,
		WriteTimeout:      5 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(slog.Default().Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	var err error
	select {
	case err = <-ended:
	case <-ctx.Done():
		bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
		err = server.Shutdown(bounded)
		cancel()
	}
	stop()
	work.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	return err
}

// FirstLink is the address where the first administrator is made, good for half
// an hour, or empty if there is one.
func (h *House) FirstLink(ctx context.Context) (string, error) {
	token, err := h.Accounts.Setup(ctx)
	switch {
	case fault.Is(err, fault.Conflict):
		return "", nil
	case err != nil:
		return "", fmt.Errorf("app: first link: %w", err)
	}
	return h.Config.URL + "/setup/" + token, nil
}
