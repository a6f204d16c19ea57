"""A small language for whole-message phrases, so that tables of them stay readable.

    what does (it|the article) say [to me] about *

`(a|b)` is one of several, `[a]` may be missing, `#` stands for a number, `+` for one or two
words of any kind, `*` for up to eight and `**` for any number of them; `match` gives these
back. All else is words as `bot.chat.words` folds them. A phrase covers the message from its
first word to its last: "thanks to the mayor the bridge is open" is not thanks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PIECES = re.compile(r"\*\*|[()\[\]|#+*]|[a-z0-9]+")
_SYNTAX = {
    "(": "(?:",
    ")": ")",
    "[": "(?:",
    "]": ")?",
    "|": "|",
    "#": r"(\d+ )",
    "+": r"((?:\S+ ){1,2}?)",
    "*": r"((?:\S+ ){1,8}?)",
    "**": r"((?:\S+ )+?)",
}
SHORTEST_CORRECTED = 4
"""Shorter words are too near to one another to tell a slip from another word."""
SHORTEST_TWICE_CORRECTED = 8


@dataclass(frozen=True, slots=True)
class Match:
    """Where the free words of the phrase lie: positions of words, the same if it has none."""

    start: int
    end: int


class Phrase:
    """What one kind of message may look like."""

    def __init__(self, source: str) -> None:
        pieces: list[str] = _PIECES.findall(source)
        if "".join(pieces) != "".join(source.split()):
            raise ValueError(f"not a phrase: {source!r}")
        self.words = frozenset(piece for piece in pieces if piece not in _SYNTAX)
        # Every word carries a blank behind it, so that optional ones vanish without a trace.
        self._pattern = re.compile("".join(_SYNTAX.get(piece, f"{piece} ") for piece in pieces))

    def match(self, words: Sequence[str]) -> Match | None:
        text = "".join(f"{word} " for word in words)
        found = self._pattern.fullmatch(text)
        if found is None:
            return None
        if found.lastindex is None:
            return Match(0, 0)
        start = text.count(" ", 0, found.start(found.lastindex))
        return Match(start, start + found[found.lastindex].count(" "))


class Spelling:
    """Puts right small slips in the words that phrases are made of."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._known = frozenset(vocabulary)
        self._long = sorted(word for word in self._known if len(word) >= SHORTEST_CORRECTED)

    def correct(self, words: Sequence[str]) -> tuple[str, ...]:
        """The same number of words, each replaced by a known one it is a slip of."""
        return tuple(self._correct(word) for word in words)

    def _correct(self, word: str) -> str:
        if word in self._known or len(word) < SHORTEST_CORRECTED:
            return word
        slips = 2 if len(word) >= SHORTEST_TWICE_CORRECTED else 1
        near = process.extract(
            word, self._long, scorer=OSA.distance, score_cutoff=slips, limit=None
        )
        # Of two as near, letters in the wrong order are the commoner slip.
        return min(
            near,
            key=lambda found: (found[1], sorted(found[0]) != sorted(word), found[0]),
            default=(word,),
        )[0]
