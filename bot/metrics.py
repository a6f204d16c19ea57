"""Counters and gauges in a registry of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.inference import InferenceQueue

BUCKETS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6)


class Metrics:
    """What /metrics tells. Labels hold names of commands, never ids of people or servers."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "attest_requests",
            "What was asked, by command or kind of message, and how it ended",
            ("command", "outcome"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "attest_request_seconds",
            "Time from a request's arrival to its last answer",
            ("command",),
            buckets=BUCKETS,
            registry=self.registry,
        )

    def watch(self, name: str, text: str, reading: Callable[[], float]) -> None:
        """Take a reading whenever somebody asks for the metrics."""
        Gauge(name, text, registry=self.registry).set_function(reading)

    def watch_queue(self, queue: InferenceQueue) -> None:
        self.watch("attest_queue_depth", "Requests waiting for the model", lambda: queue.depth)
        self.watch("attest_queue_capacity", "Requests that may wait", lambda: queue.capacity)
        self.watch("attest_check_seconds_p50", "Median time in the queue", lambda: queue.latency)
        self.watch("attest_judged", "Requests judged", lambda: queue.completed)
        self.watch("attest_refused", "Requests refused as too many", lambda: queue.refused)

    def count(self, command: str, outcome: str, seconds: float) -> None:
        self._requests.labels(command, outcome).inc()
        self._seconds.labels(command).observe(seconds)

    def page(self) -> bytes:
        """Everything in Prometheus' text format."""
        return generate_latest(self.registry)
