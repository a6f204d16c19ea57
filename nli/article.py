"""The article a claim is held against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nli.errors import InputError
from nli.sentences import Sentence, split_sentences

MAX_CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class Article:
    """A text split into sentences. Title and date are shown with a verdict, never judged."""

    sentences: tuple[Sentence, ...]
    title: str = ""
    date: str = ""
    url: str = ""

    @classmethod
    def from_text(cls, text: str, *, title: str = "", date: str = "", url: str = "") -> Article:
        """Split a text.

        Raises:
            InputError: there is no text, or more than MAX_CHARACTERS of it.
        """
        if len(text) > MAX_CHARACTERS:
            raise InputError(
                "The article has {characters} characters; {most} are the most. "
                "Give the part that matters.",
                characters=len(text),
                most=MAX_CHARACTERS,
            )
        sentences = tuple(split_sentences(text))
        if not sentences:
            raise InputError("The article has no text. Give a file with at least one sentence.")
        return cls(sentences, title, date, url)

    @classmethod
    def from_sentences(
        cls, sentences: Iterable[str], *, title: str = "", date: str = "", url: str = ""
    ) -> Article:
        """Take sentences that are already split; offsets are into their join by newlines."""
        spans: list[Sentence] = []
        start = 0
        for text in sentences:
            spans.append(Sentence(len(spans), start, start + len(text), text))
            start += len(text) + 1
        if not spans:
            raise InputError("The article has no sentences.")
        return cls(tuple(spans), title, date, url)
