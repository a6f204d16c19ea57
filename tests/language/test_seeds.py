"""The articles of a new installation are well formed, and so are the claims about them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import pytest

import seeds
from nli.claims import clean_claim, split_claims
from nli.front_matter import read_article
from nli.sentences import split_sentences

SEEDS = sorted(
    (path for path in resources.files(seeds).iterdir() if path.name.endswith(".md")),
    key=lambda path: path.name,
)
CLAIMS_FILE = Path(__file__).parent / "data" / "seed_claims.tsv"


class SeedClaim(NamedTuple):
    """A claim about a seed and the verdict the policy gives it."""

    seed: str
    verdict: str
    kind: str
    evidence: str
    claim: str


def seed_claims() -> list[SeedClaim]:
    lines = CLAIMS_FILE.read_text(encoding="utf-8").splitlines()
    return [SeedClaim(*line.split("\t")) for line in lines if line and not line.startswith("# ")]


def sentences(name: str) -> list[str]:
    text = (resources.files(seeds) / f"{name}.md").read_text(encoding="utf-8")
    return [sentence.text for sentence in split_sentences(read_article(text)[1])]


def test_there_are_ten() -> None:
    assert len(SEEDS) == 10


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_seed_has_title_date_author_and_enough_sentences(seed: Path) -> None:
    entries, body = read_article(seed.read_text(encoding="utf-8"))
    assert set(entries) == {"title", "date", "author"}
    assert entries["title"]
    assert entries["author"]
    assert date.fromisoformat(entries["date"])
    paragraphs = [paragraph for paragraph in body.split("\n\n") if paragraph.strip()]
    assert [sentence.text for sentence in split_sentences(body)] == [
        " ".join(paragraph.split()) for paragraph in paragraphs
    ]
    assert 10 <= len(paragraphs) <= 18


def test_the_visit_has_fourteen_sentences() -> None:
    assert len(sentences("envoy-visit")) == 14


def test_every_seed_has_claims_of_every_verdict() -> None:
    by_seed = Counter((claim.seed, claim.verdict) for claim in seed_claims())
    names = {path.name.removesuffix(".md") for path in SEEDS}
    assert {seed for seed, _ in by_seed} == names
    for name in names:
        assert min(by_seed[name, verdict] for verdict in "SCN") >= 2
        assert 6 <= sum(by_seed[name, verdict] for verdict in "SCN") <= 8


@pytest.mark.parametrize("row", seed_claims(), ids=lambda row: row.claim)
def test_claim_points_at_one_sentence_of_its_seed(row: SeedClaim) -> None:
    found = [sentence for sentence in sentences(row.seed) if row.evidence in sentence]
    assert len(found) == 1 if row.evidence else row.verdict == "N"
    assert row.claim not in found
    assert clean_claim(row.claim) == row.claim
    assert split_claims(row.claim) == [row.claim]
