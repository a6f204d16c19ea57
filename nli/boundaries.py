"""Whether a full stop ends a sentence: the rules that mend the splitter on news text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nli.abbreviations import (
    ALSO_WORDS,
    EITHER_WAY,
    GERMAN_MONTHS,
    MONTHS,
    NUMBERED,
    SHORT_DAYS,
    SPELT_NUMBERS,
    STARTERS,
    TIME_WORDS,
    TITLES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_QUOTATION = 600
"""A longer quotation is cut at its own sentences even where a speaker is named beside it."""

CLOSERS = "\"”’'»“)]"
OPENERS = "\"“‘'«„»([*_"


_MARKS = ".!?…。！？"
_LONGEST_NAME = 30  # of an abbreviation, generously
_NEXT_WORD = re.compile(r"[^\w]*([\w][\w’'-]*)([.,]?)")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}$")
_INITIAL = re.compile(r"(?:[A-ZÀ-ÖØ-ÞА-Я]|[A-Z]\.?-[A-Z]|Th|Yu)$")
_CLOCK = re.compile(r"(?:\d*[ap]\.?m|[ap]\.m)$", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}$")
_OPENING_LABEL = re.compile(r"\s*(?:\d{1,3}|[A-Z]|\d{1,2}[:.]\d\d(?:[ap]m)?)\.$")
_RETIRED = re.compile(r"\w\. \((?:ret|retd|a\. ?D)\.\)$", re.IGNORECASE)
_DASH = re.compile(r"\s*[–—-]+\s")
_MULTI_DOT = re.compile(r"(?:\.\.+|…)$")
_SPACED_DOTS = re.compile(r"(?:^|\s)(?:\.\.+|…|\. \.)$")
_ATTRIBUTION = re.compile(
    r"\s*(?:(?:[^\s.!?\"“”]+|(?:[A-Z][a-z]{0,3}\.)+) ){0,6}"
    r"(?:said|says|asked|asks|told|added|adds|wrote|replied|shouted|cried|joked|wondered|sagte|sagt|fragte|fragt|meinte|rief|schrieb)\b"
)
_POSSIBLE = re.compile(r"[.!?…]+[\"”’'»“)\]]*(?=\s+[\"“‘'«„»(\[]*[^\W_])")


def possible_ends(block: str) -> Iterable[int]:
    """Places right after a closing mark that is followed by white space and a word."""
    return (match.end() for match in _POSSIBLE.finditer(block))


def place(block: str, position: int) -> int:
    """Move a boundary back to right behind the closing mark and its quotation marks."""
    end = position
    while end > 0 and (block[end - 1].isspace() or block[end - 1] in OPENERS):
        end -= 1
    while end < position and block[end] in CLOSERS and _closes(block, end):
        end += 1
    return end


def is_boundary(before: str, after: str, *, guess: bool) -> bool:
    """Whether a sentence ends between the two; `guess` is what the splitter says.

    `before` is the text up to the place and `after` what follows, each long enough to hold
    the neighbouring words.
    """
    word = _NEXT_WORD.match(after)
    if word is None:
        return False
    if _SPACED_DOTS.search(before) or _OPENING_LABEL.fullmatch(before):
        return False
    if _RETIRED.search(before) or (_DASH.match(after) and before.isupper()):
        return False
    name, marks = _last_word(before)
    if not marks:
        return guess
    following = word[1]
    closed_quote = before[-1] in CLOSERS
    if following[0].islower():
        if before.strip() == f"{name}{marks}" and name.istitle():
            return False  # "Which? magazine tested twelve of them"
        return guess and not (closed_quote or _MULTI_DOT.search(marks) or _is_short(name))
    if marks == ".":
        verdict = _after_full_stop(before, name, following, has_comma=word[2] == ",")
        if verdict is not None:
            return verdict
    elif _MULTI_DOT.search(marks):
        return following[0].isupper()
    elif closed_quote and before[-1] != ")" and _ATTRIBUTION.match(after):
        return False
    return guess or (closed_quote and following[0].isupper())


def _last_word(before: str) -> tuple[str, str]:
    """The word in front of the closing marks, and the marks."""
    open_ended = before.rstrip(CLOSERS)
    word = open_ended.rstrip(_MARKS)
    marks = open_ended[len(word) :]
    tail = word[-_LONGEST_NAME:]
    pieces = tail.split()
    name = pieces[-1] if pieces and not tail[-1].isspace() else ""
    return name.lstrip("\"“‘'«„»([—–-"), marks


def _after_full_stop(before: str, name: str, following: str, *, has_comma: bool) -> bool | None:
    """What a single full stop after `name` means; None leaves it to the splitter."""
    starts = following in STARTERS and not (has_comma and len(following) == 1)
    if before[-1] in CLOSERS and not _is_short(name):
        return None
    if _CLOCK.search(name):
        return False if following in TIME_WORDS else (True if starts else None)
    if name in TITLES or (name in SHORT_DAYS and following in TIME_WORDS):
        return False
    if name in NUMBERED and following[0].isdigit():
        return False
    if name in ALSO_WORDS and following[0].isupper() and following not in SPELT_NUMBERS:
        return True
    if name in MONTHS and (following[0].isdigit() or not starts):
        return False
    if _DAY.match(name):
        if following in GERMAN_MONTHS:
            return False
        return False if before.strip() == f"{name}." else None
    if name in EITHER_WAY or _DOTTED.match(name) or _INITIAL.match(name):
        return starts
    return None


def _is_short(name: str) -> bool:
    """Whether the word before the full stop is an abbreviation of any kind."""
    return (
        name in TITLES
        or name in NUMBERED
        or name in MONTHS
        or name in EITHER_WAY
        or _DOTTED.match(name) is not None
        or _INITIAL.match(name) is not None
        or _CLOCK.search(name) is not None
    )


def _closes(block: str, index: int) -> bool:
    """Whether the mark at `index` ends something: it leans on what is before it."""
    return index > 0 and not block[index - 1].isspace()
