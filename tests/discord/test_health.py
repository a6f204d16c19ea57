from __future__ import annotations

import aiohttp
import pytest
from prometheus_client import REGISTRY

from bot.errors import StartupError
from bot.health import Health, serve_health
from bot.inference import InferenceQueue
from bot.metrics import Metrics
from tests.fakes import fake_checker


async def _get(port: int, page: str) -> tuple[int, str]:
    address = f"http://127.0.0.1:{port}{page}"
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        return response.status, await response.text()


async def test_healthz_says_whether_the_bot_is_ready() -> None:
    now = [Health(ready=False)]
    async with serve_health(0, Metrics(), lambda: now[0]) as port:
        status, _ = await _get(port, "/healthz")
        assert status == 503
        now[0] = Health(ready=True, guilds=3, waiting=1, latency_ms=40)
        status, text = await _get(port, "/healthz")
    assert status == 200
    assert '"guilds": 3' in text


async def test_metrics_tell_requests_and_the_queue() -> None:
    metrics = Metrics()
    metrics.watch_queue(InferenceQueue(fake_checker(), capacity=7))
    metrics.count("check", "answered", 0.3)
    async with serve_health(0, metrics, lambda: Health(ready=True)) as port:
        status, text = await _get(port, "/metrics")
    assert status == 200
    assert 'attest_requests_total{command="check",outcome="answered"} 1.0' in text
    assert "attest_queue_capacity 7.0" in text
    assert "attest_queue_depth 0.0" in text


async def test_only_the_two_pages_are_there() -> None:
    async with serve_health(0, Metrics(), lambda: Health(ready=True)) as port:
        assert (await _get(port, "/"))[0] == 404


async def test_a_taken_port_is_told() -> None:
    async with serve_health(0, Metrics(), lambda: Health(ready=True)) as port:
        with pytest.raises(StartupError, match=f"Port {port} "):
            async with serve_health(port, Metrics(), lambda: Health(ready=True)):
                pytest.fail("two servers on one port")


def test_metrics_leave_the_global_registry_alone() -> None:
    Metrics().count("check", "answered", 0.1)
    Metrics().count("check", "answered", 0.1)
    names = {metric.name for metric in REGISTRY.collect()}
    assert not any(name.startswith("attest") for name in names)
