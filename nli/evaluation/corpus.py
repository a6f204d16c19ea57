"""The corpus: articles, claims about them, and what turns each verdict round (see GUIDE.md)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nli.article import Article
from nli.errors import InputError
from nli.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

VERDICTS = {"S": Verdict.SUPPORTED, "C": Verdict.CONTRADICTED, "N": Verdict.NOT_MENTIONED}
RULE = "==="


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """One row of a corpus file."""

    verdict: Verdict
    kind: str
    phrases: tuple[str, ...]
    """Each is part of exactly one line of the article; none for NOT_MENTIONED."""
    claim: str
    flip: str
    """"old => new" in the evidence line, "+S sentence", "+C sentence", or nothing."""


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """An article, one sentence a line, and its claims."""

    path: Path
    article: Article
    claims: tuple[LabelledClaim, ...]

    @property
    def is_development(self) -> bool:
        """Whether the file is kept out of all training."""
        return self.path.stem.endswith("0")

    def evidence(self, claim: LabelledClaim) -> frozenset[int]:
        """Indices of the lines that decide a claim."""
        return frozenset(
            sentence.index
            for sentence in self.article.sentences
            if any(phrase in sentence.text for phrase in claim.phrases)
        )


def read_corpus(folder: Path, *, development: bool) -> list[CorpusFile]:
    """The development split, or all the rest.

    Raises:
        InputError: there is no corpus, or a file of it has another layout.
    """
    files = [read_file(path) for path in sorted(folder.glob("*/*.txt"))]
    if not files:
        raise InputError(f"There is no corpus in {folder}. Give its folder with --corpus.")
    return [file for file in files if file.is_development == development]


def read_file(path: Path) -> CorpusFile:
    """Read one file of the corpus."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if lines.count(RULE) != 1:
        raise InputError(f"{path} needs exactly one line {RULE}")
    rule = lines.index(RULE)
    article = Article.from_sentences(line for line in lines[:rule] if line.strip())
    return CorpusFile(path, article, tuple(_claims(path, lines[rule + 1 :])))


def _claims(path: Path, rows: list[str]) -> Iterator[LabelledClaim]:
    for row in rows:
        if not row.strip():
            continue
        columns = [column.strip() for column in row.split("\t")]
        columns += [""] * (5 - len(columns))
        if len(columns) != 5 or columns[0] not in VERDICTS or not columns[3]:
            raise InputError(
                f"{path} has a row that is not VERDICT, kind, evidence, claim, flip: {row[:80]}"
            )
        verdict, kind, evidence, claim, flip = columns
        phrases = tuple(phrase for phrase in evidence.split(" ;; ") if phrase)
        yield LabelledClaim(VERDICTS[verdict], kind, phrases, claim, flip)
