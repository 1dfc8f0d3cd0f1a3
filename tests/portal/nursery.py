"""A server that is ready before it starts: forked from a warm parent on demand, so that it can be killed often.

`python -m tests.portal.nursery RELEASES PRIVATE DESCRIPTOR`: each line that it reads starts a server on the listening
socket that it was given, and its process id is answered; once that server is gone, it says so.
"""

from __future__ import annotations

import gc
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp

from etl.places import ROOT
from etl.site import load_site
from portal import limits, logs
from portal.asgi import Dispatcher, behind_gate
from portal.gate.protocol import Protocol
from portal.private import open_private
from portal.published import Published

WARM = ("/participation/new/letter", "/forum/new", "/")


class Nursery:
    """The parent process, and the address at which its children serve."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self._process, self.address = process, address

    def start(self) -> int:
        """Start a server; its process id."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return int(self._said())

    def wait(self) -> None:
        """Wait until the server is gone."""
        assert self._said() == "gone"

    def _said(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@contextmanager
def nursery(releases: Path, private: Path, environment: dict[str, str]) -> Iterator[Nursery]:
    """A warm parent over these data."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(128)
        listening.set_inheritable(True)
        given = [str(releases), str(private), str(listening.fileno())]
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.portal.nursery", *given],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            pass_fds=[listening.fileno()],
        )
        with process:
            yield Nursery(process, f"http://127.0.0.1:{listening.getsockname()[1]}")


def main() -> None:
    """Be the parent."""
    releases, folder, descriptor = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    limits.ALLOWED.update(dict.fromkeys(limits.ALLOWED, "1000000/hour"))
    private, published, site = open_private(folder), Published(releases), load_site(ROOT / "metadata.yml")
    dispatcher = Dispatcher(published, site, private)
    app = behind_gate(dispatcher, published, site)
    logs.set_up(every_request=False)
    # What the first requests have to load, the children find loaded.
    with dispatcher.people.test_client() as client:
        for page in WARM:
            client.get(page, headers={"Host": "127.0.0.1"})
    dispatcher.people.jinja_env.get_template("participation/receipt.html")
    # A connection is nothing that two processes may share; and what is never collected is not copied by each child.
    private.storage.close()
    gc.collect()
    gc.freeze()
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            _serve(app, descriptor)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)


def _serve(app: ASGIApp, descriptor: int) -> None:
    config = uvicorn.Config(app, http=Protocol, log_config=None, log_level="critical", access_log=False)
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])
    os._exit(0)


if __name__ == "__main__":
    main()
