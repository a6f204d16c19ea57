"""Articles kept at hand between checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.recent import Recent

if TYPE_CHECKING:
    from bot.library.store import Store
    from nli import Article

MAX_ARTICLES = 256
MAX_SENTENCES = 50_000


class ArticleCache:
    """Reads articles from the store once.

    A stored article never changes and its number is never given again, so nothing here can
    become wrong. That it is still there, and for whom, is for the caller to ask the store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._articles = _empty()

    async def get(self, source_id: int) -> Article | None:
        """The article, or None if it has been removed before it was ever read."""
        articles = self._articles
        article = articles.get(source_id)
        if article is None:
            article = await self._store.article(source_id)
            if article is not None:
                articles.put(source_id, article)
        return article

    def clear(self) -> None:
        """Let all go, also what is just being read."""
        self._articles = _empty()


def _empty() -> Recent[int, Article]:
    return Recent(
        MAX_ARTICLES, max_weight=MAX_SENTENCES, weigh=lambda article: len(article.sentences)
    )
