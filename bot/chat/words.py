"""A message as words to compare: small, without punctuation, accents or emoji."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_TOKENS_THAT_ARE_NO_WORDS = re.compile(r"<(?:[@#][!&]?|a?:\w{1,40}:)\d{1,25}>|@everyone|@here")
_LINK = re.compile(r"<?\b(?:https?://|www\.)\S+", re.IGNORECASE)
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_NO_LETTER_OR_DIGIT = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a message, each beside the text it was made of."""

    folded: tuple[str, ...]
    original: tuple[str, ...]
    asks: bool
    """Whether the message ends with a question mark."""

    @classmethod
    def of(cls, text: str) -> Words:
        folded: list[str] = []
        original: list[str] = []
        for token in text.split():
            word = _fold(token)
            if word:
                folded.append(word)
                original.append(token)
        return cls(tuple(folded), tuple(original), text.rstrip(" \t\n\"'*_~`)»”").endswith("?"))

    def __len__(self) -> int:
        return len(self.folded)

    def spelt(self, folded: tuple[str, ...]) -> Words:
        return Words(folded, self.original, self.asks)

    def between(self, start: int, end: int) -> Words:
        return Words(self.folded[start:end], self.original[start:end], self.asks)

    def text(self, start: int, end: int) -> str:
        """What was typed there, without quotation marks and punctuation at its ends."""
        return " ".join(self.original[start:end]).strip(" \t\"'“”„‚‘’«»‹›`*_~.,:;!?()[]<>#")


def without_mentions(text: str) -> str:
    """Text without Discord's tokens for people, roles, channels and custom emoji."""
    return " ".join(_TOKENS_THAT_ARE_NO_WORDS.sub(" ", text).split(" ")).strip()


def links_in(text: str) -> list[str]:
    return [link.strip("<>.,;:!?)\"'") for link in _LINK.findall(text)]


def without_links(text: str) -> str:
    return _LINK.sub(" ", text)


def _fold(token: str) -> str:
    """Small letters and digits only: "What's" gives "whats", "Prüf" gives "pruef"."""
    composed = unicodedata.normalize("NFKC", token).casefold().translate(_GERMAN)
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKD", composed)
        if not unicodedata.combining(character)
    )
    return _NO_LETTER_OR_DIGIT.sub("", plain)
