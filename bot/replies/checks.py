"""Verdicts as replies."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bot.replies.reply import Action, ActionKind, Block, BlockKind, Reply, Tone
from bot.replies.words import (
    TONES,
    article_blocks,
    confidence_words,
    reason_words,
    sentence_label,
    verdict_word,
)
from nli import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answers import Answer, Finding, MoreEvidence
    from bot.i18n import Texts


def answer_reply(answer: Answer, texts: Texts) -> Reply:
    """One claim: the verdict in words, the deciding sentences, where they are from."""
    judgement = answer.finding.judgement
    blocks = [
        Block(BlockKind.HEADING, verdict_word(judgement.verdict, texts)),
        Block(BlockKind.TEXT, answer.claim, texts("Claim")),
        Block(
            BlockKind.TEXT, f"{reason_words(judgement, texts)} {confidence_words(judgement, texts)}"
        ),
        *_quotes(answer.finding, texts),
        *article_blocks(answer.finding.source, texts),
        *_disagreement(answer, texts),
        *_notes([answer], texts),
    ]
    return Reply(
        tuple(blocks),
        _verdict_actions(answer.check_id, texts),
        TONES[judgement.verdict],
        cut_note=_cut_note(answer.finding.source.id, texts),
        typed_hint=typed_hint(texts),
    )


def answers_reply(answers: Sequence[Answer], texts: Texts) -> Reply:
    """Several claims: a summary line, then each claim."""
    if len(answers) == 1:
        return answer_reply(answers[0], texts)
    sources = {answer.finding.source.id for answer in answers}
    blocks = [Block(BlockKind.HEADING, summary(answers, texts))]
    for position, answer in enumerate(answers, 1):
        judgement = answer.finding.judgement
        blocks += [
            Block(BlockKind.RULE),
            Block(
                BlockKind.TEXT,
                confidence_words(judgement, texts),
                f"{texts.number(position)} · {verdict_word(judgement.verdict, texts)}",
            ),
            Block(BlockKind.TEXT, answer.claim, texts("Claim")),
            *_quotes(answer.finding, texts),
            *(article_blocks(answer.finding.source, texts) if len(sources) > 1 else ()),
            *_disagreement(answer, texts),
        ]
    blocks.append(Block(BlockKind.RULE))
    if len(sources) == 1:
        blocks += article_blocks(answers[0].finding.source, texts)
    blocks += _notes(answers, texts)
    if blocks[-1].kind is BlockKind.RULE:
        blocks.pop()
    actions = tuple(
        Action(
            ActionKind.MORE,
            texts("More on claim {number}", number=position),
            str(answer.check_id),
        )
        for position, answer in enumerate(answers, 1)
    )
    return Reply(
        tuple(blocks),
        actions,
        _common_tone(answers),
        cut_note=texts("Cut here. Ask about one claim at a time to see the whole answer."),
        typed_hint=typed_hint(texts),
    )


def more_reply(more: MoreEvidence, texts: Texts) -> Reply:
    """What stands around the deciding sentences, and which others come near the claim."""
    blocks = [
        Block(BlockKind.HEADING, texts("More evidence")),
        Block(BlockKind.TEXT, more.claim, texts("Claim")),
        Block(BlockKind.TEXT, verdict_word(more.verdict, texts), texts("Verdict")),
        *article_blocks(more.source, texts),
    ]
    if more.sentences:
        blocks.append(Block(BlockKind.NOTE, texts("What the article says around it:")))
    for index, sentence, is_deciding in more.sentences:
        number = texts.number(index + 1)
        label = texts("{number} (deciding)", number=number) if is_deciding else number
        blocks.append(Block(BlockKind.QUOTE, sentence, label))
    shown = {index for index, _, _ in more.sentences}
    others = [evidence for evidence in more.runners_up if evidence.index not in shown]
    if others:
        blocks.append(Block(BlockKind.NOTE, texts("Other sentences that come near:")))
        blocks += [
            Block(BlockKind.QUOTE, evidence.sentence, texts.number(evidence.index + 1))
            for evidence in others
        ]
    return Reply(
        tuple(blocks),
        (
            *(_verdict_actions(more.check_id, texts)[1:] if more.check_id else ()),
            show_action(more.source.id, texts),
        ),
        TONES[more.verdict],
        cut_note=_cut_note(more.source.id, texts),
        typed_hint=typed_hint(texts),
    )


def summary(answers: Sequence[Answer], texts: Texts) -> str:
    """How many claims came out how: "3 claims: 1 supported, 2 not mentioned"."""
    counts = Counter(answer.finding.judgement.verdict for answer in answers)
    parts = [
        words
        for verdict, words in (
            (Verdict.SUPPORTED, texts("{count} supported", count=counts[Verdict.SUPPORTED])),
            (
                Verdict.CONTRADICTED,
                texts("{count} contradicted", count=counts[Verdict.CONTRADICTED]),
            ),
            (
                Verdict.NOT_MENTIONED,
                texts("{count} not mentioned", count=counts[Verdict.NOT_MENTIONED]),
            ),
        )
        if counts[verdict]
    ]
    total = texts.plural("{count} claim", "{count} claims", len(answers))
    return f"{total}: {', '.join(parts)}"


def show_action(source_id: int, texts: Texts) -> Action:
    return Action(ActionKind.SHOW_SOURCE, texts("Whole article"), str(source_id))


def typed_hint(texts: Texts) -> str:
    """What the buttons do, as words to type."""
    return texts("You can ask: why? · more · other · right · wrong · articles")


def _quotes(finding: Finding, texts: Texts) -> Iterator[Block]:
    for evidence in finding.judgement.evidence:
        label = sentence_label(evidence, finding.judgement, texts)
        yield Block(BlockKind.QUOTE, evidence.sentence, label)


def _disagreement(answer: Answer, texts: Texts) -> Iterator[Block]:
    other = answer.disagreeing
    if other is None:
        return
    verdict = verdict_word(other.judgement.verdict, texts)
    words = f"{verdict} · {confidence_words(other.judgement, texts)}"
    yield Block(BlockKind.TEXT, words, texts("Another article disagrees"))
    yield from _quotes(other, texts)
    yield from article_blocks(other.source, texts)


def _notes(answers: Sequence[Answer], texts: Texts) -> Iterator[Block]:
    judgements = [answer.finding.judgement for answer in answers]
    if any(judgement.verdict is Verdict.NOT_MENTIONED for judgement in judgements):
        yield Block(BlockKind.NOTE, texts("Not mentioned does not mean false."))
    searched = max(answer.searched for answer in answers)
    if searched > 1:
        note = texts.plural(
            "Answered from the best match of {count} article.",
            "Answered from the best match of {count} articles.",
            searched,
        )
        yield Block(BlockKind.NOTE, note)
    if left_out := max(answer.left_out for answer in answers):
        note = texts.plural(
            "{count} further claim was left out; send it separately.",
            "{count} further claims were left out; send them separately.",
            left_out,
        )
        yield Block(BlockKind.NOTE, note)


def _verdict_actions(check_id: int, texts: Texts) -> tuple[Action, ...]:
    argument = str(check_id)
    return (
        Action(ActionKind.MORE, texts("More evidence"), argument),
        Action(ActionKind.OTHER_SOURCE, texts("Another article"), argument),
        Action(ActionKind.RIGHT, texts("Right"), argument),
        Action(ActionKind.WRONG, texts("Wrong"), argument),
    )


def _cut_note(source_id: int, texts: Texts) -> str:
    return texts("Cut here. The whole article: /source show #{number}", number=source_id)


def _common_tone(answers: Sequence[Answer]) -> Tone:
    tones = {TONES[answer.finding.judgement.verdict] for answer in answers}
    return tones.pop() if len(tones) == 1 else Tone.PLAIN
