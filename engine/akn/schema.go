package akn

func known(name string) bool { return name != "" }
