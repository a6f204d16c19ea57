"""HTML to the article in it, without what stands around it."""

from __future__ import annotations

import logging

from bot.errors import UserError
from bot.library.documents import Document, ReadingLimits

_log = logging.getLogger(__name__)
_DATES = {
    "original_date": True,
    # The wider search takes any date on the page; no date is better than a wrong one.
    "extensive_search": False,
}


def read_html(markup: str, limits: ReadingLimits, url: str = "") -> Document:
    """Find the article on a page; its text is empty if there seems to be none.

    Raises:
        UserError: the page is too large or too broken to look through.
    """
    from trafilatura import bare_extraction, load_html  # slow to import

    try:
        tree = load_html(markup)
        if tree is None:
            return Document("")
        if sum(1 for _ in tree.iter()) > limits.max_elements:
            raise _too_complicated()
        language = tree.get("lang") or ""
        found = bare_extraction(
            tree,
            url=url or None,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=_DATES,
        )
    except UserError:
        raise
    # The parsers below were not made for hostile pages; whatever they raise, the page is to blame.
    except Exception as error:
        _log.info("unreadable page: %s", type(error).__name__)
        raise _too_complicated() from error
    if found is None or isinstance(found, dict):
        return Document("")
    return Document(
        found.text or "",
        title=found.title or "",
        date=found.date or "",
        author=found.author or "",
        url=url or found.url or "",
        language=language,
    )


def _too_complicated() -> UserError:
    return UserError(
        "The page is too complicated to find the article in it. "
        "Paste the text of the article instead."
    )
