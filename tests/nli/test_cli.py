"""The command line as people and programs use it, with the shipped model."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = str(ROOT / "seeds" / "envoy-visit.md")
CLAIM = "Karvia's top diplomat came to Tolmar at the start of the week."


def nli(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "nli", *arguments],
        input=given,
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def refused(*arguments: str, given: bytes = b"") -> str:
    """The one line on standard error of a call that fails as it should."""
    done = nli(*arguments, given=given)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_json_is_one_object_a_line_in_order(tmp_path: Path) -> None:
    claims = tmp_path / "claims.txt"
    claims.write_text(f"{CLAIM}\n\nThe moon is made of cheese.\nVenn stays for a year.\n")
    done = nli("check", "--source", SOURCE, "--claims", str(claims), "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [row["claim"] for row in rows] == [
        CLAIM,
        "The moon is made of cheese.",
        "Venn stays for a year.",
    ]
    for row in rows:
        assert set(row) == {"claim", "verdict", "confidence", "reason", "evidence"}
        assert row["verdict"] in {"supported", "contradicted", "not_mentioned"}
        assert 0 <= row["confidence"] <= 1
        for each in row["evidence"]:
            assert set(each) == {"index", "sentence", "stance", "score"}
    assert rows[1]["verdict"] == "not_mentioned"
    listed = nli("sentences", SOURCE, "--json").stdout.splitlines()
    sentences = [json.loads(line)["sentence"] for line in listed]
    assert sentences[rows[0]["evidence"][0]["index"]] == rows[0]["evidence"][0]["sentence"]


def test_people_read_the_verdict_first_and_then_the_sentence() -> None:
    done = nli("check", "--source", SOURCE, "--claim", CLAIM)
    lines = done.stdout.splitlines()
    assert lines[0].startswith("Karvian foreign minister")
    assert lines[2].startswith("SUPPORTED")
    assert any("arrived in Tolmar on Monday for a four-day visit" in line for line in lines)
    assert "\x1b" not in done.stdout


def test_the_source_may_come_from_standard_input() -> None:
    done = nli("check", "--source", "-", "--claim", "The bridge is closed.", "--json",
               given=b"The bridge was closed on Monday. It stays closed.")  # fmt: skip
    assert json.loads(done.stdout)["evidence"][0]["index"] in (0, 1)


def test_bad_files_are_refused_in_one_line(tmp_path: Path) -> None:
    binary, empty = tmp_path / "b.bin", tmp_path / "empty.txt"
    binary.write_bytes(bytes(range(256)) * 40)
    empty.write_text("\n \n")
    assert "no file" in refused("check", "--source", str(tmp_path / "none"), "--claim", CLAIM)
    assert "folder" in refused("check", "--source", str(tmp_path), "--claim", CLAIM)
    assert "not a text file" in refused("check", "--source", str(binary), "--claim", CLAIM)
    assert "no text" in refused("check", "--source", str(empty), "--claim", CLAIM)
    assert "no claims" in refused("check", "--source", SOURCE, "--claims", str(empty))
    assert "file name" in refused("check", "--source", "a" * 5000, "--claim", CLAIM).lower()
    assert "no folder" in refused(
        "check", "--source", SOURCE, "--claim", CLAIM, "--model", "./none"
    )


def test_bad_claims_are_refused_in_one_line() -> None:
    assert "no claim" in refused("check", "--source", SOURCE, "--claim", "")
    assert "too long" in refused("check", "--source", SOURCE, "--claim", "word " * 10_000)
    assert "Claim 2" in refused("check", "--source", SOURCE, "--claim", CLAIM, "--claim", "?!")
    assert "--claim" in refused("check", "--source", SOURCE)


@pytest.mark.parametrize(
    "text",
    [
        "Die Brücke bleibt geschlossen. Das sagte die Bürgermeisterin am Montag.".encode("latin-1"),
        "\ufeffThe bridge was closed. Nobody was hurt.".encode("utf-16"),
        b"The bridge\x07 was closed.\x1b[31m Nobody was hurt. " * 3,
        "橋は閉鎖された。けが人はいない。".encode(),
        b"The bridge was closed on Monday. " * 60_000,
    ],
    ids=["latin-1", "utf-16", "control characters", "Japanese", "2 MB"],
)
def test_odd_texts_get_a_verdict(text: bytes) -> None:
    done = nli("check", "--source", "-", "--claim", "The bridge was closed.", "--json", given=text)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["evidence"]


def test_lone_surrogates_in_arguments() -> None:
    done = nli("check", "--source", SOURCE, "--claim", "The minister\udcff came.", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["verdict"]
