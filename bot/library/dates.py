"""Dates as people write them above an article, to ISO."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from babel.dates import get_month_names

_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt")
_YEAR_FIRST = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"^(?:D:)?(\d{4})(\d{2})(\d{2})(?:\d{6}|T\d|Z|$)")
_DAY_FIRST = re.compile(r"\b(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})\b")
_DAY_MONTH = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+)?([^\W\d_]{3,12})\.?,?\s+(?:del?\s+)?(\d{4})\b"
)
_MONTH_DAY = re.compile(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")


def iso_date(text: str) -> str:
    """The first date in a text as YYYY-MM-DD; "" if there is none or it can be read two ways."""
    if found := _YEAR_FIRST.search(text) or _COMPACT.search(text.strip()):
        year, month, day = found.groups()
        return _iso(year, int(month), day)
    if found := _DAY_FIRST.search(text):
        first, separator, second, year = found.groups()
        if separator == "." or int(first) > 12 or first == second:
            return _iso(year, int(second), first)
        if int(second) > 12:
            return _iso(year, int(first), second)
        return ""  # 3/4/2024 is in March or in April
    if found := _DAY_MONTH.search(text):
        day, month, year = found.groups()
        return _iso(year, _month(month), day)
    if found := _MONTH_DAY.search(text):
        month, day, year = found.groups()
        return _iso(year, _month(month), day)
    return ""


def _iso(year: str, month: int, day: str) -> str:
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return ""


def _month(name: str) -> int:
    """The month's number, 0 if this is no month."""
    return _months().get(name.casefold(), 0)


@cache
def _months() -> dict[str, int]:
    months: dict[str, int] = {"sept": 9}
    for language in _LANGUAGES:
        for width in ("abbreviated", "wide"):
            for number, name in get_month_names(width, locale=language).items():
                months.setdefault(name.casefold().rstrip("."), number)
    return months
