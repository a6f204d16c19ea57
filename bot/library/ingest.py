"""Articles from links, files and pasted text, ready for the library."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

import aiohttp
from yarl import URL

from bot.errors import UserError
from bot.library.dates import iso_date
from bot.library.decoding import clean, clean_line
from bot.library.documents import Document, Format, ReadingLimits
from bot.library.extract import (
    format_of_content_type,
    format_of_name,
    read_document,
    read_plain,
    refuse_too_large,
)
from bot.library.fetch import MAX_URL_CHARACTERS, FetchLimits, fetch
from bot.library.models import NewArticle
from bot.library.reader import Job
from bot.library.reading import Readers
from nli import Article, InputError

MIN_LINK_CHARACTERS = 80
MIN_LINK_SENTENCES = 2
MAX_TITLE = 200
MAX_AUTHOR = 200
MAX_DATE = 40
MAX_HEADING = 120
MAX_FIRST_WORDS = 80

_WALL_MAX_CHARACTERS = 1_200
_WALL = re.compile(
    r"accept (?:all )?cookies|(?:use|uses|using) cookies|cookie (?:settings|policy|preferences)"
    r"|privacy (?:policy|choices|settings)|legitimate interest|our partners"
    r"|enable java ?script|java ?script (?:is )?(?:disabled|required)|disable your ad ?blocker"
    r"|verify (?:that )?you are (?:a )?human|checking your browser|unusual traffic"
    r"|subscribe (?:now )?to (?:continue|read)|subscribers only|already a subscriber"
    r"|(?:log|sign) in to (?:continue|read)|create a free account|start your free trial"
    r"|alle (?:cookies )?akzeptieren|verwende[nt] cookies|cookie-einstellungen|datenschutzerklärung"
    r"|javascript aktivieren|jetzt abonnieren|weiterlesen mit|nur für abonnenten",
    re.I,
)
_SENTENCE_STOP = re.compile(r"[.,;:…][\"'’”»“)\]]*$")
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")


@dataclass(frozen=True, slots=True)
class _Origin:
    """What is known of a document besides what it says itself."""

    title: str = ""
    """The title to take if the document gives none: a file's name or a site's."""
    url: str = ""
    link: bool = False


class Ingest:
    """Reads articles from wherever people have them."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        limits: FetchLimits = FetchLimits(),  # noqa: B008 - frozen
        reading: ReadingLimits = ReadingLimits(),  # noqa: B008 - frozen
        readers: Readers | None = None,
    ) -> None:
        self._session = session
        self._limits = limits
        self._reading = reading
        self._readers = readers or Readers()

    async def from_url(self, url: str) -> NewArticle:
        """The article a link leads to.

        Raises:
            UserError: the link may not be followed, or no article is found there.
        """
        fetched = await fetch(self._session, url, self._limits)
        job = Job(
            format_of_content_type(fetched.content_type),
            fetched.charset,
            fetched.url,
            self._reading,
        )
        host = URL(fetched.url).host or ""
        return await self._read(job, fetched.data, _Origin(host, fetched.url, link=True))

    async def from_file(self, name: str, data: bytes) -> NewArticle:
        """The article in a file: .txt, .md, .html or .pdf.

        Raises:
            UserError: it cannot be read, or there is no text in it.
        """
        job = Job(format_of_name(name), "", "", self._reading)
        return await self._read(job, data, _Origin(PurePath(name).stem))

    def from_text(self, text: str, *, title: str = "", date: str = "", url: str = "") -> NewArticle:
        """The article somebody pasted.

        Raises:
            UserError: there is no text, or too much.
        """
        document = read_plain(text, Format.TEXT, self._reading)
        document = replace(
            document,
            title=title or document.title,
            date=date or document.date,
            url=url or document.url,
        )
        return _finish(document, _Origin())

    async def _read(self, job: Job, data: bytes, origin: _Origin) -> NewArticle:
        refuse_too_large(data, job.limits)
        document = await self._readers.read(job, data)
        return await asyncio.to_thread(_finish, document, origin)


