from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers import Finding, MoreEvidence
from bot.i18n import Catalogues, Texts
from bot.replies.checks import answer_reply, answers_reply, more_reply
from bot.replies.reply import ActionKind, Block, BlockKind, Reply, Tone
from nli import Evidence, Judgement, Reason, Stance, Verdict
from tests.replies.samples import OTHER, REFUTED, SILENT, SOURCE, STATED, answer

CATALOGUES = Catalogues.load()
ENGLISH = CATALOGUES.texts("en")
GERMAN = CATALOGUES.texts("de")


def text_of(reply: Reply) -> str:
    return "\n".join(f"{block.label} {block.text}".strip() for block in reply.blocks)


def blocks_of(reply: Reply, kind: BlockKind) -> list[Block]:
    return [block for block in reply.blocks if block.kind is kind]


@pytest.mark.parametrize(
    ("judgement", "english", "german"),
    [
        (STATED, "SUPPORTED", "BESTÄTIGT"),
        (REFUTED, "CONTRADICTED", "WIDERSPROCHEN"),
        (SILENT, "NOT MENTIONED", "NICHT ERWÄHNT"),
    ],
)
def test_the_verdict_comes_first_and_in_words(
    judgement: Judgement, english: str, german: str
) -> None:
    assert answer_reply(answer(judgement), ENGLISH).blocks[0] == Block(BlockKind.HEADING, english)
    assert answer_reply(answer(judgement), GERMAN).blocks[0] == Block(BlockKind.HEADING, german)


def test_a_verdict_shows_claim_sentence_article_and_confidence() -> None:
    reply = answer_reply(answer(STATED), ENGLISH)
    (quote,) = blocks_of(reply, BlockKind.QUOTE)
    assert quote == Block(
        BlockKind.QUOTE, "The ferry resumed service on Saturday.", label="Sentence 4"
    )
    assert Block(BlockKind.TEXT, "The ferry sails again.", label="Claim") in reply.blocks
    article = next(block for block in reply.blocks if block.label == "Article 3")
    assert article.text == "Ferry link to Norsby reopens"
    assert Block(BlockKind.NOTE, "Ada Holm · March 14, 2026") in reply.blocks
    assert article.url == SOURCE.url
    assert "The article says so. Very sure, 96%." in text_of(reply)
    assert reply.tone is Tone.SUPPORTED
    assert "/source show #3" in reply.cut_note


def test_every_button_of_a_verdict_carries_the_check() -> None:
    actions = answer_reply(answer(STATED, check_id=77), ENGLISH).actions
    assert [action.kind for action in actions] == [
        ActionKind.MORE,
        ActionKind.OTHER_SOURCE,
        ActionKind.RIGHT,
        ActionKind.WRONG,
    ]
    assert {action.argument for action in actions} == {"77"}


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (0.999, "Very sure, 99%."),
        (0.95, "Very sure, 95%."),
        (0.9, "Sure, 90%."),
        (0.7, "Fairly sure, 70%."),
        (0.4, "Not sure, 40%."),
        (0.0, "Not sure, 1%."),
    ],
)
def test_confidence_in_words(confidence: float, words: str) -> None:
    reply = answer_reply(answer(replace(STATED, confidence=confidence)), ENGLISH)
    assert words in text_of(reply)


def test_an_uncalibrated_model_says_so() -> None:
    reply = answer_reply(answer(replace(STATED, calibrated=False)), ENGLISH)
    assert "Very sure, 96%. (uncalibrated model)" in text_of(reply)
    assert "uncalibrated" not in text_of(answer_reply(answer(STATED), ENGLISH))


