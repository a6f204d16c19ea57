"""Failures on request, and the record of all that was asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.benchmark.loopback.world import Json, Upload


@dataclass(slots=True)
class Recorded:
    """One REST request. `path` is relative to the API's base; `at` is from perf_counter."""

    method: str
    path: str
    query: dict[str, str]
    at: float
    authorization: str = ""
    payload: Any = None
    files: tuple[Upload, ...] = ()
    status: int = 0
    known: bool = True
    """False if this Discord has no such address: the client wants more than is built here."""


class ApiError(Exception):
    """An answer that is not a success, as Discord words it."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.body: Json = {"message": message, "code": code}
        if errors:
            self.body["errors"] = errors


@dataclass(slots=True)
class Fault:
    """The next `times` requests of this kind fail."""

    method: str
    path: re.Pattern[str]
    status: int
    times: int
    retry_after: float
    met: list[Recorded] = field(default_factory=list)

    @property
    def spent(self) -> bool:
        return len(self.met) >= self.times


class FaultPlan:
    """Faults in the order they were asked for; the first that fits and is not spent applies."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(
        self, method: str, path: str, status: int, *, times: int = 1, retry_after: float = 0.2
    ) -> Fault:
        """`path` is a regular expression for the whole path, such as `/channels/\\d+/messages`."""
        fault = Fault(method.upper(), re.compile(path), status, times, retry_after)
        self._faults.append(fault)
        return fault

    def clear(self) -> None:
        self._faults.clear()

    def meet(self, request: Recorded) -> Fault | None:
        for fault in self._faults:
            fits = fault.method == request.method and fault.path.fullmatch(request.path)
            if fits and not fault.spent:
                fault.met.append(request)
                return fault
        return None


def fault_answer(fault: Fault) -> tuple[Json, dict[str, str]]:
    """Body and headers. A 429 without `Via` would count as a ban by the proxy in front."""
    if fault.status != 429:
        return {"message": f"{fault.status}: Internal Server Error", "code": 0}, {}
    body: Json = {
        "message": "You are being rate limited.",
        "retry_after": fault.retry_after,
        "global": False,
    }
    headers = {
        "Via": "1.1 loopback",
        "Retry-After": str(max(1, round(fault.retry_after))),
        "X-RateLimit-Limit": "5",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset-After": str(fault.retry_after),
        "X-RateLimit-Scope": "user",
    }
    return body, headers
