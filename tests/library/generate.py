"""Large made-up libraries, the same for the same seed.

Words are invented, but as unevenly frequent as those of a language. Each story comes in
several tellings that differ in names, figures and some sentences only, so that the right
article has near-duplicates beside it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.library.models import NewArticle
from nli import Article

if TYPE_CHECKING:
    from collections.abc import Iterator

_FUNCTION_WORDS = ("the", "of", "to", "and", "a", "in", "that", "is", "was", "for", "on", "with")
_ONSETS = "bcdfghjklmnprstvw"
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
_CODAS = ["", "n", "r", "l", "s", "t", "nd", "rt", "ck", "m"]
_ENDINGS = ["", "", "", "s", "ed", "ing", "er", "ation", "ly"]
TELLINGS = 5
"""Articles that tell the same story."""


@dataclass(frozen=True, slots=True)
class Sample:
    """An article and a claim about it."""

    new: NewArticle
    claim: str


class Generator:
    """An endless newspaper."""

    def __init__(self, seed: int = 1, vocabulary: int = 20_000, names: int = 8_000) -> None:
        self._random = random.Random(seed)
        self._words = [self._word() + self._random.choice(_ENDINGS) for _ in range(vocabulary)]
        self._names = [self._word().capitalize() for _ in range(names)]
        # Zipf's law, flattened at the top, where function words already are.
        self._cumulative: list[float] = []
        total = 0.0
        for rank in range(vocabulary):
            total += 1 / (rank + 20)
            self._cumulative.append(total)

    def samples(self, count: int, sentences: int = 20) -> Iterator[Sample]:
        made = 0
        while made < count:
            story = [self._sentence() for _ in range(sentences)]
            for _ in range(min(TELLINGS, count - made)):
                made += 1
                yield self._telling(story, made)

    def _telling(self, story: list[list[str]], number: int) -> Sample:
        names = {name: self._random.choice(self._names) for name in ("{A}", "{B}", "{C}")}
        lines = []
        for old in story:
            words = old if self._random.random() < 0.8 else self._sentence()
            lines.append([names.get(word) or self._figure(word) for word in words])
        line = self._random.choice(lines)
        said = [word for word in line if self._random.random() < 0.6] or line
        text = [" ".join(words).capitalize() + "." for words in lines]
        title = " ".join(lines[0][:6])
        article = Article.from_sentences(text, title=title, url=f"https://example.org/{number}")
        return Sample(NewArticle(article, author=names["{A}"]), " ".join(said))

    def _sentence(self) -> list[str]:
        choices = self._random.choices(
            self._words, cum_weights=self._cumulative, k=self._random.randint(6, 14)
        )
        words: list[str] = []
        for word in choices:
            words += [self._random.choice(_FUNCTION_WORDS), word]
        if self._random.random() < 0.5:
            words.insert(0, self._random.choice(("{A}", "{B}", "{C}")))
        if self._random.random() < 0.3:
            words.append("{figure}")
        return words

    def _figure(self, word: str) -> str:
        return str(self._random.randint(2, 5_000)) if word == "{figure}" else word

    def _word(self) -> str:
        return "".join(
            self._random.choice(_ONSETS)
            + self._random.choice(_VOWELS)
            + self._random.choice(_CODAS)
            for _ in range(self._random.choice((1, 2, 2, 3)))
        )
