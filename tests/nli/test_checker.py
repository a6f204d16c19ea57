"""What the checker promises whatever the model says; word overlap stands in for one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nli import Article, Checker, InputError, Reason, Request, Stance, Verdict
from nli.aggregate import VERDICTS
from tests.fakes import fake_checker

BRIDGE = Article.from_sentences(
    [
        "The old bridge over the Isk was closed on Monday.",
        "Mayor Ana Reyes said repairs would cost 4 million crowns.",
        "She expects it to open again in May.",
        "Ferries will run every 20 minutes until then.",
        "The harbour museum reported a record number of visitors.",
    ]
)
FARM = Article.from_sentences(
    ["Farmers in the valley lost half of their apples to frost.", "Insurers will pay in autumn."]
)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return fake_checker()


def test_the_deciding_sentence_comes_with_its_position(checker: Checker) -> None:
    judgement = checker.check(BRIDGE, "Ferries will run every 20 minutes.")
    assert judgement.verdict is Verdict.SUPPORTED
    assert judgement.evidence[0].index == 3
    assert judgement.evidence[0].sentence == BRIDGE.sentences[3].text
    assert judgement.evidence[0].stance is Stance.SUPPORTS


def test_another_number_contradicts(checker: Checker) -> None:
    judgement = checker.check(BRIDGE, "Ferries will run every 30 minutes.")
    assert judgement.verdict is Verdict.CONTRADICTED
    assert judgement.evidence[0].stance is Stance.CONTRADICTS


def test_a_claim_about_something_else_is_not_mentioned_and_has_the_nearest_sentence(
    checker: Checker,
) -> None:
    judgement = checker.check(BRIDGE, "Volcanoes erupted on Jupiter's moons.")
    assert judgement.verdict is Verdict.NOT_MENTIONED
    assert len(judgement.evidence) == 1


def test_several_articles_are_judged_in_the_order_given(checker: Checker) -> None:
    (found,) = checker.check_many([Request("Insurers will pay in autumn.", (BRIDGE, FARM))])
    assert [judgement.verdict for judgement in found] == [
        Verdict.NOT_MENTIONED,
        Verdict.SUPPORTED,
    ]


def test_requests_together_give_what_they_give_alone(checker: Checker) -> None:
    requests = [
        Request("Ferries will run every 20 minutes.", (BRIDGE,)),
        Request("Insurers will pay in autumn.", (FARM, BRIDGE)),
        Request("The museum burned down.", (BRIDGE,)),
    ]
    together = checker.check_many(requests)
    assert together == [checker.check_many([request])[0] for request in requests]


def test_several_articles_cost_little_more_than_one(checker: Checker) -> None:
    scorer = checker.scorer
    long = Article.from_sentences(f"Ferry {n} runs every {n} minutes." for n in range(60))
    checker.check_many([Request("Ferries run every 20 minutes.", (long,))])
    before = scorer.pairs_scored  # pyright: ignore[reportAttributeAccessIssue]
    checker.check_many([Request("Ferries run every 20 minutes.", (long,))])
    one = scorer.pairs_scored - before  # pyright: ignore[reportAttributeAccessIssue]
    checker.check_many([Request("Ferries run every 20 minutes.", (long, long, long))])
    three = scorer.pairs_scored - before - one  # pyright: ignore[reportAttributeAccessIssue]
    assert three <= one + 1


def test_no_requests_and_no_articles(checker: Checker) -> None:
    assert checker.check_many([]) == []
    assert checker.check_many([Request("Ferries run.", ())]) == [()]


@pytest.mark.parametrize("claim", ["", "  \n", "?!…", "<@123>", "\u200b"])
def test_no_claim_is_refused_with_a_sentence(checker: Checker, claim: str) -> None:
    with pytest.raises(InputError, match="no claim"):
        checker.check(BRIDGE, claim)


def test_an_endless_claim_is_refused(checker: Checker) -> None:
    with pytest.raises(InputError, match="too long"):
        checker.check(BRIDGE, "bridge " * 7_000)


def test_an_article_without_text_is_refused() -> None:
    with pytest.raises(InputError):
        Article.from_text(" \n\t ")
    with pytest.raises(InputError):
        Article.from_sentences([])


def test_a_question_is_judged_as_the_statement_it_asks_about(checker: Checker) -> None:
    asked = checker.check(BRIDGE, "is it true that ferries will run every 20 minutes?")
    assert asked.verdict is Verdict.SUPPORTED


def test_reasons_fit_verdicts(checker: Checker) -> None:
    fitting = {
        Verdict.SUPPORTED: {Reason.STATED, Reason.STATED_JOINTLY},
        Verdict.CONTRADICTED: {Reason.REFUTED, Reason.REFUTED_JOINTLY},
        Verdict.NOT_MENTIONED: {Reason.OFF_TOPIC, Reason.NOT_SETTLED, Reason.CONFLICTING},
    }
    for claim in ("The bridge was closed.", "The bridge was not closed.", "Frost hit the museum."):
        judgement = checker.check(BRIDGE, claim)
        assert judgement.reason in fitting[judgement.verdict]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=12),
    st.text(min_size=1, max_size=300),
)
def test_any_text_gets_a_judgement_or_a_kind_refusal(sentences: list[str], claim: str) -> None:
    checker = fake_checker()
    try:
        judgement = checker.check(Article.from_sentences(sentences), claim)
    except InputError:
        return
    assert judgement.verdict in VERDICTS
    assert 0 <= judgement.confidence <= 1
    assert judgement.evidence
    assert all(0 <= each.index < len(sentences) for each in judgement.evidence)
