"""Articles in any number: the sentences of `seeds/` with other names and numbers."""

from __future__ import annotations

import random
import re
from importlib import resources
from typing import TYPE_CHECKING

from bot.errors import StartupError
from bot.library.ingest import read_article_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nli import Article

_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}")
"""Capitalised words that are not capitalised for standing first."""
_NUMBER = re.compile(r"\d+")
_OPENINGS = [
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "sch",
    "st",
    "t",
    "tr",
    "v",
    "w",
    "z",
]
_VOWELS = ["a", "e", "i", "o", "u", "ai", "au", "ei", "ie", "oa"]
_ENDINGS = [
    "n",
    "r",
    "l",
    "s",
    "k",
    "m",
    "t",
    "nd",
    "rk",
    "lm",
    "v",
    "ska",
    "ro",
    "ni",
    "den",
    "ford",
]
PACKAGE = "seeds"


class ArticleMill:
    """Makes articles that differ from one another; the same seed makes the same ones."""

    def __init__(self, originals: Sequence[Sequence[str]], seed: int) -> None:
        """`originals`: the sentences of each article to start from."""
        self._originals = [list(sentences) for sentences in originals if sentences]
        if not self._originals:
            raise ValueError("there are no sentences to start from")
        self._random = random.Random(seed)

    def sentences(self, count: int) -> list[str]:
        """So many sentences, of one article as far as it goes, then of others."""
        drawn: list[str] = []
        while len(drawn) < count:
            drawn += self._random.choice(self._originals)[: count - len(drawn)]
        names: dict[str, str] = {}
        return [self._changed(sentence, names) for sentence in drawn]

    def title(self) -> str:
        return f"{self._name()} and {self._name()}: what is known so far"

    def claim(self, sentences: Sequence[str]) -> str:
        """One of the sentences in other words than the article's: a number or a name differs."""
        sentence = self._random.choice(sentences)
        changed = self._changed(sentence, {})
        # No two claims alike, so that none is answered from memory.
        return f"{changed.rstrip('.')}, said {self._name()}."[:400]

    def _changed(self, sentence: str, names: dict[str, str]) -> str:
        """`names` keeps a name the same within an article."""

        def name(match: re.Match[str]) -> str:
            return names.setdefault(match[0], self._name())

        return _NUMBER.sub(lambda match: self._number(match[0]), _NAME.sub(name, sentence))

    def _number(self, digits: str) -> str:
        """As many digits, and the century of a year stays."""
        if len(digits) == 4 and digits[:2] in ("19", "20"):
            return f"{digits[:2]}{self._random.randrange(100):02}"
        first = str(self._random.randint(1, 9))
        return first + "".join(str(self._random.randint(0, 9)) for _ in digits[1:])

    def _name(self) -> str:
        pick = self._random.choice
        syllables = [pick(_OPENINGS) + pick(_VOWELS) for _ in range(self._random.randint(2, 3))]
        return ("".join(syllables) + pick(_ENDINGS)).capitalize()


def seed_sentences() -> list[list[str]]:
    """The sentences of each article that comes with the bot.

    Raises:
        StartupError: none does, so there is nothing to measure with.
    """
    articles: list[Article] = []
    for file in sorted(resources.files(PACKAGE).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".md"):
            with resources.as_file(file) as path:
                articles.append(read_article_file(path).article)
    if not articles:
        raise StartupError("There are no articles in seeds/ to measure with. Reinstall Attest.")
    return [[sentence.text for sentence in article.sentences] for article in articles]
