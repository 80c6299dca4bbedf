package akn

import "strings"

// The schema of Akoma Ntoso 3.0 as it is checked: which attributes an element
// has, and what stands in it. It says what akomantoso30.xsd of 30 March 2017
// says (OASIS, CC BY 4.0), written anew; what the schema leaves to its comments,
// such as that a reference must have a target, Check has as rules of its own.

// Words that stand for several elements.
var groups = map[string]string{
	"@hier": `clause section part paragraph chapter title article book tome division list point indent alinea rule subrule proviso
		subsection subpart subparagraph subchapter subtitle subdivision subclause sublist level transitional hcontainer`,
	"@speeches": "speechGroup speech question answer other scene narrative summary",
	"@sections": `administrationOfOath rollCall prayers oralStatements writtenStatements personalStatements ministerialStatements
		resolutions nationalInterest declarationOfVote communication petitions papers noticesOfMotion questions address
		proceduralMotions pointOfOrder adjournment debateSection`,
	"@containers": "@sections div container",
	"@blocks":     "blockList blockContainer tblock toc ul ol table p foreign block",
	"@inlines": `ref mref rref mod mmod rmod remark recordedTime vote outcome ins del omissis embeddedText embeddedStructure opinion
		placeholder fillIn decoration b i a u sub sup abbr span docType docTitle docNumber docProponent docDate legislature
		session shortTitle docAuthority docPurpose docCommittee docIntroducer docStage docStatus docJurisdiction docketNumber
		date time person organization concept object event location process role term quantity def entity courtType
		neutralCitation party judge lawyer signature argument affectedDocument relatedDocument change inline
		noteRef eol eop img br marker authorialNote subFlow`,
	"@documents": "amendmentList officialGazette documentCollection act bill debateReport debate statement amendment judgment portion doc",
	"@mods":      "textualMod meaningMod scopeMod forceMod efficacyMod legalSystemMod",
	"@judged":    "supports isAnalogTo applies extends restricts derogates contrasts overrules dissentsFrom putsInQuestion distinguishes",
	"@tlc":       "TLCPerson TLCOrganization TLCConcept TLCObject TLCEvent TLCLocation TLCProcess TLCRole TLCTerm TLCReference",
	"@refs":      "original passiveRef activeRef jurisprudence hasAttachment attachmentOf @tlc",
}

// Models of content: sequences of particles, "name", "name?", "name*", "name+",
// where a|b is a choice; several sequences are separated by "/". Text is
// allowed where the model begins with #; "any" are elements of other namespaces.
var models = map[string]string{
	"hierarchy": "num|heading|subheading* intro? componentRef|@hier|crossHeading* wrapUp? / num|heading|subheading* content",
	"debated":   "num|heading|subheading* @containers|componentRef|@speeches|@blocks*",
	"blocks":    "@blocks*",
	"inline":    "# @inlines*",
	"modified":  "# @inlines|quotedText|quotedStructure*",
	"empty":     "",
	"main":      "componentRef|@hier|@blocks|@containers+",
	"speech":    "num|heading|subheading* from? @blocks+",
	"item":      "num|heading|subheading* @blocks+",
	"any":       "any*",
	"holder":    "num|heading|subheading* @documents|interstitial|toc|documentRef",
	"flow":      `@documents / @blocks|@containers|tr|th|td|@hier|content|@speeches|formula|recitals|citations|longTitle|recital|citation|componentRef|documentRef|intro|wrapUp|heading|subheading|num+`,
	"frbr":      "FRBRthis FRBRuri+ FRBRalias* FRBRdate+ FRBRauthor+ componentInfo? preservation?",
	"change":    "source+ destination+ force? efficacy? application? duration? condition?",
	"argued":    "source+ destination+ condition?",
	"counted":   "quorum|count+",
}