def test_not_mentioned_does_not_mean_false() -> None:
    note = Block(BlockKind.NOTE, "Not mentioned does not mean false.")
    assert note in answer_reply(answer(SILENT), ENGLISH).blocks
    assert note not in answer_reply(answer(REFUTED), ENGLISH).blocks
    assert "Nearest: sentence 7" in text_of(answer_reply(answer(SILENT), ENGLISH))


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("texts", [ENGLISH, GERMAN], ids=["en", "de"])
def test_every_reason_has_its_sentence(reason: Reason, texts: Texts) -> None:
    others = {
        text_of(answer_reply(answer(replace(STATED, reason=other)), texts))
        for other in Reason
        if other is not reason
    }
    assert text_of(answer_reply(answer(replace(STATED, reason=reason)), texts)) not in others


def test_conflicting_sentences_say_which_side_they_take() -> None:
    judgement = replace(
        SILENT, reason=Reason.CONFLICTING, evidence=(*REFUTED.evidence, *STATED.evidence)
    )
    labels = [block.label for block in answer_reply(answer(judgement), ENGLISH).blocks]
    assert "Sentence 1, against it" in labels
    assert "Sentence 4, for it" in labels


def test_an_article_that_disagrees_is_shown_with_its_sentence() -> None:
    disagreeing = Finding(OTHER, REFUTED)
    reply = answer_reply(replace(answer(STATED), disagreeing=disagreeing, searched=12), ENGLISH)
    text = text_of(reply)
    assert "Another article disagrees CONTRADICTED · Sure, 88%." in text
    assert "Sentence 1 The ferry will not sail before May." in text
    assert "Article 8 Ferry delayed again" in text
    assert "Answered from the best match of 12 articles." in text


def test_several_claims_begin_with_a_summary() -> None:
    answers = [
        answer(STATED, check_id=1),
        answer(REFUTED, check_id=2),
        replace(answer(SILENT, check_id=3), left_out=2),
    ]
    reply = answers_reply(answers, ENGLISH)
    assert reply.blocks[0] == Block(
        BlockKind.HEADING, "3 claims: 1 supported, 1 contradicted, 1 not mentioned"
    )
    assert [action.argument for action in reply.actions] == ["1", "2", "3"]
    assert len(blocks_of(reply, BlockKind.QUOTE)) == 3
    text = text_of(reply)
    assert "2 · CONTRADICTED Sure, 88%." in text
    assert text.count("Ferry link to Norsby reopens") == 1
    assert "Not mentioned does not mean false." in text
    assert "2 further claims were left out" in text
    german = answers_reply(answers[:2], GERMAN)
    assert german.blocks[0].text == "2 Behauptungen: 1 bestätigt, 1 widersprochen"


def test_several_claims_from_several_articles_name_each() -> None:
    answers = [answer(STATED), answer(REFUTED, source=OTHER)]
    labels = [block.label for block in answers_reply(answers, ENGLISH).blocks]
    assert labels.index("Article 3") < labels.index("2 · CONTRADICTED") < labels.index("Article 8")


def test_one_claim_needs_no_summary() -> None:
    assert answers_reply([answer(STATED)], ENGLISH) == answer_reply(answer(STATED), ENGLISH)


def test_more_evidence_marks_what_decided_and_repeats_nothing() -> None:
    more = MoreEvidence(
        claim="The ferry sails again.",
        source=SOURCE,
        verdict=Verdict.SUPPORTED,
        sentences=((2, "Ice had closed the port.", False), (3, "It resumed.", True)),
        runners_up=(
            Evidence(3, "It resumed.", Stance.SUPPORTS, 0.9),
            Evidence(9, "Crews were ready.", Stance.NEUTRAL, 0.4),
        ),
        check_id=41,
    )
    reply = more_reply(more, ENGLISH)
    assert [(block.label, block.text) for block in blocks_of(reply, BlockKind.QUOTE)] == [
        ("3", "Ice had closed the port."),
        ("4 (deciding)", "It resumed."),
        ("10", "Crews were ready."),
    ]
    assert reply.actions[-1].argument == "3"
    assert reply.actions[-1].kind is ActionKind.SHOW_SOURCE
