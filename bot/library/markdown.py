"""Markdown to plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.library.documents import Document

_TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[a-zA-Z][^<>]*>", re.S)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:?")


def read_markdown(text: str) -> Document:
    """Every heading, paragraph, list item and table row becomes a paragraph of its own.

    A heading that stands before all else is the title and no part of the text.
    """
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    title = ""
    blocks: list[str] = []
    cells: list[str] | None = None
    for index, token in enumerate(tokens):
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            blocks.append(", ".join(cell for cell in cells or () if cell))
            cells = None
        elif token.type == "inline":
            words = _inline(token.children or ())
            if cells is not None:
                cells.append(words)
            elif tokens[index - 1].type == "heading_open" and not title and not any(blocks):
                title = words
            else:
                blocks.append(words)
        elif token.type in ("fence", "code_block"):
            blocks.append(token.content)
        elif token.type == "html_block":
            blocks.append(_without_tags(token.content))
    return Document("\n\n".join(block for block in blocks if block.strip()), title=title)


def _inline(children: Sequence[Token]) -> str:
    parts: list[str] = []
    for child in children:
        match child.type:
            case "text" | "code_inline":
                parts.append(child.content)
            case "softbreak":
                parts.append(" ")
            case "hardbreak":
                parts.append("\n")
            case "html_inline":
                parts.append(_without_tags(child.content))
            case _:
                pass  # marks of emphasis and links; pictures, whose text is no part of the article
    return _FOOTNOTE.sub("", "".join(parts))


def _without_tags(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup))
