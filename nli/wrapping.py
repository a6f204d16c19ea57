"""What chat puts around a statement: greetings, "is it true that", ", right?".

Each text below holds patterns, one a line, tried in their order and without regard to case.
A space stands for white space; `{name}` for the pattern of that name in _NAMED.
"""

from __future__ import annotations

import re

from nli.abbreviations import words

# Before "right", "true" or "no" they make it part of the statement: "she was right", "voted no".
_KEEPS_TAG = words(
    "the a is are was were be been not got get turn turned turns far hard all it that thats his "
    "her its their came come human equal legal voting voted vote votes said says say answered "
    "answer did to of with or and proved from on in left veered moved ran rings"
)
_NAMED = {
    # Said to somebody, never part of a statement.
    "call": "hey|hi|hello|hiya|yo|lol|lmao|lmfao|rofl|ha(?:ha)+|omg|wow|bro|bruh|dude|btw|fyi|psa|"
    "tbh|ngl|imo|imho|iirc|afaik|smh|wtf|xd|pls|plz|@?attest|hallo|moin|servus",
    # Part of one unless a comma follows: "Great Barrier Reef", "thanks to the rain".
    "courtesy": "hm+|um+|uh+|erm+|sup|damn|oh|ah|idk|jk|please|thanks|thank you|thx|ty|cheers|ok|"
    "okay|k|cool|nice|great|good bot|bot|good (?:morning|evening|afternoon|night)|gm|gn|bye|"
    "welcome|sorry|anyways?|guys|folks|everyone|all|danke|bitte|tschüss|"
    "guten (?:morgen|tag|abend)",
    "company": "there|all|everyone|guys|bot|attest",
    "please": "(?:please |pls |plz )?",
    "fact_check": "(?:fact[- ]?check|check|verify|confirm)",
    "this": "(?:this|that|it|these)",
    "is": "(?:is|was|isn'?t|isn’t)",
    "text": "(?:(?:the|this|that) (?:article|text|story|report|source))",
    "relative": "(?:friend|uncle|aunt|mom|mum|dad|brother|sister|boss|buddy|mate|teacher|"
    "coworker|colleague)",
    "media": "(?: (?:somewhere|online|on (?:twitter|x|reddit|tiktok|facebook|insta(?:gram)?|tv|"
    "the news|the radio)|(?:in|from) (?:the|a) (?:news|paper|article)))?",
    "auxiliary": "(?:is|are|was|were|do|does|did|has|have|had|can?|could|will|would|should|ai|wo)",
    "who": "(?:it|he|she|they|there|we|you)",
    "laugh": "(?:innit|eh|huh|lol|lmao|lmfao|rofl|ha(?:ha)+|tho|though|imo|imho|iirc|afaik|smh|"
    "pls|plz|please|tbh|ngl|omg|wtf|jk|xd|btw)",
    "think": "(?:think|thought|heard|guess|believe|read(?: somewhere)?|suppose|reckon|assume)",
    "end": r"[\s?!.…]*$",
    "loose": "".join(rf"(?<!\b{word})" for word in sorted(_KEEPS_TAG)) + r"(?<!'s)(?<!’s)(?<!\?)",
}

_SMALL_TALK = r"""
{call}
{courtesy}
(?:is|was) {this} (?:really |actually )?(?:true|right|correct|real|legit|so)
yes or no|true or false|true or not|fact or fiction|real or fake
what do (?:you|u|we|y'?all) think
(?:what|how) about (?:this|that)(?: one)?
true|right|correct|really|seriously|srsly|sources?|(?:any )?thoughts|huh|what|wait
(?:can|could|would) (?:you|someone|anyone|u) {please}{fact_check}(?: {this})?(?: for me)?
{please}{fact_check}(?: {this})?(?: for me)?
(?:is there )?(?:any )?truth (?:to|in) {this}
(?:am|are) (?:i|we) right
say (?:yes|no)
stimmt(?: das|'s|s| es)?|ist das (?:wahr|richtig|so)|wirklich|echt|oder|richtig|was meint ihr
kannst du das (?:bitte |mal )?(?:prüfen|checken)
"""

_SMALL_WORDS = r"there|you|u|so much|a lot|again|for that|man|all|everyone|guys|bot|dir|euch|sehr"

