package southslavic
import ("testing";"path/filepath";"strings";"github.com/asociacija/asociacija/internal/platform/realtexts")
func TestZZ(t *testing.T){
 dir := realtexts.Path(t, "law", "machine-gt", "sr-akn")
 s:=readXML(t, load(t, filepath.Join(dir, "ZakonOIzmeniIDopuni77-2019.xml"))).find("body").plain()
 i:=strings.Index(s,"Члан 4."); j:=strings.Index(s,"Члан 7.")
 for _,l:=range strings.Split(s[i:j],"\n") { if strings.ContainsAny(l,"„”ˮ\"") {r:=[]rune(l); if len(r)>120 {r=append(r[:50],r[len(r)-70:]...)}; t.Log(string(r))} }
}
