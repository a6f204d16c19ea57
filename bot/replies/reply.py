"""A reply as plain data; `bot.cards` draws it for Discord or for a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """Accent of a reply. Never the only carrier of a meaning."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_MENTIONED = "not_mentioned"
    PLAIN = "plain"
    PROBLEM = "problem"


class BlockKind(StrEnum):
    HEADING = "heading"
    TEXT = "text"
    QUOTE = "quote"
    """Somebody else's words: drawn as a quotation, never interpreted as markup."""
    NOTE = "note"
    """Small print."""
    RULE = "rule"
    """A separating line; its text is empty."""


@dataclass(frozen=True, slots=True)
class Block:
    kind: BlockKind
    text: str = ""
    """Plain text. Renderers escape it; it holds no markup."""
    label: str = ""
    """Short lead-in, drawn strong: "Claim", "Sentence 4"."""
    url: str = ""
    """For TEXT and NOTE: the whole text links here."""


class ActionKind(StrEnum):
    """What a button under a reply does; `Action.argument` says to what."""

    MORE = "more"
    OTHER_SOURCE = "other"
    RIGHT = "right"
    WRONG = "wrong"
    PAGE = "page"
    SHOW_SOURCE = "show"


@dataclass(frozen=True, slots=True)
class Action:
    kind: ActionKind
    label: str
    argument: str
    """A check id, a source id, or "source id:page" (source 0: the list of articles).

    Digits and colons only, at most 60 characters."""


@dataclass(frozen=True, slots=True)
class Reply:
    blocks: tuple[Block, ...]
    actions: tuple[Action, ...] = ()
    tone: Tone = Tone.PLAIN
    cut_note: str = ""
    """Said at the end where the reply had to be cut: how to see the rest."""
    typed_hint: str = ""
    """For readers without buttons: what to type instead."""