_LEADS = r"""
(?:{call})(?: (?:{company}))?(?:\s*[,.!…:–-]+\s*|\s+)
(?:{courtesy})\s*[,.!…]+\s*
(?:and|but|also,|plus,?|well,|now,|wait,|look,|listen,|right,|man,|ok(?:ay)? so|alright,?) +
wait[ .…]+(?!times?\b|lists?\b|staff\b|until\b|for\b|periods?\b)
so,? +(?!far\b|many\b|much\b|few\b|long\b|little\b|called\b)
also,? +(?=\S+ \S+ \S+)
(?:apparently|supposedly|seemingly)(?:,| ) *
(?:fact[- ]?check|claim|check|verify|question|q|true or (?:false|not)|t/f|rumou?r) *[:–—] *
(?:{please}|(?:can|could) (?:you|u|someone) {please})(?:{fact_check}|tell me|say) (?:if|whether) +
{please}(?:fact[- ]?check|verify)(?: this| that)? *[:,-]? *
{is} it (?:really |actually )?(?:true|right|correct|a fact|the case|legit),? *(?:that )?
is there any truth (?:to|in) (?:the (?:claim|rumou?r|story) )?that +
(?:is it just me or|am i right(?: in thinking)?(?: that)?) +
correct me if i'?m wrong,?(?: but)? +
(?:did|do) (?:you|u|ya|y'?all)(?: guys)? (?:know|hear)(?: that)?,? +\
(?!about\b|of\b|if\b|wh\w+\b|how\b)
(?:do|did) (?:you|u|y'?all|we) (?:really )?(?:think|believe)(?: that)? +\
(?!about\b|of\b|so\b|wh\w+\b)
do(?:es)? (?:you|u|anyone|anybody|someone) know (?:if|whether) +
(?:anyone know|i wonder|i was wondering|wondering|not sure|idk|i don'?t know) (?:if|whether) +
(?:i|i've|ive|we|just) (?:have |just |also |only )*(?:heard|read|saw|seen){media},? (?:that|how) +
(?:i|we) (?:just |also )?heard(?: somewhere| on \w+)?,? +(?!about\b|of\b|from\b|that\b|h\w\w\b|it\b)
(?:i|we) (?:really |honestly |kinda )?\
(?:think|thought|guess|believe|bet|swear|assumed?|reckon|suppose),?(?: that)? +\
(?!about\b|of\b|so\b|not\b)
(?:i'?m |i am |i’m )?(?:pretty|fairly|quite|almost|very|100%) (?:sure|certain)(?: that)?,? +
(?:someone|somebody)(?: just)? told me(?: that)? +
(?:my|a) {relative}(?: just)? (?:told me|says|said|claims|claimed)(?: that)? +(?!he\b|she\b)
(?:rumou?r has it|word is|(?:so )?(?:it )?turns out)(?: that)?,? +
(?:does|did) (?:it|this|that|{text}) (?:really |actually )?(?:say|mention|claim|state)\
(?: anywhere| here)?(?: that)? +(?!about\b|anything\b|wh\w+\b|how\b|if\b)
(?:it|{text}) (?:says|claims|states)(?: here)?(?: that)? +\
(?!about\b|nothing\b|anything\b|wh\w+\b|how\b|\w+ly\b)
according to {text},? +
(?:stimmt(?: es|'s|s)?|ist (?:es|das) (?:wahr|richtig)),? dass +
(?:ich (?:hab|habe) |hab |habe )?(?:gehört|gelesen|irgendwo gelesen),? +(?:dass +)?
(?:wusstest du|wusstet ihr|ich (?:glaube|denke|meine)|man sagt),? dass +
(?:kannst du (?:bitte |mal )?(?:prüfen|checken|nachsehen)|wei(?:ß|ss) jemand),? ob +
(?:faktencheck|behauptung|frage) *: *
"""

_TAGS = r"""
\s*[,;.–—-]\s*(?:right|true|correct|no|yes|yeah|yea|ya|ye|ok|okay|real|really|wild|crazy|insane|\
nice|good|innit|eh|huh|you know|yes or no|y/n){end}
{loose} (?:right|true|correct|ok|okay|no|yea|yeah|ya)[\s?]*$
[\s,]+{laugh}{end}
[\s,]+:[)dD]{end}
[\s,]+or (?:not|nah|no|what|naw|nope|something|is it (?:just )?(?:fake|a rumou?r|bs)){end}
[\s,]+{is} {this} (?:really |actually )?(?:right|true|correct|so|real|legit|fake|a fact){end}
[\s,]+(?:not sure|idk|i don'?t know|am i (?:right|wrong)|or am i wrong|right or wrong|is it){end}
[\s,]+(?:true or (?:false|not)|yes or no|fact or (?:fake|fiction|cap)|real or fake){end}
[\s,]+(?:can (?:you|someone) check(?: {this})?|did i (?:get|read) that right){end}
[\s,]+is that what (?:it|{text}) says{end}
[\s,]+from what (?:i(?:'ve)? (?:read|hear|heard|saw)|it says)(?: here)?{end}
[\s,]+(?:(?:that'?s|thats) what |or so )?(?:i|we) {think}{end}
[\s,]+if i(?:'m| am|m)? (?:remember|recall|read|got)(?:ing)?(?: that| it)? (?:right|correctly){end}
[\s,]+(?:(?:i'?m )?pretty sure|as far as i know){end}
[\s,]+{auxiliary}(?:n'?t|n’t) {who}{end}
,\s*{auxiliary} {who}(?: not)?{end}
\s+{auxiliary} {who}\s*\?+\s*$
,\s*(?:oder|oder nicht|gell|ne|nicht wahr|stimmt'?s|stimmt das|richtig|korrekt|wahr){end}
\s+(?:oder|stimmt das|stimmt'?s|nicht wahr|oder nicht|oder was)\s*\?+\s*$
"""


def small_talk() -> re.Pattern[str]:
    """Matches, from end to end, a sentence that claims nothing."""
    phrase = rf"{_pattern(_SMALL_TALK)}\b(?:\s(?:{_SMALL_WORDS})\b)?"
    # Atomic: a phrase once read is not read in another way, or a long message takes for ever.
    return re.compile(rf"(?:(?>{phrase}[\s,.!?…:;'’()-]*))++", re.IGNORECASE)


def leads() -> re.Pattern[str]:
    """Matches one piece of wrapping at the start of a text."""
    return re.compile(_pattern(_LEADS), re.IGNORECASE)


def tags() -> re.Pattern[str]:
    """Finds one piece of wrapping at the end of a text."""
    return re.compile(_pattern(_TAGS), re.IGNORECASE)


def _pattern(text: str) -> str:
    lines = text.replace("\\\n", "").strip().splitlines()
    alternatives = "|".join(f"(?:{line})" for line in lines)
    previous = ""
    while alternatives != previous:
        previous = alternatives
        for name, pattern in _NAMED.items():
            alternatives = alternatives.replace(f"{{{name}}}", pattern)
    return f"(?:{alternatives})"
