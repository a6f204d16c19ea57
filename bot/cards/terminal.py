"""A reply as terminal text: coloured for a reader, plain lines for a pipe."""

from __future__ import annotations

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.style import Style
from rich.text import Text

from bot.cards.markdown import safe_url
from bot.cards.plain import one_line
from bot.replies.reply import Block, BlockKind, Reply, Tone

WIDTH = 88
"""Longer lines are tiring to read, however wide the window."""

COLOURS = {
    Tone.SUPPORTED: "green",
    Tone.CONTRADICTED: "red",
    Tone.NOT_MENTIONED: "yellow",
    Tone.PLAIN: "cyan",
    Tone.PROBLEM: "magenta",
}


def render(reply: Reply, console: Console) -> None:
    """Print a reply. Its text is never read as markup; hidden characters are left out."""
    if not console.is_terminal:
        _render_plain(reply, console)
        return
    colour = COLOURS[reply.tone]
    parts = [_drawn(block, colour) for block in reply.blocks]
    if reply.typed_hint:
        parts.append(Text(one_line(reply.typed_hint), style="dim italic"))
    width = min(console.width, WIDTH)
    console.print(Padding(Group(*parts), (0, 0, 1, 0)), width=width, highlight=False)


def _drawn(block: Block, colour: str) -> RenderableType:
    text = _labelled(block)
    match block.kind:
        case BlockKind.HEADING:
            text.stylize(f"bold {colour}")
            return text
        case BlockKind.TEXT:
            return text
        case BlockKind.QUOTE:
            return _Quote(text, colour)
        case BlockKind.NOTE:
            text.stylize("dim")
            return text
        case BlockKind.RULE:
            return Rule(style="dim")


def _labelled(block: Block) -> Text:
    """Label, text and link as one line of styled text."""
    text = Text()
    if label := one_line(block.label):
        text.append(label, style="bold")
        text.append("  ")
    url = safe_url(block.url)
    text.append(one_line(block.text), style=Style(link=url) if url else "")
    return text


class _Quote:
    """Text behind a bar, every line of it."""

    def __init__(self, text: Text, colour: str) -> None:
        self._text = text
        self._colour = colour

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self._text.wrap(console, max(options.max_width - 2, 1)):
            line.rstrip()
            yield Text.assemble(("│ ", self._colour), line)


def _render_plain(reply: Reply, console: Console) -> None:
    """Whole lines, however long; written past rich, which would end the program if nobody reads."""
    lines = [_plain(block) for block in reply.blocks]
    text = "\n".join(line for line in lines if line is not None).strip()
    console.file.write(f"{text}\n\n")


def _plain(block: Block) -> str | None:
    label, text, url = one_line(block.label), one_line(block.text), safe_url(block.url)
    line = f"{label}: {text}" if label else text
    if url:
        line = f"{line} ({url})"
    match block.kind:
        case BlockKind.QUOTE:
            return f"> {line}"
        case BlockKind.RULE:
            return ""
        case BlockKind.HEADING | BlockKind.TEXT | BlockKind.NOTE:
            return line or None
