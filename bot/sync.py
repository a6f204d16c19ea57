"""Commands are sent to Discord only when they have changed: it allows few such requests."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import discord

if TYPE_CHECKING:
    from pathlib import Path

    from discord import app_commands

PATIENCE = 60.0
"""Seconds the start waits for Discord to take the commands; a rate limit may last far longer."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SyncRecord:
    """Remembers, in a file beside the database, what Discord was told last."""

    path: Path

    @classmethod
    def beside(cls, database: Path) -> SyncRecord:
        database = database.expanduser()
        return cls(database.with_name(database.name + ".commands"))

    def read(self) -> str:
        try:
            return self.path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def write(self, digest: str) -> None:
        try:
            self.path.write_text(digest + "\n", encoding="ascii")
        except OSError:
            log.warning("Cannot note that the commands were synced", exc_info=True)


async def sync_if_changed(tree: app_commands.CommandTree[Any], record: SyncRecord) -> bool:
    """Send the commands if they differ from what was sent last; whether they were sent.

    A failure is logged and no more: the commands of the last start still work, and the next
    start tries again.
    """
    digest = await fingerprint(tree)
    if record.read() == digest:
        return False
    sending = asyncio.create_task(_send(tree, record, digest), name="sync")
    done, _ = await asyncio.wait((sending,), timeout=PATIENCE)
    if not done:
        # Left to itself: cancelled while it sits out a global rate limit, it would leave the
        # library believing in that limit for good.
        log.warning("Commands are not synced yet; starting with those of last time")
        return False
    return sending.result()


async def _send(tree: app_commands.CommandTree[Any], record: SyncRecord, digest: str) -> bool:
    try:
        await tree.sync()
    except (discord.HTTPException, discord.app_commands.AppCommandError):
        log.exception("Commands could not be synced; the next start tries again")
        return False
    record.write(digest)
    log.info("Commands synced")
    return True


async def fingerprint(tree: app_commands.CommandTree[Any]) -> str:
    """A digest of what Discord would be told, and for which application."""
    translator = tree.translator
    payload = [
        await command.get_translated_payload(tree, translator)
        if translator
        else command.to_dict(tree)
        for command in tree.get_commands()
    ]
    payload.sort(key=lambda command: (command["type"], command["name"]))
    content = json.dumps([str(tree.client.application_id), payload], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()
