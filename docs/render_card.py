"""Render a reply of the bot to a picture: `python docs/render_card.py docs/reply.png`.

The real client answers a mention in a simulated Discord; simcord's preview page shows the
message as Discord would, and a headless Chromium takes the picture. Needs, besides what the
tests need, `pip install "simcord[preview]==3.2.1"` and a `chromium` on the path.

With --judgement FILE the model is not loaded: the file holds the judgement as JSON, such as
{"verdict": "supported", "confidence": 0.97, "reason": "stated", "sentences": [4]}.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import shutil
import tempfile
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import simcord
from PIL import Image

from bot.client import AttestClient
from bot.compose import compose
from bot.library.ingest import read_article_file
from bot.library.models import BUILTIN
from bot.metrics import Metrics
from bot.replies.pages import EXAMPLES
from bot.settings import Settings
from nli import Checker, Evidence, Judgement, Reason, Stance, Verdict

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from nli import Article, Request

WIDTH, HEIGHT = 700, 1600
SCALE = 2
PATIENCE = 100
"""Times to look, a fifth of a second apart."""

MESSAGES = """(() => {
    const all = [...document.querySelectorAll(".channel-message")];
    if (!window.simcordPreview?.ready || !all.length) return null;
    const boxes = all.map((each) => each.getBoundingClientRect());
    const top = Math.min(...boxes.map((box) => box.top)) - 8;
    const bottom = Math.max(...boxes.map((box) => box.bottom)) + 12;
    return {x: boxes[0].left + 6, y: top, width: boxes[0].width - 6, height: bottom - top};
})()"""
"""Where the messages are on the page; null until it has drawn them."""

STANCES = {
    Verdict.SUPPORTED: Stance.SUPPORTS,
    Verdict.CONTRADICTED: Stance.CONTRADICTS,
    Verdict.NOT_MENTIONED: Stance.NEUTRAL,
}
CHROMIUM = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
    f"--window-size={WIDTH},{HEIGHT}",
)


class GivenChecker(Checker):
    """Answers every claim with one judgement that was made before."""

    def __init__(self, given: dict[str, Any]) -> None:
        self._given = given

    def check_many(self, requests: Sequence[Request]) -> list[tuple[Judgement, ...]]:
        return [
            tuple(self._judge(request.claim, article) for article in request.articles)
            for request in requests
        ]

    def _judge(self, claim: str, article: Article) -> Judgement:
        verdict = Verdict(self._given["verdict"])
        confidence = float(self._given["confidence"])
        evidence = tuple(
            Evidence(number - 1, article.sentences[number - 1].text, STANCES[verdict], confidence)
            for number in self._given["sentences"]
        )
        return Judgement(claim, verdict, confidence, Reason(self._given["reason"]), evidence)

    def close(self) -> None:
        """Nothing was opened."""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("picture", type=Path, help="the .png to write")
    parser.add_argument("--claim", default=EXAMPLES[0])
    parser.add_argument("--article", type=Path, help="answer from this file instead of seeds/")
    parser.add_argument("--model", help="as ATTEST_MODEL")
    parser.add_argument("--judgement", type=Path, help="JSON, instead of loading a model")
    asyncio.run(render(parser.parse_args()))


async def render(options: argparse.Namespace) -> None:
    """Ask, wait for the answer, take the picture."""
    load: Callable[[str | None], Checker] = Checker.load
    if options.judgement:
        given = json.loads(options.judgement.read_text("utf-8"))
        load = lambda _: GivenChecker(given)  # noqa: E731
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings.model_validate(
            {"database": Path(folder) / "attest.sqlite3", "model": options.model}
        )
        async with compose(settings, load) as app:
            if options.article:
                for source in await app.store.sources((BUILTIN,), limit=1000):
                    await app.store.remove(source.id, BUILTIN)
                await app.store.add(read_article_file(options.article), BUILTIN, 0)
            env = simcord.Env(AttestClient(app, Metrics()), shard_count=1)
            env.backend.bot_user.name = "Attest"
            await env.start()
            try:
                await _photograph(env, options.claim, options.picture, Path(folder))
            finally:
                await env.shutdown()


async def _photograph(env: simcord.Env, claim: str, picture: Path, folder: Path) -> None:
    guild = env.create_guild("News desk")
    channel = guild.create_text_channel("claims")
    member = guild.add_member(env.create_user("mila"))
    await member.send(channel, f"<@{env.backend.bot_user.id}> {claim}")
    preview = env.preview(channel, viewers=[member], layout="channel", width=WIDTH, height=HEIGHT)
    async with preview, _browser(folder / "profile", preview.url) as page:
        bounds = await page.until(MESSAGES)
        clip = {**bounds, "scale": SCALE}
        shot = await page.call("Page.captureScreenshot", format="png", clip=clip)
    image = Image.open(BytesIO(base64.b64decode(shot["data"]))).convert("RGB")
    image.quantize(256).save(picture, optimize=True)


class _Page:
    """A page of the browser, told what to do over its debugging socket."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._calls = 0

    async def call(self, method: str, **parameters: object) -> dict[str, Any]:
        self._calls += 1
        await self._socket.send_json({"id": self._calls, "method": method, "params": parameters})
        while (answer := await self._socket.receive_json()).get("id") != self._calls:
            pass
        return answer["result"]

    async def until(self, expression: str) -> dict[str, Any]:
        """The value of a JavaScript expression, once it has one."""
        for _ in range(PATIENCE):
            answer = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
            if value := answer["result"].get("value"):
                return value
            await asyncio.sleep(0.2)
        raise SystemExit("The preview page does not get ready.")


@asynccontextmanager
async def _browser(profile: Path, url: str) -> AsyncIterator[_Page]:
    program = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    process = await asyncio.create_subprocess_exec(
        program, *CHROMIUM, f"--user-data-dir={profile}", url, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        port = await _debugging_port(profile)
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                (target,) = [each for each in await answer.json() if each["type"] == "page"]
            async with session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                yield _Page(socket)
    finally:
        process.terminate()
        await process.wait()


async def _debugging_port(profile: Path) -> int:
    for _ in range(PATIENCE):
        written = await asyncio.to_thread(_read_if_there, profile / "DevToolsActivePort")
        if written:
            return int(written.splitlines()[0])
        await asyncio.sleep(0.2)
    raise SystemExit("Chromium does not start.")


def _read_if_there(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


if __name__ == "__main__":
    main()
