"""Starts the server: finds a port, says where the site is once it is really up, and stops quietly."""

from __future__ import annotations

import errno
import os
import socket
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from starlette.types import ASGIApp

from etl.places import var_dir
from etl.site import Site, load_site
from portal import logs, mail
from portal.asgi import create
from portal.gate import proxies
from portal.gate.protocol import Protocol
from portal.gate.proxies import ProxiesError
from portal.limits import LimitsError
from portal.mail import MailError
from portal.private import PrivateError, open_private
from portal.published import Published
from portal.secret import WeakSecretError
from portal.storage import StorageError

FIRST, TRIED = 8000, 100
KEEP_ALIVE = 5
LONGEST_HEADERS = 65_536


class ServingError(Exception):
    """A server that can't start; the message is a sentence for people."""


def serve(releases: Path, site_file: Path, host: str, port: int | None, log: bool) -> None:
    """Serve until interrupted; ServingError where nothing is built or the port can't be had."""
    # Whatever is written from here on is for this user alone.
    os.umask(0o077)
    site, published, trusted = load_site(site_file), Published(releases), _proxies()
    if not published.collections():
        raise ServingError(f"{releases} 里还没有可以提供的数据：请先运行 make build（或 python -m etl build）。")
    with _listening(host, port) as listening:
        address = _address(listening, host)
        logs.set_up(log)
        app = _app(published, _reachable(site, address))
        config = uvicorn.Config(
            app,
            http=Protocol,
            log_config=None,
            log_level="error",
            access_log=False,
            proxy_headers=bool(trusted),
            forwarded_allow_ips=trusted,
            server_header=False,
            timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=3,
            h11_max_incomplete_event_size=LONGEST_HEADERS,
        )
        _Server(config, address).run(sockets=[listening])


def _app(published: Published, site: Site) -> ASGIApp:
    """The whole site with its own data, brought up to date."""
    try:
        private = open_private(var_dir() / "private")
        app = create(published, site, private)
    except (StorageError, WeakSecretError, PrivateError, MailError, LimitsError) as error:
        raise ServingError(str(error)) from error
    if mail.server() is None:
        print(f"没有设置 SMTP_URL：要寄的邮件不会寄出，只写进 {private.outbox}。", flush=True)
    return app


def _proxies() -> list[str]:
    try:
        return proxies.trusted()
    except ProxiesError as error:
        raise ServingError(str(error)) from error


class _Server(uvicorn.Server):
    """Says where the site is once it answers."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            print(f"网站已在 {self._address} 运行，按 Ctrl-C 结束。", flush=True)


def _listening(host: str, port: int | None) -> socket.socket:
    """A socket on the port chosen; where none was chosen, on the first free one."""
    if port is not None:
        return _bound(host, port)
    for candidate in range(FIRST, FIRST + TRIED):
        try:
            bound = _bound(host, candidate)
        except PortInUseError:
            continue
        if candidate != FIRST:
            print(f"端口 {FIRST} 已被占用，改用 {candidate}。", flush=True)
        return bound
    raise ServingError(f"端口 {FIRST} 至 {FIRST + TRIED - 1} 都被占用：请用 --port 另选一个。")


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Without the protocol named, asyncio leaves Nagle's algorithm on: 40 ms for an answer sent in two pieces.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(2048)
    except (OSError, OverflowError) as error:
        bound.close()
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise PortInUseError(f"端口 {port} 已被占用：请用 --port 另选一个，或先停掉占用它的程序。") from error
        raise ServingError(f"不能在 {host} 的端口 {port} 上监听（{error}）：请换一个地址或端口。") from error
    return bound


class PortInUseError(ServingError):
    """A port that another program listens on."""


def _address(listening: socket.socket, host: str) -> str:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{listening.getsockname()[1]}"


def _reachable(site: Site, address: str) -> Site:
    """The site with its permanent address; a site that has none but this machine's gets the port that it is on."""
    local = urlsplit(site.address).hostname in ("127.0.0.1", "localhost", "::1")
    return replace(site, address=address) if local else site
