"""The statement inside a chat message: "so china sent weapons, right?" -> "china sent weapons"."""

from __future__ import annotations

import re

from nli import wrapping
from nli.questions import question_to_statement

_SMALL_TALK = wrapping.small_talk()
_LEAD = wrapping.leads()
_TAG = wrapping.tags()
_LONGEST_TAG = 80
_OR_NOT = re.compile(r"\bor not\b", re.IGNORECASE)
_WHETHER = re.compile(r"\b(?:whether|if|ob)\b", re.IGNORECASE)

_OPEN_QUESTION = re.compile(
    r"(?:who|whom|whose|what|when|where|why|how|which|is|are|was|were|do|does|did|has|have|had|can|"
    r"could|will|would|should|wer|wen|wem|was|wann|wo|warum|wieso|wie|welche[rsn]?|isn'?t|aren'?t|"
    r"wasn'?t|weren'?t|don'?t|doesn'?t|didn'?t|hasn'?t|haven'?t|won'?t)\b",
    re.IGNORECASE,
)


def is_small_talk(text: str) -> bool:
    """Whether a sentence only greets, thanks or asks for a check and claims nothing."""
    spoken = " ".join(text.split()).strip(" \t-–—*~_\"'()[]")
    return not any(map(str.isalnum, spoken)) or _SMALL_TALK.fullmatch(spoken) is not None


def as_statement(claim: str) -> str:
    """What a claim states, without the chat around it; a question becomes its statement.

    Who said what, negations and hedges that belong to the claim stay. Where taking something
    off would leave no statement, or a question cannot be turned with safety, it stays too.
    """
    if is_small_talk(claim):
        return claim
    core = _without_tags(_without_leads(claim.strip()))
    core = _without_leads(core)
    if len(core.split()) < 2:
        return claim
    statement = question_to_statement(core)
    if statement is not None:
        return statement
    if _asks_openly(core):
        return core if core.endswith("?") or not claim.rstrip().endswith("?") else f"{core}?"
    statement = core.rstrip(" ?!…")
    return statement if "?" in core[len(statement) :] else core


def _without_leads(text: str) -> str:
    while (lead := _LEAD.match(text)) and len(text[lead.end() :].split()) >= 2:
        text = text[lead.end() :]
    return text


def _without_tags(text: str) -> str:
    while tag := _TAG.search(text, max(0, len(text) - _LONGEST_TAG)):
        if len(text[: tag.start()].split()) < 2:
            return text
        if _OR_NOT.search(tag[0]) and _WHETHER.search(text):
            return text
        text = text[: tag.start()].rstrip(" ,;-–—")
    return text


def _asks_openly(text: str) -> bool:
    return _OPEN_QUESTION.match(text) is not None
