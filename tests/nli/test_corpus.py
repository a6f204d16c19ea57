"""The rules of corpus/GUIDE.md, for every file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from nli.evaluation.corpus import CorpusFile, read_file
from nli.verdict import Verdict

CORPUS = Path(__file__).parents[2] / "corpus"
FILES = sorted(CORPUS.glob("*/*.txt"))


@pytest.fixture(scope="module")
def corpus() -> list[CorpusFile]:
    return [read_file(path) for path in FILES]


def lines(file: CorpusFile) -> list[str]:
    return [sentence.text for sentence in file.article.sentences]


def test_there_is_a_corpus_with_a_development_split(corpus: list[CorpusFile]) -> None:
    development = sum(file.is_development for file in corpus)
    assert len(corpus) >= 524
    assert development == 48


def test_articles_have_8_to_18_lines(corpus: list[CorpusFile]) -> None:
    assert [file.path.name for file in corpus if not 8 <= len(lines(file)) <= 18] == []


def test_every_evidence_phrase_is_in_exactly_one_line(corpus: list[CorpusFile]) -> None:
    wrong = [
        (file.path.name, phrase)
        for file in corpus
        for claim in file.claims
        for phrase in claim.phrases
        if sum(phrase in line for line in lines(file)) != 1
    ]
    assert wrong == []


def test_claims_have_evidence_unless_they_are_not_mentioned(corpus: list[CorpusFile]) -> None:
    wrong = [
        (file.path.name, claim.claim)
        for file in corpus
        for claim in file.claims
        if bool(claim.phrases) == (claim.verdict is Verdict.NOT_MENTIONED)
    ]
    assert wrong == []


def test_flips_can_be_applied(corpus: list[CorpusFile]) -> None:
    wrong = []
    for file in corpus:
        for claim in file.claims:
            if not claim.flip:
                continue
            if claim.verdict is Verdict.NOT_MENTIONED:
                fits = claim.flip.startswith(("+S ", "+C "))
            else:
                old, arrow, new = claim.flip.partition(" => ")
                line = next(line for line in lines(file) if claim.phrases[0] in line)
                fits = bool(arrow) and line.count(old) == 1 and old != new
            if not fits:
                wrong.append((file.path.name, claim.flip))
    assert wrong == []


def test_verdicts_are_balanced(corpus: list[CorpusFile]) -> None:
    counts = Counter(claim.verdict for file in corpus for claim in file.claims)
    total = sum(counts.values())
    assert all(0.2 < counts[verdict] / total < 0.5 for verdict in Verdict)
