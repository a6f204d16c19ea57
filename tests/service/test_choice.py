from __future__ import annotations

from datetime import UTC, datetime

from bot.answers import Finding
from bot.choice import choose
from bot.library.models import BUILTIN, Source
from nli import Judgement, Reason, Verdict

S, C, N = Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.NOT_MENTIONED


def findings(*outcomes: tuple[Verdict, float]) -> list[Finding]:
    return [
        Finding(
            Source(number, BUILTIN, f"Article {number}", "", "", "", 0, datetime.now(UTC), 3),
            Judgement("A claim.", verdict, confidence, Reason.STATED, ()),
        )
        for number, (verdict, confidence) in enumerate(outcomes, 1)
    ]


def chosen(*outcomes: tuple[Verdict, float]) -> tuple[int, int | None]:
    best, other = choose(findings(*outcomes))
    return best.source.id, other.source.id if other else None


def test_a_sure_verdict_beats_silence_however_sure() -> None:
    assert chosen((N, 0.99), (C, 0.61), (N, 0.9)) == (2, None)


def test_an_unsure_verdict_counts_in_the_likeliest_article_only() -> None:
    assert chosen((N, 0.99), (C, 0.51), (N, 0.9)) == (1, None)
    assert chosen((C, 0.51), (N, 0.9)) == (1, None)


def test_the_surer_of_two_verdicts_answers() -> None:
    assert chosen((S, 0.7), (N, 0.9), (S, 0.9)) == (3, None)


def test_of_two_as_sure_the_likelier_article_answers() -> None:
    assert chosen((S, 0.8), (S, 0.8)) == (1, None)


def test_silence_comes_from_the_likeliest_article() -> None:
    assert chosen((N, 0.6), (N, 0.99)) == (1, None)


def test_opposite_verdicts_that_are_sure_disagree() -> None:
    assert chosen((C, 0.8), (S, 0.9), (C, 0.7)) == (2, 1)


def test_an_opposite_verdict_that_is_not_sure_is_left_out() -> None:
    assert chosen((S, 0.9), (C, 0.59)) == (1, None)
    assert chosen((S, 0.9), (C, 0.6)) == (1, 2)


def test_one_article_answers_alone() -> None:
    assert chosen((C, 0.3)) == (1, None)
