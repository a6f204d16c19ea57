"""Text that shows what it is: one line, without control characters or hidden marks."""

from __future__ import annotations

import unicodedata

JOINERS = "\u200c\u200d"
"""Needed by several scripts and by emoji; the only invisible characters that stay."""

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co"})
"""Unicode categories that print nothing or turn the direction of writing."""


def one_line(text: str) -> str:
    """Fold white space and drop what a reader cannot see.

    Directional marks could make a quotation read differently from what it says; an escape
    character would reach the terminal.
    """
    if text.isprintable():
        return " ".join(text.split())
    seen = "".join(
        character
        for character in text
        if character in JOINERS
        or character.isspace()
        or unicodedata.category(character) not in HIDDEN
    )
    return " ".join(seen.split())


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word where one ends near."""
    if len(text) <= limit:
        return text
    if limit <= 1:
        return "…"[:limit]
    head = text[: limit - 1]
    space = head.rfind(" ")
    if space > limit * 2 // 3:
        head = head[:space]
    return head.rstrip() + "…"
