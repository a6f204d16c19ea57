"""English verbs that news and talk about it use, with the forms a rule cannot make."""

from __future__ import annotations

from nli.abbreviations import words

# base, past, participle
_IRREGULAR = """
arise arose arisen | be was been | bear bore borne | beat beat beaten | become became become |
begin began begun | bet bet bet | bite bit bitten | bleed bled bled | blow blew blown |
break broke broken | bring brought brought | build built built | burn burned burned |
buy bought bought | catch caught caught | choose chose chosen | come came come | cost cost cost |
cut cut cut | deal dealt dealt | dig dug dug | do did done | draw drew drawn | drink drank drunk |
drive drove driven | eat ate eaten | fall fell fallen | feed fed fed | feel felt felt |
fight fought fought | find found found | flee fled fled | fly flew flown |
forbid forbade forbidden | forget forgot forgotten | forgive forgave forgiven |
freeze froze frozen | get got got | give gave given | go went gone | grow grew grown |
hang hung hung | have had had | hear heard heard | hide hid hidden | hit hit hit |
hold held held | hurt hurt hurt | keep kept kept | know knew known | lay laid laid |
lead led led | leave left left | lend lent lent | let let let | lie lied lied | lose lost lost |
make made made | mean meant meant | meet met met | overcome overcame overcome | pay paid paid |
prove proved proved | put put put | quit quit quit | read read read | resell resold resold |
ride rode ridden | ring rang rung | rise rose risen | run ran run | say said said | see saw seen |
seek sought sought | sell sold sold | send sent sent | set set set | shake shook shaken |
shoot shot shot | show showed shown | shrink shrank shrunk | shut shut shut | sing sang sung |
sink sank sunk | sit sat sat | sleep slept slept | speak spoke spoken | spend spent spent |
split split split | spread spread spread | stand stood stood | steal stole stolen |
stick stuck stuck | strike struck struck | sue sued sued | swear swore sworn | sweep swept swept |
swim swam swum | take took taken | teach taught taught | tear tore torn | tell told told |
think thought thought | throw threw thrown | understand understood understood |
undergo underwent undergone | wake woke woken | wear wore worn | win won won |
withdraw withdrew withdrawn | write wrote written
"""

_REGULAR = """
abandon accept accuse achieve acquire act add admit adopt advise affect agree allow alter announce
answer apologise apologize appear apply appoint approve argue arrest arrive ask assume attack
attempt attend avoid award ban believe belong blame block boycott call cancel carry cause
celebrate change charge claim clear climb close collapse comment commit compare compete complain
complete condemn confirm confess consider contain continue control cooperate cover crash create
criticise criticize cross damage decide declare decline decrease defeat defend delay deliver
demand deny depend deploy describe deserve destroy develop die disagree disappear discover discuss
dismiss divorce drop earn elect end enjoy enter escape evacuate exist expand expect expel explain
explode expose express fail fear finish fire fix follow force gain guarantee happen hate help hire
hope identify ignore imply import improve include increase inform injure insist install intend
introduce invade invent invest investigate invite involve jail join jump kick kill lack last
launch learn lift like limit link listen live locate look love lower manage marry matter mention
miss move name need negotiate notice obtain offer open oppose order overturn own participate pass
perform persuade phone pick plan plead pledge possess postpone praise predict prefer prepare
present prevent promise promote propose protect protest publish pull punish push qualify question
raise reach realise realize rebuild recall receive recognise recognize recommend recover reduce
refuse regret reject release remain remember remove rename repair repeat replace reply report
request require rescue resign resume retire retract return reveal reverse rob rule save scrap
search seem share shelve sign smoke sound start state stay stop succeed suffer suggest support
surrender survive suspend swap talk target test testify thank threaten tie touch train transfer
travel treat try turn use vanish veto visit vote wait walk want warn wash watch welcome withhold
witness work worry wound
"""

_DOUBLING = words(
    "admit ban commit control drop expel plan regret rob scrap stop swap "
    "transfer permit refer submit"
)
# Also nouns: after a noun they are no sure sign of a verb.
_ALSO_NOUNS = words(
    "act answer attack attempt award ban bet blame block boycott break build burn buy call cause "
    "change charge claim close comment control cost cover crash cross cut damage deal decline "
    "decrease defeat delay demand draw drink drive drop end fall fear fight find fire fix fly "
    "force gain hang hit hold hope hurt import increase jail jump kick lack last lead leave lie "
    "lift limit link look love matter mean meet move name need offer order own pass plan pledge "
    "praise present promise protest pull push question raise reach read recall release repair "
    "reply report request rescue return reverse ride ring rise rule run save scrap search set "
    "shake share shot show sign smoke sound split spread stand start state stay stick stop "
    "strike support swear sweep swim talk target test thank tie touch train transfer travel "
    "treat try turn use veto visit vote wait wake walk wash watch welcome win witness work worry "
    "wound"
)


class Verb:
    """The forms of one verb."""

    __slots__ = ("also_noun", "base", "participle", "past")

    def __init__(self, base: str, past: str, participle: str) -> None:
        self.base = base
        self.past = past
        self.participle = participle
        self.also_noun = base in _ALSO_NOUNS

    @property
    def third_person(self) -> str:
        """As in "she goes"."""
        if self.base in {"have", "do", "go"}:
            return {"have": "has", "do": "does", "go": "goes"}[self.base]
        if self.base.endswith(("s", "x", "z", "ch", "sh")):
            return f"{self.base}es"
        if self.base.endswith("y") and self.base[-2] not in "aeiou":
            return f"{self.base[:-1]}ies"
        return f"{self.base}s"


def _regular_past(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ied"
    if base in _DOUBLING:
        return f"{base}{base[-1]}ed"
    return f"{base}ed"


def _lexicon() -> dict[str, Verb]:
    verbs = [Verb(base, _regular_past(base), _regular_past(base)) for base in _REGULAR.split()]
    verbs += [Verb(*forms.split()) for forms in _IRREGULAR.split("|")]
    return {verb.base: verb for verb in verbs}


BY_BASE = _lexicon()
PARTICIPLES = frozenset(verb.participle for verb in BY_BASE.values())
