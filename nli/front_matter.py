"""The optional block at the top of an article file: title, date, author, link."""

from __future__ import annotations

import re

MAX_LINES = 40

_FENCE = re.compile(r"---[ \t]*")
_ENTRY = re.compile(r"([A-Za-z][A-Za-z_-]{0,39})[ \t]*:(?:[ \t]+(.*)|[ \t]*)")


def read_article(text: str) -> tuple[dict[str, str], str]:
    """Take the front matter off a text.

    Front matter is what stands between a first line of `---` and the next such line, if every
    line of it is `key: value`, blank or a `#` comment, and at least one is an entry. Anything
    else is text and stays. Keys come back in lower case, values without quotation marks around
    them; of a key given twice the first counts.
    """
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    if not lines or not _FENCE.fullmatch(lines[0].rstrip("\r\n")):
        return {}, text
    entries: dict[str, str] = {}
    for number, raw in enumerate(lines[1 : MAX_LINES + 2], start=1):
        line = raw.strip()
        if _FENCE.fullmatch(line):
            if not entries:
                return {}, text
            return entries, "".join(lines[number + 1 :]).lstrip("\r\n")
        if not line or line.startswith("#"):
            continue
        entry = _ENTRY.fullmatch(line)
        if entry is None:
            return {}, text
        entries.setdefault(entry[1].lower(), _unquoted((entry[2] or "").strip()))
    return {}, text


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value
