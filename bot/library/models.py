"""What the library holds, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from datetime import datetime

    from nli import Article, Judgement

Scope = NewType("Scope", str)
"""Whose articles: "builtin", "guild:<id>" or "user:<id>"."""

BUILTIN = Scope("builtin")


def guild_scope(guild_id: int) -> Scope:
    return Scope(f"guild:{guild_id}")


def user_scope(user_id: int) -> Scope:
    return Scope(f"user:{user_id}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody asks: decides which articles are seen and which settings hold."""

    scope: Scope
    """The server's or, in direct messages and the terminal, the person's own."""
    channel_id: int
    user_id: int

    @property
    def visible(self) -> tuple[Scope, ...]:
        """Scopes whose articles may be used here."""
        return (BUILTIN, self.scope)

    @property
    def is_guild(self) -> bool:
        return self.scope.startswith("guild:")


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article on its way into the library."""

    article: Article
    author: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A stored article without its sentences."""

    id: int
    scope: Scope
    title: str
    date: str
    url: str
    author: str
    added_by: int
    """User id; 0 for built-in articles."""
    added_at: datetime
    sentence_count: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence found by words."""

    source: Source
    index: int
    sentence: str


@dataclass(frozen=True, slots=True)
class StoredCheck:
    """A past check, as the buttons and follow-up questions need it."""

    id: int
    created_at: datetime
    place: Place
    claim: str
    source: Source | None
    """None if the article has been removed since."""
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a server, or a person in direct messages, has set."""

    language: str = ""
    """BCP 47 tag; empty: the reader's own, as Discord reports it, else English."""
    private: bool = False
    """Whether slash-command answers are shown to the asker alone unless asked otherwise."""
    contributors: str = "managers"
    """Who may add and remove articles: "managers" (Manage Server), "everyone" or "nobody"."""
    retention_days: int = 30
    """How long checks are kept; 0 keeps nothing but what the buttons need for a day."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted for somebody who asked to be forgotten."""

    checks: int
    feedback: int
    articles: int


@dataclass(frozen=True, slots=True)
class LibraryStats:
    """How much is stored, over all scopes."""

    articles: int
    sentences: int
    checks: int
    bytes: int