def read_article_file(path: Path, limits: ReadingLimits = ReadingLimits()) -> NewArticle:  # noqa: B008 - frozen
    """The article in a file on this machine: .txt, .md, .html or .pdf. Blocking.

    Raises:
        UserError: there is no such file, it cannot be read, or there is no text in it.
    """
    kind = format_of_name(path.name)
    try:
        with path.open("rb") as file:
            data = file.read(limits.max_bytes + 1)
    except OSError as error:
        raise UserError(
            "{name} cannot be opened: {reason}. Check its name and who may read it.",
            name=path.name,
            reason=error.strerror or type(error).__name__,
        ) from error
    return _finish(read_document(data, kind, limits), _Origin(path.stem))


def reads_quickly(name: str) -> bool:
    """Whether a file of that name is plain text, which needs no process of its own."""
    return format_of_name(name) in (Format.TEXT, Format.MARKDOWN)


def read_article_bytes(
    name: str,
    data: bytes,
    limits: ReadingLimits = ReadingLimits(),  # noqa: B008 - frozen
) -> NewArticle:
    """The article in a file that is already in memory. Blocking.

    Raises:
        UserError: it cannot be read, or there is no text in it.
    """
    return _finish(read_document(data, format_of_name(name), limits), _Origin(PurePath(name).stem))


def _finish(document: Document, origin: _Origin) -> NewArticle:
    """Clean what was found, and refuse what is no article."""
    text = clean(document.text)
    if origin.link and (len(text) < MIN_LINK_CHARACTERS or _is_wall(text)):
        raise _no_article(origin)
    title, body = _split_title(clean_line(document.title, MAX_TITLE), text, origin.title)
    try:
        article = Article.from_text(
            body,
            title=title,
            date=iso_date(document.date) or clean_line(document.date, MAX_DATE),
            url=_web_address(origin.url or document.url),
        )
    except InputError:
        raise UserError(
            "There is no text in it. Give an article with at least one whole sentence."
        ) from None
    if origin.link and len(article.sentences) < MIN_LINK_SENTENCES:
        raise _no_article(origin)
    language = document.language.strip()
    return NewArticle(
        article,
        author=clean_line(document.author, MAX_AUTHOR),
        language=language.replace("_", "-") if _LANGUAGE.match(language) else "",
    )


def _split_title(title: str, text: str, fallback: str) -> tuple[str, str]:
    """The title, and the text without it: titles are shown, never judged."""
    first, _, rest = text.partition("\n")
    if title:
        repeated = clean_line(first, MAX_TITLE).casefold() == title.casefold()
        return title, rest.strip() if repeated and rest.strip() else text
    if _is_heading(first, rest):
        return clean_line(first, MAX_TITLE), rest.strip()
    if any(character.isalpha() for character in first):
        return clean_line(first, MAX_FIRST_WORDS), text
    return clean_line(fallback or text, MAX_TITLE), text


def _is_heading(line: str, rest: str) -> bool:
    following = rest.lstrip("\n")
    if not following or len(line) > MAX_HEADING or _SENTENCE_STOP.search(line):
        return False
    if not any(character.isalpha() for character in line):
        return False
    if rest.startswith("\n"):
        return True
    # Without a blank line below it may be the first line of a wrapped paragraph.
    body = following.partition("\n")[0]
    return not body[:1].islower() and len(body) > 1.3 * len(line)


def _is_wall(text: str) -> bool:
    """Whether this is what a site shows instead of the article."""
    if len(text) > _WALL_MAX_CHARACTERS:
        return False
    return len({found.casefold() for found in _WALL.findall(text)}) >= 2


def _no_article(origin: _Origin) -> UserError:
    return UserError(
        "{host} shows next to no text of an article: it may be behind a cookie notice, a login "
        "or a paywall. Open it yourself and paste the text instead.",
        host=origin.title or "?",
    )


def _web_address(address: str) -> str:
    """The address if a reply may link to it, else ""."""
    address = address.strip()
    try:
        url = URL(address)
    except ValueError:
        return ""
    if url.scheme not in ("http", "https") or not url.host or url.user or url.password:
        return ""
    return str(url) if len(str(url)) <= MAX_URL_CHARACTERS else ""
