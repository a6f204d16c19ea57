"""PDF to text."""

from __future__ import annotations

import io
import logging
import re
import time

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

from bot.errors import UserError
from bot.library.documents import Document, ReadingLimits
from bot.library.pages import join_pages

_log = logging.getLogger(__name__)

# What programs put into the title field by themselves.
_NO_TITLE = re.compile(
    r"^(?:microsoft (?:word|powerpoint)|untitled|unbenannt|document\d*|dokument\d*|print|none)\b"
    r"|\.(?:docx?|pdf|indd|odt|rtf|txt|html?|pptx?|qxp)$"
    r"|^\W*$",
    re.I,
)


class _OutOfTimeError(Exception):
    pass


def read_pdf(data: bytes, limits: ReadingLimits) -> Document:
    """The text layer of a PDF.

    Its dates are those of the file, not of the article, so none is taken over.

    Raises:
        UserError: protected, damaged, only pictures, or too much of it.
    """
    try:
        return _read(data, limits, time.monotonic() + limits.seconds)
    except UserError:
        raise
    except (DependencyError, FileNotDecryptedError):
        raise _protected() from None
    except (_OutOfTimeError, LimitReachedError, MemoryError):
        raise UserError(
            "The PDF is too complicated to read. Paste the text of the article instead."
        ) from None
    # A damaged file makes pypdf raise nearly anything; whatever it is, the file is to blame.
    except Exception as error:
        _log.info("unreadable PDF: %s", type(error).__name__)
        raise UserError(
            "The PDF is damaged and cannot be read. "
            "Save it anew, or paste the text of the article instead."
        ) from error


def _read(data: bytes, limits: ReadingLimits, deadline: float) -> Document:
    reader = PdfReader(io.BytesIO(data), strict=False)
    # Many files are encrypted with an empty password, only to forbid printing.
    if reader.is_encrypted and not reader.decrypt(""):
        raise _protected()
    count = reader.get_num_pages()
    if count > limits.max_pages:
        raise UserError(
            "The PDF has {count} pages; {limit} is the most. "
            "Give the pages that matter, or paste their text.",
            count=count,
            limit=limits.max_pages,
        )

    def keep_time(*_: object) -> None:
        if time.monotonic() > deadline:
            raise _OutOfTimeError

    pages: list[str] = []
    length = 0
    for page in reader.pages:
        keep_time()
        pages.append(page.extract_text(visitor_operand_before=keep_time))
        length += len(pages[-1])
        if length > 2 * limits.max_characters:
            break  # refused later on; no use in reading on
    text = join_pages(pages)
    if not any(character.isalpha() for character in text):
        raise UserError(
            "The PDF has no text that can be read; it is probably a scan. "
            "Use a version with text, or paste the text of the article."
        )
    metadata = reader.metadata
    return Document(
        text,
        title=_title(metadata.title if metadata else None),
        author=str((metadata.author if metadata else None) or ""),
    )


def _title(stored: str | None) -> str:
    title = str(stored or "").strip()
    return "" if _NO_TITLE.search(title) else title


def _protected() -> UserError:
    return UserError(
        "The PDF is protected by a password. "
        "Give it without protection, or paste the text of the article."
    )
