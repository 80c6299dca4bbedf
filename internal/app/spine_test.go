package app_test

import "testing"

// The door of the demo house lets a person in with one press.
func TestBrowser_door(t *testing.T) {
	_, base := demoHouse(t)
	b := browser(t, base)
	b.size(1280, 900)
	b.open("/demo")
	b.sees("Koordinatorka")
	b.sound()
	b.shot("door")
	b.open("/sign-in")
	b.sound()
	b.size(320, 700)
	b.sound()
	b.open("/demo")
	b.sound()
}
