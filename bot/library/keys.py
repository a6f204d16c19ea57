"""Numbers that say whose sentence it is.

From the highest bits to the lowest: shelf (19), article (24), position (20). The title has
position 0, the first sentence position 1. The schema packs its keys in the same way.
"""

from __future__ import annotations

from typing import NamedTuple

ARTICLE_SHIFT = 20
SHELF_SHIFT = 44
MAX_SENTENCES = (1 << ARTICLE_SHIFT) - 1
MAX_ARTICLE = (1 << SHELF_SHIFT - ARTICLE_SHIFT) - 1
MAX_INTEGER = (1 << 63) - 1
"""The largest number SQLite holds; ids out of a button or a chat message may be larger."""


class KeyRange(NamedTuple):
    """Keys from `first` to `last`, both included."""

    first: int
    last: int


def sentence_key(shelf_id: int, article_id: int, index: int) -> int:
    return shelf_id << SHELF_SHIFT | article_id << ARTICLE_SHIFT | index + 1


def sentence_index(key: int) -> int:
    return (key & MAX_SENTENCES) - 1


def article_id(key: int) -> int:
    return key >> ARTICLE_SHIFT & MAX_ARTICLE


def shelf_keys(shelf_id: int) -> KeyRange:
    return KeyRange(shelf_id << SHELF_SHIFT, (shelf_id + 1 << SHELF_SHIFT) - 1)


def article_keys(shelf_id: int, article_id: int) -> KeyRange:
    first = shelf_id << SHELF_SHIFT | article_id << ARTICLE_SHIFT
    return KeyRange(first, first | MAX_SENTENCES)
