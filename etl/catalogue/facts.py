"""The small facts of the record: texts in two languages, bodies, files, versions, licences."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A text in two languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Words:
    """Keywords in two languages, each once."""

    zh: tuple[str, ...]
    en: tuple[str, ...]


@dataclass(frozen=True)
class Agent:
    """A body: `kind` is one of the publisher types of ADMS."""

    name: Text
    kind: str
    url: str
    contact: str | None = None


@dataclass(frozen=True)
class File:
    """A form in which a dataset may be had; `format` is a key of the vocabulary's formats."""

    format: str
    path: str
    size: int | None = None
    sha256: str | None = None


@dataclass(frozen=True)
class Version:
    """A release that stays: its number, its date and the path of its page."""

    version: str
    date: str
    path: str


@dataclass(frozen=True)
class Licence:
    """`code` is that of the EU's table, where it has one."""

    name: str
    path: str
    title: Text
    code: str | None
