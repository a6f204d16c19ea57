"""Bytes of unknown encoding to clean text."""

from __future__ import annotations

import codecs
import re
import unicodedata

from bot.errors import UserError

# The longer mark first: UTF-32 in little-endian order starts as UTF-16 does.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(rb"""<meta\s[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_META_WINDOW = 4096
# Text in these looks like valid UTF-8, so what is declared must be tried first.
_SEVEN_BIT_OR_WIDE = ("utf-16", "utf-32", "iso2022", "iso-2022", "hz")
# What is called Latin-1 on the web is Windows-1252.
_LATIN = frozenset({"ascii", "iso8859-1"})
_SAMPLE_BYTES = 200_000
_MAX_STRANGE_SHARE = 0.02

_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060-\u206f\u202a-\u202e\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")


def decode(data: bytes, declared: str = "") -> str:
    """Find the encoding and decode; `declared` is what a header says, if anything.

    Raises:
        UserError: this is not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    declared = _known(declared)
    if declared.startswith(_SEVEN_BIT_OR_WIDE):
        text = _try(data, declared)
        if text is not None:
            return text
    if b"\x00" in data:
        return _wide(data)
    text = _try(data, "utf-8") or _mostly_utf8(data)
    if text is not None:
        return text
    if declared:
        text = _try(data, declared)
        if text is not None:
            return text
    return _guess(data)


def decode_html(data: bytes, declared: str = "") -> str:
    """As `decode`; without a declaration in the header the page's own counts."""
    if not declared:
        found = _META_CHARSET.search(data[:_META_WINDOW])
        declared = found.group(1).decode("ascii", errors="ignore") if found else ""
        if declared.casefold().startswith(("utf-16", "utf-32")):
            declared = ""  # it could not have been read, were it so
    return decode(data, declared)


def clean(text: str) -> str:
    """Text fit to be stored, split and shown: visible characters, single spaces, `\\n` lines."""
    text = _SURROGATES.sub("\ufffd", text)
    text = _LINE_ENDS.sub("\n", text)
    text = _INVISIBLE.sub("", text)
    text = unicodedata.normalize("NFC", text)
    lines = "\n".join(_clean_spaces(line) for line in text.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip()


def _clean_spaces(line: str) -> str:
    """Single spaces; an indent stays visible as two, since it can begin a paragraph."""
    words = _SPACES.sub(" ", line).strip()
    return f"  {words}" if words and line.startswith(("  ", "\t")) else words


def clean_line(text: str, limit: int) -> str:
    """`clean`, on one line and not longer than `limit`; cut at a word."""
    line = " ".join(clean(text).split())
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    at_word, space, _ = cut.rpartition(" ")
    return (at_word if space and len(at_word) > limit // 2 else cut).rstrip(" ,;:-–—") + "…"


def _known(declared: str) -> str:
    """Python's name for an encoding, "" for what it does not know or is no text encoding."""
    try:
        info = codecs.lookup(declared.strip().strip("\"'"))
    except (LookupError, ValueError):
        return ""
    # "rot13" and the like are codecs too, but none that turns bytes into text.
    if not getattr(info, "_is_text_encoding", True) or info.name in ("utf-7", "idna", "punycode"):
        return ""
    return "cp1252" if info.name in _LATIN else info.name


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _mostly_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken places, as left by careless cutting and joining."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for character in text if character > "\x7f") - broken
    return text if whole >= 4 * broken else None


def _wide(data: bytes) -> str:
    """Data with NUL bytes: UTF-16 without a mark, or no text at all."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = data.decode(encoding, errors="replace")
    if 10 * min(even, odd) > max(even, odd) or _is_strange(text) or _is_unassigned(text):
        # Stray NULs in otherwise good text are dropped by clean().
        narrow = _try(data, "utf-8")
        if narrow is None or _is_strange(narrow):
            raise _not_text()
        return narrow
    return text


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes  # slow to import, seldom needed

    sample = data[:_SAMPLE_BYTES]
    if len(sample) < len(data):
        sample = sample[: max(sample.rfind(b"\n"), sample.rfind(b" ")) + 1] or sample
    best = from_bytes(sample).best()
    text = data.decode(best.encoding if best else "cp1252", errors="replace")
    if _is_strange(text):
        raise _not_text()
    return text


def _is_strange(text: str) -> bool:
    """Whether there are more control and replacement characters than text would have."""
    strange = text.count("\ufffd") + sum(
        1 for character in text if character < " " and character not in "\t\n\r\f\v"
    )
    return strange > _MAX_STRANGE_SHARE * len(text)


def _is_unassigned(text: str) -> bool:
    """Whether many characters have no meaning: what wide encodings make of other data."""
    sample = text[:5_000]
    unassigned = sum(1 for character in sample if unicodedata.category(character) in ("Cn", "Co"))
    return unassigned > _MAX_STRANGE_SHARE * len(sample)


def _not_text() -> UserError:
    return UserError(
        "The file does not hold text that can be read. "
        "Save it as plain text (UTF-8) or PDF, or paste the text instead."
    )
