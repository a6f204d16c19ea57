"""Pages of articles and of lists of articles, for the commands and for the buttons under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.replies.library import LIST_PAGE, source_list_reply, source_page_reply

if TYPE_CHECKING:
    from bot.desk import Desk
    from bot.i18n import Texts
    from bot.library.models import Place
    from bot.replies import Reply


class Reading:
    """Turns pages; a number beyond the last page gives the last."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def list_page(self, place: Place, page: int, texts: Texts) -> Reply:
        store = self._desk.app.store
        total = await store.count(place.visible)
        page = min(max(1, page), max(1, -(-total // LIST_PAGE)))
        sources = await store.sources(place.visible, limit=LIST_PAGE, offset=(page - 1) * LIST_PAGE)
        return source_list_reply(sources, total, page, texts)

    async def article_page(self, place: Place, source_id: int, page: int, texts: Texts) -> Reply:
        """A page of an article that may be seen here.

        Raises:
            UserError: there is no such article here.
        """
        store = self._desk.app.store
        source = await store.source(source_id, place.visible)
        article = await store.article(source_id) if source else None
        if source is None or article is None:
            raise UserError(
                "There is no article #{number} here. /source list shows those there are.",
                number=source_id,
            )
        return source_page_reply(source, article, page, texts)
