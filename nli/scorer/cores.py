"""How many cores this process may really use."""

from __future__ import annotations

import os
from pathlib import Path


def usable_cores(
    topology: Path = Path("/sys/devices/system/cpu"), quota: Path = Path("/sys/fs/cgroup/cpu.max")
) -> int:
    """Physical cores open to the process, at most what its container is given time for.

    Two threads on one core only wait for each other in matrix products, and threads beyond a
    container's quota are stopped in the middle of them; both make a check slower, not faster.
    """
    if hasattr(os, "sched_getaffinity"):
        logical = os.sched_getaffinity(0)
    else:
        logical = set(range(os.cpu_count() or 1))
    siblings = {_read(topology / f"cpu{cpu}/topology/thread_siblings_list") for cpu in logical}
    cores = len(logical) if "" in siblings else len(siblings)
    return max(1, min(cores, _quota(_read(quota), cores)))


def _quota(text: str, otherwise: int) -> int:
    """Whole cores of a control group's "quota period" line; "max" is no limit."""
    fields = text.split()
    if len(fields) != 2 or not all(field.isdigit() for field in fields) or fields[1] == "0":
        return otherwise
    return round(int(fields[0]) / int(fields[1]))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""
