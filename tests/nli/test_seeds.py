# ruff: noqa: E501 - a claim is a line
"""Verdicts of the shipped model on the articles of a new installation.

The claims were labelled by the policy before any model saw them; no model gets all of them right.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from nli import Checker, Judgement, Request, Verdict
from nli.evaluation.corpus import VERDICTS
from nli.files import read_source

ROOT = Path(__file__).parents[2]
LABELLED = ROOT / "tests" / "language" / "data" / "seed_claims.tsv"


@dataclass(frozen=True)
class Case:
    seed: str
    verdict: Verdict
    kind: str
    evidence: str
    claim: str


def cases() -> list[Case]:
    rows = [
        line.split("\t")
        for line in LABELLED.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    return [Case(seed, VERDICTS[v], kind, phrase, claim) for seed, v, kind, phrase, claim in rows]


@pytest.fixture(scope="module")
def judged(shipped: Checker) -> dict[Case, Judgement]:
    articles = {each.seed: read_source(str(ROOT / "seeds" / f"{each.seed}.md")) for each in cases()}
    requests = [Request(each.claim, (articles[each.seed],)) for each in cases()]
    found = [judgement for (judgement,) in shipped.check_many(requests)]
    return dict(zip(cases(), found, strict=True))


@pytest.mark.parametrize(
    ("kind", "verdict", "seed", "claim"),
    [
        ("role", "S", "envoy-visit", "Karvia's top diplomat came to Tolmar at the start of the week."),
        ("number", "C", "envoy-visit", "Trade between Karvia and Tolmar grew last year."),
        ("negation", "C", "envoy-visit", "The foreign ministry agreed to Adel's demand."),
        ("date", "C", "ferry-fares", "The harbor department wanted the higher fare to start in February."),
        ("modality", "S", "cup-final", "Lorne might not be available when the new season begins."),
        ("number", "S", "petrel-island", "Fewer than 40 burrows were in use this summer."),
        ("chat", "C", "battery-plant", "lol so voltane had to drop its profit forecast"),
        ("entity", "C", "coast-storm", "The building in Lindvik that lost its roof was a hospital."),
        ("plain", "S", "wine-fraud-trial", "A wine dealer got a prison term of four years."),
        ("cause", "S", "clinic-outbreak", "Defective equipment for heating water caused the infections."),
        ("plain", "S", "film-prize", "The festival's artistic director conceded that the wrong version had been shown by mistake."),
        ("unmentioned", "N", "night-train", "SkyHop is going to lower its fares on the route."),
        ("quote", "S", "ferry-fares", 'Tye complained that islanders were to pay for "a timetable that exists mostly on paper."'),
    ],
)  # fmt: skip
def test_clear_claims(
    judged: dict[Case, Judgement], kind: str, verdict: str, seed: str, claim: str
) -> None:
    case, judgement = next(
        (case, found) for case, found in judged.items() if (case.seed, case.claim) == (seed, claim)
    )
    assert (case.kind, case.verdict) == (kind, VERDICTS[verdict])
    assert judgement.verdict is VERDICTS[verdict]
    if case.evidence:
        assert any(case.evidence in each.sentence for each in judgement.evidence)


def test_most_claims_on_every_article(judged: dict[Case, Judgement]) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    for case, judgement in judged.items():
        right[case.seed].append(judgement.verdict is case.verdict)
    assert len(right) == 10
    assert {seed: sum(each) for seed, each in right.items() if sum(each) < len(each) / 2} == {}
    assert sum(map(sum, right.values())) >= 0.65 * len(judged)


def test_the_deciding_sentence_is_shown(judged: dict[Case, Judgement]) -> None:
    decided = [(case, found) for case, found in judged.items() if case.evidence]
    shown = [
        any(case.evidence in each.sentence for each in found.evidence) for case, found in decided
    ]
    assert sum(shown) >= 0.8 * len(shown)


def test_claims_about_another_article_are_not_mentioned(shipped: Checker) -> None:
    articles = {each.seed: read_source(str(ROOT / "seeds" / f"{each.seed}.md")) for each in cases()}
    names = sorted(articles)
    requests = [
        Request(each.claim, (articles[names[(names.index(each.seed) + 1) % len(names)]],))
        for each in cases()
    ]
    verdicts = [judgement.verdict for (judgement,) in shipped.check_many(requests)]
    assert sum(verdict is not Verdict.NOT_MENTIONED for verdict in verdicts) <= 2