// Attributes of many elements. A ! says that it must be there, = of what type it is.
var attributes = map[string]string{
	"@id":     "eId wId GUID",
	"@text":   "eId wId GUID class style title period status=status refersTo alternativeTo",
	"@kind":   "name! contains=version",
	"@link":   "href!",
	"@show":   "showAs! shortForm",
	"@ref":    "@id @link @show",
	"@value":  "@id value! refersTo showAs shortForm",
	"@bool":   "@id value!=bool",
	"@other":  "@id href",
	"@place":  "@other pos=position exclusion=bool incomplete=bool upTo",
	"@span":   "@other period",
	"@change": "@id period status=status exclusion=bool incomplete=bool refersTo",
	"@speech": "by! as startTime endTime to",
	"@quote":  "startQuote endQuote inlineQuote",
	"@note":   "marker placement=placement placementBase",
	"@cell":   "rowspan=number colspan=number",
	"@src":    "src! alt",
}

// Types of attributes that allow few values. Others have rules of their own.
var values = map[string]string{
	"status":     "removed temporarilyRemoved translated editorial edited verbatim incomplete unknown undefined ignored",
	"version":    "originalVersion singleVersion multipleVersions",
	"position":   "start before inside after end unspecified",
	"placement":  "side left right bottom inline",
	"bool":       "true false 1 0",
	"event":      "generation amendment repeal",
	"opinion":    "dissenting agreeing null",
	"result":     "deny dismiss uphold revert replaceOrder remit decide approve",
	"textual":    "repeal substitution insertion replacement renumbering split join",
	"meaning":    "variation termModification authenticInterpretation",
	"scope":      "exceptionOfScope extensionOfScope",
	"force":      "entryIntoForce endOfEnactment postponementOfEntryIntoForce prorogationOfForce reEnactment unconstitutionality",
	"efficacy":   "entryIntoEfficacy endOfEfficacy inapplication retroactivity extraefficacy postponementOfEfficacy prorogationOfEfficacy",
	"system":     "staticReference implementation ratification application legislativeDelegation deregulation conversion expiration reiteration remaking republication coordination",
	"remark":     "sceneDescription phenomenon caption translation",
	"recorded":   "startEvent endEvent",
	"restricted": "jurisdiction",
}

