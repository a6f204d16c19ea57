"""The program that reads one file in a process of its own; `bot.library.reading` starts it.

Standard input: a line of JSON (a `Job`), then the file's bytes. Standard output: JSON.
"""

from __future__ import annotations

import json
import logging
import sys
import warnings
from dataclasses import asdict, dataclass

from bot.errors import UserError
from bot.library.documents import Document, Format, ReadingLimits
from bot.library.extract import read_document

MAX_MEMORY = 1536 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Job:
    """How to read the bytes that follow."""

    kind: Format
    charset: str
    url: str
    limits: ReadingLimits

    def to_json(self) -> bytes:
        return json.dumps(asdict(self)).encode() + b"\n"

    @classmethod
    def from_json(cls, line: bytes) -> Job:
        fields = json.loads(line)
        return cls(
            Format(fields["kind"]),
            fields["charset"],
            fields["url"],
            ReadingLimits(**fields["limits"]),
        )


def outcome(output: bytes, status: int, complaint: bytes) -> Document:
    """What has become of a job: the program's standard output, exit status and standard error.

    Raises:
        UserError: the file cannot be read.
        RuntimeError: the program does not work as installed.
    """
    if status > 0:
        last = complaint.decode(errors="replace").strip().rpartition("\n")[2]
        raise RuntimeError(f"the reader of files does not work: {last}")
    if status < 0:  # ended by the system, for time, for memory or by a fault of a parser
        raise UserError("It is too complicated to read. Paste the text of the article instead.")
    answer = json.loads(output)
    if "document" in answer:
        return Document(**answer["document"])
    raise UserError(answer["message"], **answer["values"])


def main() -> None:
    line, _, data = sys.stdin.buffer.read().partition(b"\n")
    job = Job.from_json(line)
    _set_limits(job.limits)
    logging.disable()  # the parsers quote what they stumble over
    warnings.simplefilter("ignore")
    try:
        document = read_document(data, job.kind, job.limits, charset=job.charset, url=job.url)
        answer: dict[str, object] = {"document": asdict(document)}
    except UserError as error:
        answer = {"message": error.message, "values": error.values}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _set_limits(limits: ReadingLimits) -> None:
    """End by itself if the bot is no longer there to end this; leave memory to the bot."""
    if sys.platform == "win32":
        return
    import resource

    seconds = int(limits.seconds) + 10
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
