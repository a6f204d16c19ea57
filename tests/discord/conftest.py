"""The whole bot around a checker without weights, in a Discord that is only simulated."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord
import pytest
import simcord
from discord.app_commands import CommandInvokeError, CommandNotFound

import bot.compose
from bot.client import AttestClient
from bot.compose import App, compose
from bot.library.models import Scope, guild_scope
from bot.metrics import Metrics
from bot.settings import Settings
from nli import AttestError
from tests.discord.reading import said
from tests.fakes import PlainChecker

if TYPE_CHECKING:
    from simcord.actors import MemberActor
    from simcord.builders import ChannelHandle, GuildHandle
    from simcord.results import InteractionResult

ARTICLE = """The council of Oakham bought twelve electric buses on Monday.
Mayor Ilse Brandt denied that taxes will rise.
The buses will run from September."""

INCIDENT = re.compile(r"\b[0-9a-f]{8}\b")

RIVAL = """Rivals of the council spoke at length.
The council of Oakham did not buy twelve electric buses on Monday.
Nobody else was there."""


def settings(folder: Path, **values: Any) -> Settings:
    """Settings for a test, whatever the environment says."""
    return Settings.model_validate({"database": folder / "attest.sqlite3", **values})


@dataclass
class World:
    """A running bot, a server with a channel, and two of its members."""

    env: simcord.Env
    app: App
    client: AttestClient
    guild: GuildHandle
    channel: ChannelHandle
    manager: MemberActor
    member: MemberActor

    @property
    def checker(self) -> PlainChecker:
        assert isinstance(self.app.checker, PlainChecker)
        return self.app.checker

    @property
    def bot_mention(self) -> str:
        assert self.client.user is not None
        return self.client.user.mention

    async def add_article(self, text: str = ARTICLE, title: str = "Buses for Oakham") -> int:
        """Add an article to the server as its manager would; returns its number."""
        shown = await self.manager.slash(self.channel, "source add text")
        await self.manager.submit_modal(shown, {"title": title, "date": "2026-05-04", "text": text})
        newest = await self.app.store.sources((self.scope,), limit=1)
        return newest[0].id

    @property
    def scope(self) -> Scope:
        return guild_scope(self.guild.id)

    async def check(self, statement: str, **options: Any) -> InteractionResult:
        """/check as a member without rights would."""
        return await self.member.slash(self.channel, "check", statement=statement, **options)

    def refusals(self) -> list[Exception]:
        """Commands refused so far; nothing else may have gone wrong."""
        errors = [_original(error) for error in self.env.errors]
        assert all(isinstance(error, AttestError | CommandNotFound) for error in errors), errors
        return errors

    def refused(self, result: InteractionResult) -> str:
        """What a refusal says; it gives an incident id."""
        assert self.refusals()
        text = said(result)
        assert INCIDENT.search(text), text
        return text


def _original(error: BaseException) -> Exception:
    if isinstance(error, CommandInvokeError):
        return error.original
    assert isinstance(error, Exception)
    return error


@pytest.fixture(autouse=True)
def _no_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shipped may change; what is tested here must not depend on it."""
    monkeypatch.setattr(bot.compose, "SEEDS", "tests.discord")


@pytest.fixture
async def app(tmp_path: Path) -> AsyncIterator[App]:
    """Composed as in earnest, except for the model."""
    async with compose(settings(tmp_path), lambda _: PlainChecker()) as app:
        yield app


@pytest.fixture
async def env(app: App, request: pytest.FixtureRequest) -> AsyncIterator[simcord.Env]:
    """The client, logged in; an error that no test has looked at fails it.

    The marker `simcord` takes options of the environment, as in that library.
    """
    marker = request.node.get_closest_marker("simcord")
    options: dict[str, Any] = marker.kwargs if marker else {}
    env = simcord.Env(AttestClient(app, Metrics()), shard_count=1, **options)
    await env.start()
    yield env
    unseen = env.errors_since(env._errors_acknowledged)
    await env.shutdown()
    assert not unseen


@pytest.fixture
async def world(app: App, env: simcord.Env) -> World:
    guild = env.create_guild("Oakham Watch")
    managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    assert isinstance(env.bot, AttestClient)
    return World(
        env=env,
        app=app,
        client=env.bot,
        guild=guild,
        channel=guild.create_text_channel("general"),
        manager=guild.add_member(env.create_user("maria"), roles=[managers]),
        member=guild.add_member(env.create_user("tom")),
    )
