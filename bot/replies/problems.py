"""What went wrong, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import BusyError
from bot.replies.reply import Block, BlockKind, Reply, Tone

if TYPE_CHECKING:
    from bot.i18n import Texts
    from nli.errors import AttestError


def problem_reply(error: AttestError, texts: Texts, incident: str = "") -> Reply:
    """The error's own sentence in the reader's language."""
    heading = texts("Busy") if isinstance(error, BusyError) else texts("That did not work")
    return _problem(heading, error_sentence(error, texts), texts, incident)


def unexpected_reply(texts: Texts, incident: str) -> Reply:
    """Something failed that nobody foresaw."""
    sentence = texts("Something went wrong on our side. Please try again in a moment.")
    return _problem(texts("That did not work"), sentence, texts, incident)


def error_sentence(error: AttestError, texts: Texts) -> str:
    """Translate an error's message; one that no catalogue holds stays English."""
    return texts(error.message, **error.values)


def _problem(heading: str, sentence: str, texts: Texts, incident: str) -> Reply:
    blocks = [Block(BlockKind.HEADING, heading), Block(BlockKind.TEXT, sentence)]
    if incident:
        note = texts("If you report this, give the number {incident}.", incident=incident)
        blocks.append(Block(BlockKind.NOTE, note))
    return Reply(tuple(blocks), tone=Tone.PROBLEM)
