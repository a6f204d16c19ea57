"""Text to sentences, with offsets into the original text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sentencex

from nli.boundaries import MAX_QUOTATION, is_boundary, place, possible_ends
from nli.lines import blocks
from nli.quotations import quotations, without_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_SENTENCE = 2_000
"""Longer stretches without a sentence end are cut at the best place there is."""

_REACH = 80  # characters either side of a possible boundary that its rules may look at
_PIECE = 1_000  # characters the library is given at a time
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_NOT_PLAIN = re.compile(r"[^ -~\n\u00a1-\u00ac\u00ae-\u1fff\u2010-\u2027\u2030-\u205e]")
_NO_WORD = re.compile(r"[\W_]+")
_WHITE = re.compile(r"\s+")
_BULLET = re.compile(r"^[-*•‣◦▪–—>+#|]+\s")
_GAP = re.compile(r"\w (?=[a-z])")
_NOT_WHITE = re.compile(r"\S")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens, zero-width spaces
# Where to cut an endless line, best first.
_CUTS = (re.compile(r"[;:](?=\s)"), re.compile(r",(?=\s)"), re.compile(r"(?=\s)"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` is the article's own text from `start` to `end`, white space folded."""

    index: int
    start: int
    end: int
    text: str


def split_sentences(text: str) -> list[Sentence]:
    """Split a text of one or many paragraphs.

    A heading and a list item are sentences of their own. A quotation stays together with the
    words that say whose it is. Every letter and digit is in exactly one sentence; lines of
    nothing but ornament are in none.
    """
    plain = _plain(text)
    sentences: list[Sentence] = []
    for start, end in blocks(plain):
        block = plain[start:end].replace("\n", " ")
        for first, last in _in_block(block):
            clean = _fold(block[first:last])
            sentences.append(Sentence(len(sentences), start + first, start + last, clean))
    return sentences


def _plain(text: str) -> str:
    """The text with every odd character replaced by one of the same length."""
    return _NOT_PLAIN.sub(lambda match: _replacement(match[0]), text.replace("\r\n", " \n"))


def _replacement(character: str) -> str:
    if character in _LINE_ENDS:
        return "\n"
    category = unicodedata.category(character)
    if category == "Cs":
        return "\N{REPLACEMENT CHARACTER}"
    return " " if character.isspace() or category in {"Cc", "Zs"} else character


def _fold(text: str) -> str:
    return _WHITE.sub(" ", _INVISIBLE.sub("", text)).strip()


def _in_block(block: str) -> Iterator[tuple[int, int]]:
    if _NO_WORD.fullmatch(block):
        return
    start = 0
    for end in [*_ends(block), len(block)]:
        first = _skip_white(block, start)
        last = first + len(block[first:end].rstrip())
        # Marks alone, such as a stray quotation mark, wait for the words they belong to.
        if _NO_WORD.fullmatch(block, first, last) or _NO_WORD.fullmatch(block, end):
            continue
        yield from _within_limit(block, first, last if end < len(block) else len(block))
        start = end


def _ends(block: str) -> list[int]:
    """Ends of sentences within a block, in order, without the last."""
    guesses = set(_guesses(block))
    candidates = sorted((guesses | set(possible_ends(block))) - {0, len(block)})
    ends: list[int] = []
    for candidate in candidates:
        start = max(ends[-1] if ends else 0, candidate - _REACH)
        if is_boundary(
            block[start:candidate],
            block[candidate : candidate + _REACH],
            guess=candidate in guesses,
        ):
            ends.append(candidate)
    return _keep_quotations_whole(block, ends)


def _guesses(block: str) -> Iterator[int]:
    """Where the library would end sentences; it is given a long block piece by piece.

    Its time grows with the square of the length in some scripts.
    """
    # Behind a bullet it looks for no sentences at all.
    unmarked = _BULLET.sub(lambda match: " " * len(match[0]), without_marks(block), count=1)
    start = 0
    while start < len(block):
        end = _piece_end(unmarked, start)
        # The package ships no types.
        boundaries = sentencex.get_sentence_boundaries("en", unmarked[start:end])  # pyright: ignore[reportAttributeAccessIssue]
        for boundary in boundaries:
            if boundary["end_index"] < end - start:
                yield place(block, start + boundary["end_index"])
        start = end


def _piece_end(block: str, start: int) -> int:
    if len(block) - start <= _PIECE:
        return len(block)
    # Between two words, where no sentence ends.
    gaps = list(_GAP.finditer(block, start + _PIECE // 2, start + _PIECE))
    return gaps[-1].end() if gaps else start + _PIECE


def _keep_quotations_whole(block: str, ends: list[int]) -> list[int]:
    """Drop the ends inside a quotation whose speaker stands in the same sentence."""
    dropped: set[int] = set()
    for opened, closed in quotations(block):
        low, high = bisect_left(ends, opened + 1), bisect_left(ends, closed)
        if low == high or closed - opened > MAX_QUOTATION:
            continue
        before = block[ends[low - 1] if low else 0 : opened]
        after = block[closed : ends[high] if high < len(ends) else len(block)]
        if not (_NO_WORD.fullmatch(before) or not before) or not (
            _NO_WORD.fullmatch(after) or not after
        ):
            dropped.update(ends[low:high])
    return [end for end in ends if end not in dropped]


def _within_limit(block: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    while last - first > MAX_SENTENCE:
        cut = _best_cut(block, first)
        yield first, first + len(block[first:cut].rstrip())
        first = _skip_white(block, cut)
    if first < last:
        yield first, last


def _skip_white(block: str, position: int) -> int:
    word = _NOT_WHITE.search(block, position)
    return word.start() if word else len(block)


def _best_cut(block: str, first: int) -> int:
    for pattern in _CUTS:
        places = [m.end() for m in pattern.finditer(block, first + 1_000, first + MAX_SENTENCE)]
        if places:
            return places[-1]
    return first + MAX_SENTENCE
