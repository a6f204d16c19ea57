"""From the bytes of a file to the text of an article."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from bot.errors import UserError
from bot.library.decoding import decode, decode_html
from bot.library.documents import Document, Format, ReadingLimits
from bot.library.markdown import read_markdown
from bot.library.webpage import read_html
from nli.front_matter import read_article

_BY_SUFFIX = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".pdf": Format.PDF,
}
_BY_CONTENT_TYPE = {
    "text/plain": Format.TEXT,
    "text/markdown": Format.MARKDOWN,
    "text/x-markdown": Format.MARKDOWN,
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "application/pdf": Format.PDF,
    "application/x-pdf": Format.PDF,
}
_PDF_MARK = b"%PDF-"
_HTML_START = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.I
)
SUFFIXES = frozenset(_BY_SUFFIX)
"""Names of files that can be read end in one of these."""


def format_of_name(name: str) -> Format:
    """Raises UserError for a kind of file that cannot be read."""
    try:
        return _BY_SUFFIX[PurePath(name).suffix.casefold()]
    except KeyError:
        raise UserError(
            "Files of this kind cannot be read. Give a .txt, .md, .html or .pdf file, "
            "or paste the text."
        ) from None


def format_of_content_type(content_type: str) -> Format:
    """The format of a document from the web; `fetch` has refused unknown ones."""
    return _BY_CONTENT_TYPE.get(content_type, Format.HTML)


def read_document(
    data: bytes, kind: Format, limits: ReadingLimits, *, charset: str = "", url: str = ""
) -> Document:
    """Take the text out of a file. Slow for large ones: not for the event loop.

    Raises:
        UserError: it cannot be read; says why and what to do.
    """
    refuse_too_large(data, limits)
    document = _read(data, kind, limits, charset, url)
    refuse_too_long(document.text, limits)
    return document


def _read(data: bytes, kind: Format, limits: ReadingLimits, charset: str, url: str) -> Document:
    if kind is Format.PDF or data.startswith(_PDF_MARK):
        from bot.library.pdf import read_pdf  # pypdf is slow to import

        return read_pdf(data, limits)
    if kind is Format.HTML or _HTML_START.match(data):
        return read_html(decode_html(data, charset), limits, url)
    return read_plain(decode(data, charset), kind, limits)


def read_plain(text: str, kind: Format, limits: ReadingLimits) -> Document:
    """Text or Markdown that may begin with a block of `title:`, `date:`, `author:`, `url:`."""
    refuse_too_long(text, limits)
    fields, body = read_article(text)
    document = read_markdown(body) if kind is Format.MARKDOWN else Document(body)
    return replace(
        document,
        title=fields.get("title", "") or document.title,
        date=fields.get("date", ""),
        author=fields.get("author", ""),
        url=fields.get("url", ""),
        language=fields.get("language", "") or fields.get("lang", ""),
    )


def refuse_too_large(data: bytes, limits: ReadingLimits) -> None:
    """Raises UserError if the file is not even worth opening."""
    if len(data) > limits.max_bytes:
        raise UserError(
            "The file is larger than {limit} MB. Paste the part that matters instead.",
            limit=round(limits.max_bytes / 1_048_576, 1),
        )


def refuse_too_long(text: str, limits: ReadingLimits) -> None:
    """Raises UserError if there is more text than one article may have."""
    if len(text) > limits.max_characters:
        raise UserError(
            "The text has {count} characters; {limit} is the most. Give the part that matters.",
            count=len(text),
            limit=limits.max_characters,
        )
