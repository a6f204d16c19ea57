"""What the library holds, as replies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.reply import Action, ActionKind, Block, BlockKind, Reply
from bot.replies.words import article_blocks, article_details, article_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Texts
    from bot.library.models import Hit, Source
    from nli import Article, Sentence

LIST_PAGE = 10
"""Articles on one page of the list."""

PAGE_SENTENCES = 12
PAGE_CHARACTERS = 2_400
"""A page of an article is full at either; it leaves room for escapes under Discord's limit."""

ALL_ARTICLES = 0
"""Stands for the list of articles where a button names the article to page in."""


def added_reply(source: Source, is_new: bool, texts: Texts) -> Reply:
    """An article was added, or had been there already."""
    heading = texts("Added") if is_new else texts("Already here")
    count = texts.plural("{count} sentence", "{count} sentences", source.sentence_count)
    note = (
        texts("Claims are checked against it from now on.")
        if is_new
        else texts("This article was added before, so nothing has changed.")
    )
    blocks = (
        Block(BlockKind.HEADING, heading),
        *article_blocks(source, texts),
        Block(BlockKind.TEXT, f"{count}. {note}"),
    )
    return Reply(blocks, (_show(source, texts),))


def removed_reply(source: Source, texts: Texts) -> Reply:
    return Reply((Block(BlockKind.HEADING, texts("Removed")), *article_blocks(source, texts)))


def source_list_reply(sources: Sequence[Source], total: int, page: int, texts: Texts) -> Reply:
    """One page of the articles that can be used here; pages count from 1."""
    if not total:
        return Reply(
            (
                Block(BlockKind.HEADING, texts("No articles yet")),
                Block(
                    BlockKind.TEXT,
                    texts("Add one with /source add: paste its text, give its link or a file."),
                ),
            )
        )
    heading = texts.plural("{count} article", "{count} articles", total)
    blocks = [Block(BlockKind.HEADING, heading)]
    for source in sources:
        title = article_title(source, texts)
        blocks += [
            Block(BlockKind.TEXT, title, f"#{source.id}", source.url),
            Block(BlockKind.NOTE, _list_details(source, texts)),
        ]
    pages = -(-total // LIST_PAGE)
    if pages > 1:
        blocks.append(Block(BlockKind.NOTE, _page_note(page, pages, texts)))
    return Reply(
        tuple(blocks),
        _paging(ALL_ARTICLES, page, pages, texts),
        cut_note=texts("Cut here. Find an article by its words: /source search"),
        typed_hint=texts("You can type: /source show {number}", number=sources[0].id)
        if sources
        else "",
    )


def source_page_reply(source: Source, article: Article, page: int, texts: Texts) -> Reply:
    """One page of an article, its sentences numbered as verdicts number them."""
    pages = article_pages(article)
    page = min(max(page, 1), len(pages))
    blocks = [
        Block(BlockKind.HEADING, source.title.strip() or texts("Untitled article")),
        *article_blocks(source, texts),
    ]
    blocks += [
        Block(BlockKind.QUOTE, sentence.text, texts.number(sentence.index + 1))
        for sentence in pages[page - 1]
    ]
    if len(pages) > 1:
        blocks.append(Block(BlockKind.NOTE, _page_note(page, len(pages), texts)))
    next_page = f"/source show {source.id} {page + 1}"
    return Reply(
        tuple(blocks),
        _paging(source.id, page, len(pages), texts),
        cut_note=texts("Cut here. The whole article is at its source."),
        typed_hint=texts("Next page: {command}", command=next_page) if page < len(pages) else "",
    )


def hits_reply(words: str, hits: Sequence[Hit], texts: Texts) -> Reply:
    """Sentences found by words."""
    if not hits:
        return Reply(
            (
                Block(BlockKind.HEADING, texts("Nothing found")),
                Block(BlockKind.TEXT, words, texts("Looked for")),
                Block(
                    BlockKind.TEXT,
                    texts("No article here has these words. Try fewer, or others."),
                ),
            )
        )
    heading = texts.plural("{count} sentence found", "{count} sentences found", len(hits))
    blocks = [
        Block(BlockKind.HEADING, heading),
        Block(BlockKind.TEXT, words, texts("Looked for")),
    ]
    last = ALL_ARTICLES
    for hit in hits:
        if hit.source.id != last:
            blocks += article_blocks(hit.source, texts)
        blocks.append(Block(BlockKind.QUOTE, hit.sentence, texts.number(hit.index + 1)))
        last = hit.source.id
    return Reply(
        tuple(blocks),
        cut_note=texts("Cut here. Search for more exact words to see fewer sentences."),
    )


def using_reply(source: Source | None, texts: Texts) -> Reply:
    """Which article this channel's claims are checked against."""
    if source is None:
        return Reply(
            (
                Block(BlockKind.HEADING, texts("All articles")),
                Block(
                    BlockKind.TEXT,
                    texts("Claims here are checked against whichever article fits best."),
                ),
            )
        )
    return Reply(
        (
            Block(BlockKind.HEADING, texts("Chosen article")),
            *article_blocks(source, texts),
            Block(
                BlockKind.TEXT,
                texts("Claims here are checked against this article unless you name another."),
            ),
        ),
        (_show(source, texts),),
    )


def article_pages(article: Article) -> list[tuple[Sentence, ...]]:
    """Cut an article into pages that fit one message."""
    pages: list[tuple[Sentence, ...]] = []
    page: list[Sentence] = []
    length = 0
    for sentence in article.sentences:
        if page and (len(page) == PAGE_SENTENCES or length + len(sentence.text) > PAGE_CHARACTERS):
            pages.append(tuple(page))
            page, length = [], 0
        page.append(sentence)
        length += len(sentence.text)
    pages.append(tuple(page))
    return pages


def _list_details(source: Source, texts: Texts) -> str:
    count = texts.plural("{count} sentence", "{count} sentences", source.sentence_count)
    details = article_details(source, texts)
    return f"{details} · {count}" if details else count


def _page_note(page: int, pages: int, texts: Texts) -> str:
    return texts("Page {page} of {pages}", page=texts.number(page), pages=texts.number(pages))


def _paging(source_id: int, page: int, pages: int, texts: Texts) -> tuple[Action, ...]:
    actions: list[Action] = []
    if page > 1:
        actions.append(Action(ActionKind.PAGE, texts("Back"), f"{source_id}:{page - 1}"))
    if page < pages:
        actions.append(Action(ActionKind.PAGE, texts("Next"), f"{source_id}:{page + 1}"))
    return tuple(actions)


def _show(source: Source, texts: Texts) -> Action:
    return Action(ActionKind.SHOW_SOURCE, texts("Show article"), str(source.id))
