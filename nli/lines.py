"""Which line ends of a text also end a sentence, and which are only where a line was wrapped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from nli.abbreviations import words

MAX_WRAP_WIDTH = 120
MIN_WRAP_WIDTH = 40
_MOSTLY = 0.6

_TERMINAL = re.compile(r"[.!?…:。！？]['\"’”»“)\]]*$")
_ITEM = re.compile(r"(?:[-*•‣◦▪–—+>|#]+|\(?(?:\d{1,3}|[A-Za-z])[.)]|\d{1,2}[:.]\d\d)(?:\s|$)")
_TITLE_AT_END = re.compile(
    r"\b(?:Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Maj|Adm|Dr|Mr|Mrs|Ms|Prof|Rev|St|No)\.$"
)
_FIRST_WORD = re.compile(r"\S+")
# A line that stops on one of these has not come to its end, whatever follows.
_CANNOT_END = words(
    "a an the and or but nor of to in on at by for from with as into than that which who whose "
    "its his her their our my your is are was were be been has have had will would could should "
    "der die das dem den des ein eine einen einer einem und oder mit von zu im am bei für"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One non-blank line: its place in the text, without the white space around it."""

    start: int
    end: int
    text: str
    indented: bool
    after_blank: bool

    @property
    def is_item(self) -> bool:
        return _ITEM.match(self.text) is not None

    @property
    def is_closed(self) -> bool:
        """Whether it ends as a sentence ends."""
        return _TERMINAL.search(self.text) is not None


def blocks(text: str) -> list[tuple[int, int]]:
    """Cut a text into stretches no sentence reaches across.

    `text` has plain spaces and `\\n` as its only white space. Blank lines always cut; a single
    line end does so unless the line was wrapped.
    """
    lines = _lines(text)
    if not lines:
        return []
    wrap_width = _wrap_width(lines)
    spans: list[tuple[int, int]] = []
    start = lines[0].start
    for line, following in pairwise(lines):
        if _ends_block(line, following, wrap_width):
            spans.append((start, line.end))
            start = following.start
    spans.append((start, lines[-1].end))
    return spans


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    after_blank = True
    start = 0
    for raw in text.split("\n"):
        stripped = raw.strip(" ")
        if stripped:
            lead = len(raw) - len(raw.lstrip(" "))
            first = start + lead
            lines.append(Line(first, first + len(stripped), stripped, lead > 1, after_blank))
        after_blank = not stripped
        start += len(raw) + 1
    return lines


def _wrap_width(lines: list[Line]) -> int:
    """The width the text was wrapped at, or 0 for a text whose lines are paragraphs.

    Wrapped text shows in two ways: most lines stop in the middle of a sentence, and most are
    so full that the next word would not have fitted.
    """
    pairs = [
        (line, following)
        for line, following in pairwise(lines)
        if not (following.after_blank or following.is_item)
    ]
    width = max(len(line.text) for line in lines)
    if len(pairs) < 2 or not MIN_WRAP_WIDTH <= width <= MAX_WRAP_WIDTH:
        return 0
    unfinished = sum(not line.is_closed for line, _ in pairs)
    full = sum(_is_full(line, following, width) for line, following in pairs)
    return width if min(unfinished, full) >= _MOSTLY * len(pairs) else 0


def _is_full(line: Line, following: Line, width: int) -> bool:
    # Proportional type, as in text from a PDF, leaves the right edge ragged: a little slack.
    word = _FIRST_WORD.match(following.text)
    taken = len(line.text) + 1 + (len(word[0]) if word else 0)
    return taken > 0.85 * width


def _ends_block(line: Line, following: Line, wrap_width: int) -> bool:
    if following.after_blank or following.is_item or line.text.startswith("#"):
        return True
    if _runs_on(line, following):
        return False
    if wrap_width and _is_full(line, following, wrap_width):
        return following.indented and not line.indented and line.is_closed
    return True


def _runs_on(line: Line, following: Line) -> bool:
    if following.text[0].islower():
        return True
    last_word = line.text.rsplit(" ", 1)[-1]
    return (
        line.text[-1] in ",;"
        or last_word in _CANNOT_END
        or _TITLE_AT_END.search(line.text) is not None
    )
