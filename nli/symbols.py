"""Names and numbers in a text, for comparing without a model."""

from __future__ import annotations

import re

_UP_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_TENS = "ten twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {
    **{word: str(value) for value, word in enumerate(_UP_TO_TWENTY.split(" "))},
    **{word: str(10 * value) for value, word in enumerate(_TENS.split(" "), 1)},
    "once": "1",
    "twice": "2",
    "half": "0.5",
    "dozen": "12",
}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|\b(?:" + "|".join(_WORDS) + r")\b", re.IGNORECASE)
_THOUSANDS = re.compile(r",(?=\d{3}(?:\D|$))")
_POSSESSIVE = re.compile(r"[’']s?$")
_NAME = re.compile(r"\b[A-Z][\w’'-]*\w")


def numbers(text: str) -> frozenset[str]:
    """Numbers in digits or words, as digits: "1,200" and "1200" are the same."""
    found = (match.group().lower() for match in _NUMBER.finditer(text))
    return frozenset(_WORDS.get(token) or _THOUSANDS.sub("", token) for token in found)


def names(text: str) -> frozenset[str]:
    """Capitalised words that do not merely open the text, in lower case, without possessive."""
    return frozenset(
        without_possessive(match.group()).lower()
        for match in _NAME.finditer(text)
        if match.start() > 0
    )


def words(text: str) -> frozenset[str]:
    """All words in lower case, without possessive."""
    return frozenset(without_possessive(word) for word in re.findall(r"[\w’'-]+", text.lower()))


def without_possessive(word: str) -> str:
    """Take "Attest's" and "readers'" for "Attest" and "readers"."""
    return _POSSESSIVE.sub("", word)
