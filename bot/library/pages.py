"""Lines of printed pages to running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_EDGE_LINES = 2
_MIN_REPEATS = 3
_LONGEST_WORD = 80
_PAGE_NUMBER = re.compile(
    r"^\W*(?:(?:page|seite|p\.|s\.)\s*)?\d{1,4}(?:\s*(?:/|of|von)\s*\d{1,4})?\W*$", re.I
)
_WORD = re.compile(r"[^\W\d_]{3}")
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?…:]['\"’”»“)\]]*$")
_ITEM = re.compile(r"^(?:[-*•‣◦▪–—]|\d{1,2}[.)])\s")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_BROKEN_WORD = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u2010\u00ad]$")
_OPEN_RANGE = re.compile(r"\d[-\u2010\u2013]$")
_UNFINISHED = re.compile(r"[-\u2010\u2013\u00ad,;]$")
_WORD_START = re.compile(r"^[^\W\d_]+")
_HYPHENATED = re.compile(r"\b[^\W\d_]+-[^\W\d_]+")
# Parts that usually keep the hyphen they are written with.
_KEEPS_HYPHEN = frozenset(
    ("self", "well", "ex", "non", "anti", "pro", "co", "vice", "cross", "half", "long", "short")
)


def join_pages(pages: Sequence[str]) -> str:
    """Join wrapped lines into paragraphs, across pages, without running heads and page numbers."""
    lines_by_page = [
        [" ".join(line.split()) for line in page.translate(_LIGATURES).splitlines()]
        for page in pages
    ]
    furniture = _furniture(lines_by_page)
    lines: list[str] = []
    for page in lines_by_page:
        page_lines = _without_furniture(page, furniture)
        if lines and page_lines and lines[-1] and _SENTENCE_END.search(lines[-1]):
            lines.append("")  # a page that ends with a sentence ends a paragraph
        lines.extend(page_lines)
    return _join(lines)


def _pattern(line: str) -> str:
    """What is equal in the running heads of all pages: all but the numbers."""
    return _DIGITS.sub("#", line.casefold())


def _furniture(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    counts: Counter[str] = Counter()
    for page in pages:
        filled = [line for line in page if line]
        edges = filled[:_EDGE_LINES] + filled[_EDGE_LINES:][-_EDGE_LINES:]
        counts.update({_pattern(line) for line in edges if _WORD.search(line)})
    needed = max(_MIN_REPEATS, (len(pages) + 1) // 2)
    return frozenset(pattern for pattern, count in counts.items() if count >= needed)


def _without_furniture(page: Sequence[str], furniture: frozenset[str]) -> list[str]:
    filled = [index for index, line in enumerate(page) if line]
    edges = {*filled[:_EDGE_LINES], *filled[-_EDGE_LINES:]}
    outermost = {*filled[:1], *filled[-1:]}
    kept = [
        line
        for index, line in enumerate(page)
        if not (index in edges and _pattern(line) in furniture)
        and not (index in outermost and _PAGE_NUMBER.match(line))
    ]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _join(lines: Sequence[str]) -> str:
    width = _full_width(lines)
    compounds = {word.casefold() for line in lines for word in _HYPHENATED.findall(line)}
    paragraphs: list[str] = []
    current = ""
    last = ""
    for line in lines:
        if current and (not line or _ends_paragraph(last, line, width)):
            paragraphs.append(current)
            current = ""
        if line:
            current = _append(current, line, compounds) if current else line
            last = line
    if current:
        paragraphs.append(current)
    return "\n\n".join(paragraphs)


def _full_width(lines: Sequence[str]) -> int:
    """How long a line is that was broken only because the column was full."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[int(len(lengths) * 0.8)] if lengths else 0


def _ends_paragraph(line: str, following: str, width: int) -> bool:
    if _ITEM.match(following):
        return True
    if following[0].islower() or _UNFINISHED.search(line):
        return False
    if _SENTENCE_END.search(line):
        # In the middle of a paragraph such a line is as full as the others.
        return len(line) < 0.8 * width
    return len(line) < 0.6 * width  # a heading


def _append(text: str, line: str, compounds: set[str]) -> str:
    tail = text[-_LONGEST_WORD:]
    if _OPEN_RANGE.search(tail) and line[0].isdigit():
        return text + line
    broken = _BROKEN_WORD.search(tail)
    rest = _WORD_START.match(line)
    if not broken or not rest:
        return f"{text} {line}"
    first, second = broken.group(1), rest.group()
    last_part = first.rpartition("-")[2]
    keeps = (
        not second[0].islower()
        or f"{last_part}-{second}".casefold() in compounds
        or last_part.casefold() in _KEEPS_HYPHEN
    )
    return text[:-1] + ("-" if keeps else "") + line
