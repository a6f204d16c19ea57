"""A reply as Discord's Components V2.

Discord takes at most 40 components and 4,000 characters a message. Long blocks are shortened
evenly before anything is dropped, so that a long quotation never pushes out the article it is
from; a reply that had to be cut says how to see the rest.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord
from discord.ui import ActionRow, Container, LayoutView, Separator, TextDisplay

from bot.cards.buttons import ActionButton, custom_id, is_drawable
from bot.cards.markdown import escape, link
from bot.cards.plain import one_line, shorten
from bot.replies.reply import Action, ActionKind, Block, BlockKind, Reply, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_CHARACTERS = 4_000
MOST_COMPONENTS = 40
MOST_BUTTONS = 10
BUTTONS_IN_A_ROW = 5
MOST_SECTIONS = 13
"""Texts between rules: with as many rules, two rows of buttons and the container, 39."""

NOTE_LIMIT = 120
NOTE_ROOM = 2 * NOTE_LIMIT + 4
"""Every character of the note may need a backslash."""

HEADING_LIMIT = 200
LABEL_LIMIT = 80
BLOCK_LIMITS = (1_600, 1_000, 600, 400, 250, 150, 80)
"""How long one block may be, tried in turn until the reply fits."""

ACCENTS = {
    Tone.SUPPORTED: discord.Colour(0x2E9E5B),
    Tone.CONTRADICTED: discord.Colour(0xD64545),
    Tone.NOT_MENTIONED: discord.Colour(0x8A94A6),
    Tone.PROBLEM: discord.Colour(0xE0A100),
}

Lines = list[str | None]
"""Escaped lines; None is a rule between two sections."""


def layout(reply: Reply) -> LayoutView:
    """Draw a reply within Discord's limits."""
    container = Container[Any](accent_colour=ACCENTS.get(reply.tone))
    for position, section in enumerate(_sections(_fitting(reply))):
        if position:
            container.add_item(Separator())
        container.add_item(TextDisplay(section))
    for row in _rows(reply.actions):
        container.add_item(row)
    view = LayoutView(timeout=None)
    view.add_item(container)
    return view


def _fitting(reply: Reply) -> Lines:
    """The reply's lines, shortened as little as Discord allows."""
    note = f"-# {escape(shorten(one_line(reply.cut_note) or '…', NOTE_LIMIT))}"
    blocks = [_cleaned(block) for block in reply.blocks]
    lines: Lines = []
    for limit in BLOCK_LIMITS:
        lines = [_line(block, limit) for block in blocks]
        if any(len(block.text) > limit for block in blocks):
            lines.append(note)
        if _length(lines) <= MOST_CHARACTERS:
            return lines
    return [*_first(lines, MOST_CHARACTERS - NOTE_ROOM), note]


def _cleaned(block: Block) -> Block:
    label = shorten(one_line(block.label), LABEL_LIMIT)
    return replace(block, text=one_line(block.text), label=label)


def _line(block: Block, limit: int) -> str | None:
    text = shorten(block.text, limit)
    label = escape(block.label)
    strong = f"**{label}**" if label else ""
    match block.kind:
        case BlockKind.HEADING:
            body = escape(shorten(text, HEADING_LIMIT))
            return f"## {body}" if body else ""
        case BlockKind.TEXT:
            return _joined(strong, link(text, block.url))
        case BlockKind.QUOTE:
            return f"> {_joined(strong, escape(text))}"
        case BlockKind.NOTE:
            body = _joined(strong, link(text, block.url))
            return f"-# {body}" if body else ""
        case BlockKind.RULE:
            return None


def _joined(*parts: str) -> str:
    return "  ".join(part for part in parts if part)


def _length(lines: Sequence[str | None]) -> int:
    """At most so many characters; a line after a quotation has an empty one before it."""
    return sum(len(line) + 2 for line in lines if line)


def _first(lines: Lines, room: int) -> Lines:
    """As many whole lines from the start as there is room for."""
    kept: Lines = []
    for line in lines:
        room -= len(line) + 2 if line else 0
        if room < 0:
            break
        kept.append(line)
    return kept


def _sections(lines: Lines) -> list[str]:
    """Join the lines between rules; never empty, since Discord refuses an empty container."""
    sections: list[list[str]] = [[]]
    for line in lines:
        if line is None:
            if sections[-1] and len(sections) < MOST_SECTIONS:
                sections.append([])
        elif line:
            if sections[-1] and sections[-1][-1].startswith("> ") > line.startswith("> "):
                sections[-1].append("")  # or the line would belong to the quotation
            sections[-1].append(line)
    return ["\n".join(section) for section in sections if section] or ["…"]


def _rows(actions: Sequence[Action]) -> Iterator[ActionRow[Any]]:
    """Rows of five buttons; one that repeats another's id would make Discord refuse them all."""
    drawable = {
        custom_id(action.kind, action.argument): action for action in actions if is_drawable(action)
    }
    kinds = [action.kind for action in drawable.values()]
    buttons = [
        ActionButton(
            action.kind,
            action.argument,
            action.label,
            # One button may stand out, not a row of them.
            primary=action.kind is ActionKind.MORE and kinds.count(ActionKind.MORE) == 1,
        )
        for action in drawable.values()
    ][:MOST_BUTTONS]
    for start in range(0, len(buttons), BUTTONS_IN_A_ROW):
        row = ActionRow[Any]()
        for button in buttons[start : start + BUTTONS_IN_A_ROW]:
            row.add_item(button)
        yield row