// Elements, their attributes, and their content: a model, with what follows it,
// or a sequence of its own.
const elementTable = `
akomaNtoso | | @documents components?
act bill | @kind | meta coverPage? preface? preamble? body conclusions? attachments? components?
doc statement debateReport | @kind | meta coverPage? preface? preamble? mainBody conclusions? attachments? components?
amendmentList officialGazette documentCollection | @kind | meta coverPage? preface? preamble? collectionBody conclusions? attachments? components?
debate | @kind | meta coverPage? preface? debateBody conclusions? attachments? components?
judgment | @kind | meta coverPage? header judgmentBody conclusions? attachments? components?
amendment | @kind | meta coverPage? preface? amendmentBody conclusions? attachments? components?
portion | includedIn! | meta portionBody
components | @id | component+
component attachment | @text | :holder
attachments | | attachment+
body | @text | componentRef|@hier+
mainBody introduction background arguments remedies motivation decision | @text | :main
collectionBody | @text | component+
portionBody | @text | @containers|@hier|@speeches|recitals|recital|citations|citation|longTitle|formula|coverPage|preface|preamble
debateBody | @text | @sections+
judgmentBody | @text | introduction|background|arguments|remedies|motivation|decision+
amendmentBody | @text | amendmentHeading|amendmentContent|amendmentReference|amendmentJustification+
recitals | @text | num|heading|subheading* intro? componentRef|recital+ wrapUp?
citations | @text | num|heading|subheading* intro? componentRef|citation+ wrapUp?
recital citation item tblock | @text | :item
longTitle interstitial content intro wrapUp other div header amendmentHeading amendmentContent amendmentReference amendmentJustification | @text | :blocks
formula | @text name! | :blocks
coverPage conclusions preface | @text | @blocks|longTitle|formula|container+
preamble | @text | @blocks|recitals|citations|formula|container+
componentRef | @id @src @show | :empty
documentRef FRBRmasterExpression | @ref | :empty
clause section part paragraph chapter title article book tome division list point indent alinea rule subrule proviso subsection subpart subparagraph subchapter subtitle subdivision subclause sublist level transitional | @text | :hierarchy
hcontainer | @text name! | :hierarchy
num heading subheading crossHeading scene narrative summary from outcome change listIntroduction listWrapUp caption | @text | :inline
docType docTitle docNumber docIntroducer docStage docStatus docJurisdiction docketNumber shortTitle docAuthority docPurpose | @text | :inline
courtType neutralCitation argument signature def mref ins del omissis decoration | @text | :inline
organization concept object event location process role term | @text refersTo! | :inline
p span b i u sup sub abbr | @text | :inline
block inline | @text name! | :inline
entity | @text refersTo! name! | :inline
docProponent | @text as | :inline
party judge person | @text refersTo! as | :inline
lawyer | @text refersTo! as for empoweredBy | :inline
docDate date | @text date!=date | :inline
time | @text time! | :inline
recordedTime | @text type=recorded time! | :inline
legislature session docCommittee | @text value | :inline
quantity | @text refersTo! normalized | :inline
vote | @text by! as choice | :inline
opinion | @text by! type=opinion | :inline
affectedDocument relatedDocument ref | @text @link | :inline
a | @text @link target | :inline
tocItem | @text @link level!=number | :inline
rref | @text from! upTo! | :inline
remark | @text type=remark | :inline
placeholder | @text originalText | :inline
fillIn | @text width | :inline
quotedText | @text @quote for | :inline
embeddedText | @text @quote href | :inline
mod mmod | @text for | :modified
rmod | @text for from! upTo! | :modified
noteRef | @text @note @link | :empty
eol eop | @text number breakAt=number breakWith | :empty
br | @text | :empty
marker | @text name! | :empty
img | @text @src width=number height=number | :empty
quotedStructure | @text @quote for | :flow
embeddedStructure | @text @quote href | :flow
authorialNote note | @text @note | :flow
subFlow | @text name! | :flow
foreign preservation previous old new domain | @other | :any
container | @text name! | @blocks|container+
administrationOfOath rollCall prayers oralStatements writtenStatements personalStatements ministerialStatements resolutions nationalInterest declarationOfVote communication petitions papers noticesOfMotion questions address proceduralMotions pointOfOrder adjournment | @text | :debated
debateSection | @text name! | :debated
speechGroup | @text @speech | :debated
speech question answer | @text @speech | :speech
blockContainer | @text | num|heading|subheading* intro? componentRef|@blocks|crossHeading+ wrapUp?
blockList | @text | listIntroduction? item+ listWrapUp?
toc | @text | tocItem+
ul ol | @text | li+
li | @text value | # @inlines|ul|ol|p*
table | @text width=number border=number cellspacing=number cellpadding=number | caption? tr+
tr | @text | th|td+
th td | @text @cell | :blocks
meta | | identification publication? classification* lifecycle* workflow* analysis* temporalData* references* notes* proprietary* presentation*
identification | source! | FRBRWork FRBRExpression FRBRManifestation FRBRItem?
FRBRWork | | :frbr FRBRcountry FRBRsubtype? FRBRnumber* FRBRname* FRBRprescriptive? FRBRauthoritative?
FRBRExpression | | :frbr FRBRversionNumber? FRBRauthoritative? FRBRmasterExpression? FRBRlanguage+ FRBRtranslation*
FRBRManifestation | | :frbr FRBRportion? FRBRformat?
FRBRItem | | :frbr
FRBRthis FRBRuri FRBRsubtype FRBRcountry FRBRnumber FRBRname FRBRformat FRBRversionNumber | @value | :empty
FRBRalias | @value name! | :empty
FRBRdate | @id date!=date name! | :empty
FRBRauthor | @id @link as | :empty
FRBRlanguage | @id language! | :empty
FRBRtranslation | @id @link fromLanguage! authoritative=bool pivot by! | :empty
FRBRportion | @id refersTo showAs shortForm from! upTo | :empty
FRBRprescriptive FRBRauthoritative | @bool | :empty
componentInfo | | componentData*
componentData | @id name! @link @show | componentData*
publication | @id date!=date @show name! number refersTo | :empty
classification | source! | keyword+
keyword | @id href value! @show refersTo dictionary! | :empty
lifecycle | source! | eventRef+
eventRef | @other date!=date source! refersTo type=event originatingExpression=bool | :any
workflow | source! | step+
step | @other date!=date by! as refersTo outcome | :any
analysis | source! | activeModifications? passiveModifications? restrictions? judicial? parliamentary? mappings? otherReferences* otherAnalysis*
activeModifications passiveModifications | | @mods+
textualMod | @change type!=textual | :change previous? old* new*
meaningMod | @change type!=meaning | :change domain?
scopeMod | @change type!=scope | :change domain?
forceMod | @change type!=force | :change
efficacyMod | @change type!=efficacy | :change
legalSystemMod | @change type!=system | :change
judicial | | result @judged+
result | @other type!=result | :any
supports isAnalogTo applies extends restricts derogates contrasts overrules dissentsFrom putsInQuestion distinguishes | @change | :argued
restrictions | source! | restriction+
restriction | @other refersTo type!=restricted | :any
parliamentary | | quorumVerification|voting|recount+
quorumVerification voting recount | @id outcome refersTo href | :counted
quorum count | @id value! refersTo href | :any
mappings | source! | mapping+
mapping | @id original current start end | :empty
otherReferences | source! | implicitReference|alternativeReference+
implicitReference alternativeReference | @other for refersTo showAs shortForm | :any
otherAnalysis proprietary presentation | @other source! | :any
source destination | @place | :any
force efficacy application duration | @span | :any
condition | @other frozen=bool | :any
temporalData | source! | temporalGroup+
temporalGroup | @id | timeInterval+
timeInterval | @id start end duration refersTo! | :empty
references | source! | @refs+
original passiveRef activeRef jurisprudence TLCPerson TLCOrganization TLCConcept TLCObject TLCEvent TLCLocation TLCProcess TLCRole TLCTerm | @ref | :empty
hasAttachment attachmentOf | @ref type | :empty
TLCReference | @ref name! | :empty
notes | source! | note+
`

