"""Text to sentences, with offsets into the original text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` is the article's own text from `start` to `end`, white space folded."""

    index: int
    start: int
    end: int
    text: str


def split_sentences(text: str) -> list[Sentence]:
    raise NotImplementedError
