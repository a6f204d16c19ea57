"""What comes out of a file, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Format(StrEnum):
    HTML = "html"
    PDF = "pdf"
    MARKDOWN = "markdown"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Document:
    """Text and what the file says about it, as found: not yet cleaned."""

    text: str
    title: str = ""
    date: str = ""
    author: str = ""
    url: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """How much of a file is read before it is refused."""

    max_bytes: int = 10 * 1024 * 1024
    max_characters: int = 300_000
    max_pages: int = 100
    max_elements: int = 30_000
    """Of an HTML page: the time to find the article grows faster than their number."""
    seconds: float = 20.0
