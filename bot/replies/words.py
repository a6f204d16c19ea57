"""The words that all replies share: verdicts, confidence, reasons, articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import Texts, mark
from bot.replies.reply import Block, BlockKind, Tone
from nli import Evidence, Judgement, Reason, Stance, Verdict

if TYPE_CHECKING:
    from bot.library.models import Source

VERDICTS = {
    Verdict.SUPPORTED: mark("SUPPORTED"),
    Verdict.CONTRADICTED: mark("CONTRADICTED"),
    Verdict.NOT_MENTIONED: mark("NOT MENTIONED"),
}

REASONS = {
    Reason.STATED: mark("The article says so."),
    Reason.STATED_JOINTLY: mark("These sentences say so together."),
    Reason.REFUTED: mark("The article says something else."),
    Reason.REFUTED_JOINTLY: mark("Taken together, these sentences say something else."),
    Reason.OFF_TOPIC: mark("The article does not speak about this."),
    Reason.NOT_SETTLED: mark("The article touches on this without saying whether it is so."),
    Reason.CONFLICTING: mark("Some sentences speak for it, others against it."),
}

STANCES = {
    Stance.SUPPORTS: mark("Sentence {number}, for it"),
    Stance.CONTRADICTS: mark("Sentence {number}, against it"),
    Stance.NEUTRAL: mark("Sentence {number}"),
}

TONES = {
    Verdict.SUPPORTED: Tone.SUPPORTED,
    Verdict.CONTRADICTED: Tone.CONTRADICTED,
    Verdict.NOT_MENTIONED: Tone.NOT_MENTIONED,
}

CONFIDENCES = (
    (0.95, mark("Very sure, {percent}.")),
    (0.85, mark("Sure, {percent}.")),
    (0.70, mark("Fairly sure, {percent}.")),
    (0.00, mark("Not sure, {percent}.")),
)


def verdict_word(verdict: Verdict, texts: Texts) -> str:
    """The verdict in capitals, as it heads a reply."""
    return texts(VERDICTS[verdict])


def confidence_words(judgement: Judgement, texts: Texts) -> str:
    """How sure, in words and per cent; a model that was never calibrated says so."""
    percent = texts.percent(judgement.confidence)
    words = next(words for least, words in CONFIDENCES if judgement.confidence >= least)
    sentence = texts(words, percent=percent)
    if judgement.calibrated:
        return sentence
    return f"{sentence} {texts('(uncalibrated model)')}"


def reason_words(judgement: Judgement, texts: Texts) -> str:
    return texts(REASONS[judgement.reason])


def sentence_label(evidence: Evidence, judgement: Judgement, texts: Texts) -> str:
    """The sentence's number; with its stance where the article speaks both for and against."""
    number = texts.number(evidence.index + 1)
    if judgement.reason is Reason.CONFLICTING:
        return texts(STANCES[evidence.stance], number=number)
    if judgement.verdict is Verdict.NOT_MENTIONED:
        return texts("Nearest: sentence {number}", number=number)
    return texts("Sentence {number}", number=number)


def article_title(source: Source, texts: Texts) -> str:
    return source.title.strip() or texts("Untitled article")


def article_details(source: Source, texts: Texts) -> str:
    """Author and date, as far as they are known."""
    parts = (source.author.strip(), texts.date(source.date))
    return " · ".join(part for part in parts if part)


def article_blocks(source: Source, texts: Texts) -> tuple[Block, ...]:
    """Which article it was: its number in the library, its title and link, who wrote it, when."""
    label = texts("Article {number}", number=source.id)
    title = Block(BlockKind.TEXT, article_title(source, texts), label, source.url)
    details = article_details(source, texts)
    return (title, Block(BlockKind.NOTE, details)) if details else (title,)
