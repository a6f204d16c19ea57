"""Judgements on the command line, for people and for programs."""

from __future__ import annotations

import json as json_format
import sys
import unicodedata
from typing import TYPE_CHECKING

from nli.verdict import Reason, Verdict

if TYPE_CHECKING:
    from rich.console import Console

    from nli.article import Article
    from nli.verdict import Judgement

WORDS = {
    Verdict.SUPPORTED: ("SUPPORTED", "green"),
    Verdict.CONTRADICTED: ("CONTRADICTED", "red"),
    Verdict.NOT_MENTIONED: ("NOT MENTIONED", "yellow"),
}
REASONS = {
    Reason.STATED: "The article says so.",
    Reason.STATED_JOINTLY: "Several sentences say so together.",
    Reason.REFUTED: "It cannot be true together with the article.",
    Reason.REFUTED_JOINTLY: "It cannot be true together with what several sentences say.",
    Reason.OFF_TOPIC: "The article is about something else. Not mentioned does not mean false.",
    Reason.NOT_SETTLED: "The article does not say whether it is so. It may still be true.",
    Reason.CONFLICTING: "The article has sentences for and against it, and settles nothing.",
}
SURE = ((0.9, "very sure"), (0.75, "sure"), (0.55, "fairly sure"), (0.0, "unsure"))


class Output:
    """Prints as text, coloured in a terminal and plain in a pipe, or as JSON lines."""

    def __init__(self, *, json: bool) -> None:
        self._json = json

    def article(self, article: Article, *, calibrated: bool) -> None:
        """Say what the claims are held against, and what to know about the model."""
        if not calibrated:
            print(  # noqa: T201
                "This model was never calibrated: read its confidence with caution. "
                "To calibrate it: python -m nli calibrate --model MODEL",
                file=sys.stderr,
            )
        if self._json or not article.title:
            return
        date = f" ({article.date})" if article.date else ""
        self._console().print(
            f"{_printable(article.title + date)}\n", style="bold", markup=False, highlight=False
        )

    def judgement(self, claim: str, judgement: Judgement) -> None:
        """One verdict."""
        if self._json:
            self._line(
                claim=claim,
                verdict=judgement.verdict.value,
                confidence=round(judgement.confidence, 4),
                reason=judgement.reason.value,
                evidence=[
                    {
                        "index": each.index,
                        "sentence": each.sentence,
                        "stance": each.stance.value,
                        "score": round(each.score, 4),
                    }
                    for each in judgement.evidence
                ],
            )
            return
        word, colour = WORDS[judgement.verdict]
        sure = next(words for least, words in SURE if judgement.confidence >= least)
        percent = round(100 * judgement.confidence)
        lines = [f"Claim: {judgement.claim}"]
        lines += [
            f"Sentence {each.index + 1}: {_printable(each.sentence)}" for each in judgement.evidence
        ]
        lines.append(REASONS[judgement.reason])
        if not sys.stdout.isatty():
            # A line is a line, for grep and diff.
            print(f"{word}  {sure}, {percent}%", *(f"  {line}" for line in lines), "", sep="\n")  # noqa: T201
            return
        from rich.padding import Padding
        from rich.text import Text

        console = self._console()
        console.print(Text.assemble((word, f"bold {colour}"), f"  {sure}, {percent}%"))
        for line in lines:
            console.print(Padding(Text(line), (0, 0, 0, 2)))
        console.print()

    def sentences(self, article: Article) -> None:
        """The sentences of an article, counted from 1 for people and from 0 for programs."""
        for each in article.sentences:
            if self._json:
                self._line(index=each.index, start=each.start, end=each.end, sentence=each.text)
            else:
                print(f"{each.index + 1:>4}  {_printable(each.text)}")  # noqa: T201

    def _line(self, **record: object) -> None:
        print(json_format.dumps(record, ensure_ascii=False), flush=True)  # noqa: T201

    @staticmethod
    def _console() -> Console:
        from rich.console import Console

        return Console(soft_wrap=not sys.stdout.isatty())


def _printable(text: str) -> str:
    """Without control characters, which a terminal would obey."""
    return "".join(each for each in text if unicodedata.category(each) != "Cc")
