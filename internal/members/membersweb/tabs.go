package membersweb

import (
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// parts are the parts of the desk, in the order register, applications, dues,
// bodies, meetings, decisions, votes, extracts, and who may open them.
var parts = []struct {
	key, link string
	roles     auth.Roles
}{
	{"register", "/members", auth.Anyone},
	{"applications", "/applications", auth.Insider},
	{"bodies", "/bodies", auth.Anyone},
	{"meetings", "/meetings", auth.Anyone},
	{"decisions", "/decisions", auth.Anyone},
	{"dues", "/dues", auth.Insider},
	{"votes", "/votes", auth.Anyone},
	{"extracts", "/extracts", auth.Insider},
	{"care", "/wishes", auth.Staff},
}

// Tabs are the links between the parts of the desk; on is the key of the one that
// is open. They stand under the headline of each part's first page.
func Tabs(f page.Frame, who auth.Actor, on string) []page.Tab {
	var list []page.Tab
	for _, v := range parts {
		if who.Roles&v.roles != 0 {
			list = append(list, page.Tab{Label: f.T("members.view." + v.key), Link: v.link, On: v.key == on})
		}
	}
	return list
}
