"""Files and standard input to text, with errors that say what is wrong."""

from __future__ import annotations

import sys
from pathlib import Path

from nli.article import Article
from nli.errors import InputError
from nli.front_matter import read_article

MAX_BYTES = 8_000_000
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_CONTROL_SHARE = 0.1


def read_source(source: str) -> Article:
    """An article from a file, or from standard input for "-".

    Raises:
        InputError: it cannot be read, is not text, or holds no sentence.
    """
    about, text = read_article(read_text(source))
    return Article.from_text(
        text,
        title=about.get("title", ""),
        date=about.get("date", ""),
        url=about.get("url", ""),
    )


def read_text(source: str) -> str:
    """The text of a file, or of standard input for "-"."""
    name = "Standard input" if source == "-" else source
    return _decoded(_bytes(source), name)


def _bytes(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        path = Path(source)
        if path.is_dir():
            raise InputError(f"{source} is a folder. Give a text file.")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise InputError(f"There is no file {source}. Check the name.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not a file's"
        raise InputError(f"{source} cannot be read: {reason}.") from error


def _decoded(data: bytes, name: str) -> str:
    if len(data) > MAX_BYTES:
        raise InputError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB. Give a shorter text.")
    mark = next((mark for mark in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    try:
        text = data.decode(_BYTE_ORDER_MARKS[mark] if mark else "utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    controls = sum(character < " " and character not in "\t\n\r\f\v\x1b" for character in text)
    if "\0" in text or controls > _CONTROL_SHARE * len(text):
        raise InputError(f"{name} is not a text file. Give plain text or Markdown.")
    return text
