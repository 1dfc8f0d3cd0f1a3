"""Which proxies stand before the site: their word on who asks is believed, nobody else's."""

from __future__ import annotations

import os
from ipaddress import ip_network


class ProxiesError(Exception):
    """Proxies that are named wrongly; the message is a sentence for people."""


def trusted() -> list[str]:
    """The networks that TRUSTED_PROXIES names; none where it names none."""
    named = os.environ.get("TRUSTED_PROXIES", "").replace(",", " ").split()
    try:
        return [str(ip_network(address, strict=False)) for address in named]
    except ValueError as error:
        raise ProxiesError(
            "TRUSTED_PROXIES 写得不对：请写反向代理的地址或网段，例如 127.0.0.1 10.0.0.0/8，不能写 *。"
        ) from error
