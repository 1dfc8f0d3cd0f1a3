"""What the site is: `metadata.yml` read into one record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from etl.declaration import DeclarationError
from etl.mistakes import unreadable

_EXAMPLE = re.compile(r"[@/.]example(\.(com|net|org))?(?=$|[:/])|\.(test|invalid)(?=$|[:/])", re.IGNORECASE)


@dataclass(frozen=True)
class Site:
    """Names, publisher and contact of a deployment, and whether a bureau itself runs it."""

    title: str
    title_en: str
    description: str
    description_en: str
    publisher: str
    publisher_en: str
    contact: str
    address: str
    official: bool
    hosts: tuple[str, ...]
    metadata: dict[str, Any]

    @property
    def has_contact(self) -> bool:
        """Whether the contact is one that reaches somebody: names kept for examples reach no one (RFC 2606)."""
        return not _EXAMPLE.search(self.contact.partition("?")[0])


def load_site(path: Path) -> Site:
    """Read `metadata.yml`; DeclarationError says in words what is missing."""
    try:
        metadata = yaml.safe_load(path.read_text("utf-8"))
        return _site(metadata)
    except FileNotFoundError as error:
        raise DeclarationError(f"找不到 {path}：请写明网站名称、发布者和联系方式。") from error
    except OSError as error:
        raise DeclarationError(f"{path} 读不出来：请检查文件和权限后再试。") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DeclarationError(f"{path} 不是可读的 YAML：{unreadable(error)}。请改正后再试。") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise DeclarationError(f"{path} 缺少 {error}：请对照 README 补全。") from error


def _site(metadata: dict[str, Any]) -> Site:
    site = metadata["site"]
    return Site(
        title=metadata["title"],
        title_en=metadata.get("title_en") or metadata["title"],
        description=metadata.get("description", ""),
        description_en=metadata.get("description_en", ""),
        publisher=site["publisher"],
        publisher_en=site.get("publisher_en") or site["publisher"],
        contact=site["contact"],
        address=site["address"].rstrip("/"),
        official=site.get("official") is True,
        hosts=tuple(site.get("hosts", ("127.0.0.1", "localhost"))),
        metadata=metadata,
    )