// A rule is what the schema says of one element.
type rule struct {
	attrs    map[string]string // types by name
	required []string
	mixed    bool
	foreign  bool // elements of other namespaces may stand in it
	variants [][]particle
}

// A particle is one place in a sequence.
type particle struct {
	names    map[string]bool
	min, max int // max is 0 for any number
	said     string
}

var schema = readSchema()

func known(name string) bool { return schema[name] != nil }

func readSchema() map[string]*rule {
	sets := map[string]map[string]bool{}
	rules := map[string]*rule{}
	for l := range strings.Lines(elementTable) {
		part := strings.Split(l, "|")
		if len(part) < 3 {
			continue
		}
		r := &rule{attrs: map[string]string{}}
		r.attributes(part[1])
		r.content(strings.Join(part[2:], "|"), sets)
		for _, name := range strings.Fields(part[0]) {
			rules[name] = r
		}
	}
	return rules
}

func (r *rule) attributes(list string) {
	for _, a := range strings.Fields(list) {
		if a[0] == '@' {
			r.attributes(attributes[a])
			continue
		}
		name, kind, _ := strings.Cut(a, "=")
		name, must := strings.CutSuffix(name, "!")
		if r.attrs[name] = kind; must {
			r.required = append(r.required, name)
		}
	}
}

func (r *rule) content(model string, sets map[string]map[string]bool) {
	words := strings.Fields(model)
	for i, w := range words {
		if w[0] == ':' {
			words[i] = models[w[1:]]
		}
	}
	model = strings.Join(words, " ")
	model, r.mixed = strings.CutPrefix(model, "# ")
	for _, variant := range strings.Split(model, " / ") {
		var seq []particle
		for _, w := range strings.Fields(variant) {
			p := particle{min: 1, max: 1}
			switch w[len(w)-1] {
			case '?':
				p.min = 0
			case '*':
				p.min, p.max = 0, 0
			case '+':
				p.max = 0
			}
			p.said = strings.TrimRight(w, "?*+")
			if p.said == "any" {
				r.foreign = true
				continue
			}
			if sets[p.said] == nil {
				sets[p.said] = map[string]bool{}
				collect(sets[p.said], p.said)
			}
			p.names = sets[p.said]
			seq = append(seq, p)
		}
		r.variants = append(r.variants, seq)
	}
}

func collect(set map[string]bool, choice string) {
	for _, c := range strings.FieldsFunc(choice, func(r rune) bool { return r == '|' || r <= ' ' }) {
		if c[0] == '@' {
			collect(set, groups[c])
		} else {
			set[c] = true
		}
	}
}
