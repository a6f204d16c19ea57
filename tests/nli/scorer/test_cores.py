"""How many threads are worth having."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from nli.scorer.cores import usable_cores

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def eight_threads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four cores of two threads each."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(8)), raising=False)
    for cpu in range(8):
        folder = tmp_path / f"cpu{cpu}" / "topology"
        folder.mkdir(parents=True)
        (folder / "thread_siblings_list").write_text(f"{cpu % 4},{cpu % 4 + 4}\n")
    return tmp_path


def test_threads_of_one_core_count_once(eight_threads: Path, tmp_path: Path) -> None:
    assert usable_cores(eight_threads, tmp_path / "none") == 4


def test_only_cores_open_to_the_process_count(
    eight_threads: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 4, 5}, raising=False)
    assert usable_cores(eight_threads, tmp_path / "none") == 2


def test_without_topology_every_thread_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2}, raising=False)
    assert usable_cores(tmp_path, tmp_path / "none") == 3


@pytest.mark.parametrize(
    ("line", "cores"),
    [
        ("200000 100000", 2),
        ("50000 100000", 1),
        ("max 100000", 4),
        ("9900000 100000", 4),
        ("150000 0", 4),
        ("nonsense", 4),
        ("", 4),
    ],
)
def test_a_container_s_quota_is_kept(
    eight_threads: Path, tmp_path: Path, line: str, cores: int
) -> None:
    quota = tmp_path / "cpu.max"
    quota.write_text(line)
    assert usable_cores(eight_threads, quota) == cores


def test_this_machine_has_at_least_one() -> None:
    assert usable_cores() >= 1
