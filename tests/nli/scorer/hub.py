"""A model hub on the loopback, as far as downloading a model needs one."""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class Hub(ThreadingHTTPServer):
    """Serves the files of one folder as the model `model`."""

    daemon_threads = True

    def __init__(self, folder: Path, model: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.model = model
        self.served: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def running(folder: Path, model: str) -> Iterator[Hub]:
    with Hub(folder, model) as hub:
        thread = Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield hub
        finally:
            hub.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        hub = cast("Hub", self.server)
        path = self.path.partition("?")[0]
        files = {
            file.relative_to(hub.folder).as_posix(): file
            for file in sorted(hub.folder.rglob("*"))
            if file.is_file()
        }
        if path.startswith(f"/api/models/{hub.model}/tree/"):
            tree = [
                {"type": "file", "path": name, "size": file.stat().st_size, "oid": _digest(file)}
                for name, file in files.items()
            ]
            self._send(json.dumps(tree).encode(), body=body)
        elif path.startswith(f"/api/models/{hub.model}"):
            siblings = [{"rfilename": name} for name in files]
            info = {"id": hub.model, "sha": COMMIT, "siblings": siblings}
            self._send(json.dumps(info).encode(), body=body)
        elif path.startswith(f"/{hub.model}/resolve/"):
            name = path.removeprefix(f"/{hub.model}/resolve/").partition("/")[2]
            if body:
                hub.served.append(name)
            self._send(files[name].read_bytes(), body=body, tag=_digest(files[name]))
        else:
            self._send(b"{}", body=body, status=404, error="RepoNotFound")

    def _send(
        self, content: bytes, *, body: bool, status: int = 200, tag: str = "", error: str = ""
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-Repo-Commit", COMMIT)
        if tag:
            self.send_header("ETag", f'"{tag}"')
        if error:
            self.send_header("X-Error-Code", error)
        self.end_headers()
        if body:
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the base
        """Keep quiet."""


def _digest(file: Path) -> str:
    return hashlib.sha1(file.read_bytes(), usedforsecurity=False).hexdigest()
