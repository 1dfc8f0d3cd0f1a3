"""Where mail goes: SMTP_URL names the server, MAIL_FROM the sender; without a server it stays in the outbox."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from etl.site import Site
from portal.mail.writing import is_address

PORTS = {"smtp": 587, "smtps": 465}
EXAMPLE = "例如 smtps://用户:密码@smtp.example.cn:465（密码里的 @ : / 写成 %40 %3A %2F）；不写则邮件留在 outbox/ 里。"


class MailError(Exception):
    """Settings that no mail can be sent with; the message is a sentence for people."""


@dataclass(frozen=True)
class Server:
    """A mail server; `tls` says how the line is kept secret: `from_start`, `upgraded` (STARTTLS), else `none`."""

    host: str
    port: int
    tls: str
    user: str | None = None
    password: str | None = None


def server() -> Server | None:
    """The server of SMTP_URL, None where there is none; MailError where it can't be understood."""
    given = os.environ.get("SMTP_URL", "").strip()
    return _parsed(given) if given else None


def sender(site: Site, sending: bool) -> Address:
    """Who messages are from: MAIL_FROM, else the contact of the site; MailError where nobody could be answered."""
    contact = site.contact.removeprefix("mailto:").partition("?")[0] if site.has_contact else ""
    name, address = parseaddr(os.environ.get("MAIL_FROM", "") or contact)
    if is_address(address) and address.isascii():
        return Address(_one_line(name) or site.title, addr_spec=address)
    if sending:
        raise MailError("没有写明发件人：请设置 MAIL_FROM，例如 MAIL_FROM=noreply@example.cn。")
    return Address(site.title, addr_spec="noreply@localhost")


def _parsed(given: str) -> Server:
    try:
        parts = urlsplit(given)
        port = parts.port or PORTS[parts.scheme]
    except (ValueError, KeyError) as error:
        raise MailError(f"SMTP_URL 写得不对：{EXAMPLE}") from error
    if not parts.hostname or parts.path.strip("/") or parts.query:
        raise MailError(f"SMTP_URL 写得不对：{EXAMPLE}")
    tls = "from_start" if parts.scheme == "smtps" else "none" if _is_here(parts.hostname) else "upgraded"
    user, password = (unquote(part) if part else None for part in (parts.username, parts.password))
    if not f"{user}{password}".isascii():
        raise MailError(f"SMTP_URL 里的用户名和密码只能用英文字母、数字和符号：{EXAMPLE}")
    return Server(parts.hostname, port, tls, user, password)


def _is_here(host: str) -> bool:
    """Whether a host is this machine, to which the line needs no secrecy."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _one_line(text: str) -> str:
    return " ".join(text.split())
