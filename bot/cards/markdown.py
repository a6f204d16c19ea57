"""Escaping for Discord: other people's words stay words."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from bot.cards.plain import one_line

_SPECIAL = re.compile(r"[\\`*_~|\[\]<>]")
_LINE_START = re.compile(r"^[#+-]")
_LIST_START = re.compile(r"^(\d+)(?=[.)])")
_LINK = re.compile(r":(?=//)")
_MENTION = re.compile(r"@(?=everyone|here|[!&]?\d)", re.IGNORECASE)
_SAFE_IN_URL = "/?#@!$&+,;=:%~[]-._"
_LONGEST_URL = 512


def escape(text: str) -> str:
    """One line that Discord shows letter by letter: no markup, link, mention or list."""
    text = _SPECIAL.sub(r"\\\g<0>", one_line(text))
    text = _LINK.sub(r"\\:", text)
    text = _MENTION.sub("@\u200b", text)
    text = _LINE_START.sub(r"\\\g<0>", text)
    # A digit cannot be escaped, so a list number gets its backslash before the point.
    return _LIST_START.sub(r"\1\\", text)


def link(text: str, url: str) -> str:
    """A masked link around escaped text; only the escaped text if the address is no web link."""
    escaped = escape(text)
    target = safe_url(url)
    return f"[{escaped}](<{target}>)" if target and escaped else escaped


def safe_url(url: str) -> str:
    """The address in a form that cannot break out of a link, or "" if it is no web address."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    target = quote(url.strip(), safe=_SAFE_IN_URL, errors="replace")
    return target if len(target) <= _LONGEST_URL else ""
