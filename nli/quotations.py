"""Where quotations begin and end in a stretch of text."""

from __future__ import annotations

_DOUBLE = frozenset('"“”„«»')
_SINGLE = frozenset("'‘’")
_QUOTED_BY = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "'": "'", "‘": "’"}


def quotations(text: str) -> list[tuple[int, int]]:
    """Spans from opening to closing mark, both included, outermost only, in order.

    A mark without its partner opens nothing: in print, a quotation that runs over paragraphs
    is opened anew in each and closed in the last.
    """
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for index, mark in enumerate(text):
        if mark not in _DOUBLE and mark not in _SINGLE:
            continue
        if opened is not None and mark in _QUOTED_BY[text[opened]] and _can_close(text, index):
            spans.append((opened, index + 1))
            opened = None
        elif mark in _QUOTED_BY and _can_open(text, index) and (opened is None or mark in _DOUBLE):
            # Single marks within double ones are part of the quotation.
            opened = index
    return spans


def without_marks(text: str) -> str:
    """The text with quotation marks blanked, each by one space; apostrophes stay."""
    return "".join(
        " " if mark in _DOUBLE or (mark in _SINGLE and _is_quotation_mark(text, index)) else mark
        for index, mark in enumerate(text)
    )


def _is_quotation_mark(text: str, index: int) -> bool:
    return _can_open(text, index) or _can_close(text, index)


def _can_open(text: str, index: int) -> bool:
    before = text[index - 1] if index else " "
    after = text[index + 1] if index + 1 < len(text) else " "
    if after.isspace():
        return False
    if text[index] in _SINGLE:
        return text[index] != "’" and (before.isspace() or before in "([—–") and after.isalpha()
    return not (before.isalnum() and text[index] == '"')


def _can_close(text: str, index: int) -> bool:
    before = text[index - 1] if index else " "
    after = text[index + 1] if index + 1 < len(text) else " "
    if before.isspace():
        return False
    if text[index] in _SINGLE:
        # Elsewhere it may as well be an apostrophe: the workers' union.
        return text[index] != "‘" and before in ",.!?…" and not after.isalnum()
    return not (after.isalnum() and text[index] == '"')
