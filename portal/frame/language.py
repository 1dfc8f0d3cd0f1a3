"""Chinese at `/…`, English at `/en/…`: one set of routes and a prefix that only this module knows.

The catalogue is read from `messages.po` when the app is made: there is no compiled file that could be missing or stale,
after which pages would silently fall back to Chinese. Reading it takes some 20 ms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request
from flask_babel import Babel, Domain, force_locale, get_locale
from werkzeug.utils import redirect

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/en"
CHINESE, ENGLISH = "zh", "en"
LOCALES = {CHINESE: "zh_Hans_CN", ENGLISH: "en"}
_SPOKEN: ContextVar[str | None] = ContextVar("spoken", default=None)
CATALOGUE = Path(__file__).resolve().parent.parent / "translations" / "en" / "LC_MESSAGES" / "messages.po"


class LanguagePrefix:
    """WSGI: moves a leading `/en` from the path to the script name, so that every link made keeps the language."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == PREFIX:
            return redirect(environ.get("SCRIPT_NAME", "") + PREFIX + "/", 308)(environ, start_response)
        if path.startswith(PREFIX + "/"):
            script = environ.get("SCRIPT_NAME", "") + PREFIX
            environ = {**environ, "SCRIPT_NAME": script, "PATH_INFO": path.removeprefix(PREFIX)}
        return self._application(environ, start_response)


class _Messages(Domain):  # type: ignore[misc]
    """The messages of every language, held in memory."""

    def __init__(self, translations: dict[str, Translations]) -> None:
        super().__init__()
        self._translations = translations

    def get_translations(self) -> NullTranslations:
        """Those of the language asked for; Chinese needs none, its texts are the keys."""
        locale = get_locale()
        found = self._translations.get(locale.language) if locale else None
        return found or NullTranslations()


class _Languages(Babel):  # type: ignore[misc]
    """Flask-Babel with messages that were read beforehand."""

    def __init__(self, translations: dict[str, Translations]) -> None:
        super().__init__()
        self._messages = _Messages(translations)

    @property
    def domain_instance(self) -> Domain:
        """Where texts are looked up."""
        return self._messages


def install(app: Flask, languages: Iterable[str]) -> None:
    """Make the app speak the languages of the site."""
    translations: dict[str, Translations] = {}
    if "en" in languages:
        translations["en"] = read_catalogue(CATALOGUE)
        app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]
    _Languages(translations).init_app(app, default_locale=LOCALES[CHINESE], locale_selector=_asked)


def read_catalogue(path: Path) -> Translations:
    """The messages of a .po file."""
    with path.open("rb") as file:
        catalogue = read_po(file)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def language() -> str:
    """`zh` or `en`, as is spoken now, else as the address says."""
    return _SPOKEN.get() or asked_for()


def asked_for() -> str:
    """`zh` or `en`, as the address says."""
    return ENGLISH if has_request_context() and request.script_root.endswith(PREFIX) else CHINESE


@contextmanager
def spoken(wanted: str) -> Iterator[None]:
    """Speak a language, whoever asks and however: a letter is written in its reader's."""
    token = _SPOKEN.set(wanted)
    try:
        with force_locale(LOCALES[wanted]):
            yield
    finally:
        _SPOKEN.reset(token)


def root() -> str:
    """The path under which the whole site stands, without the language."""
    return request.script_root.removesuffix(PREFIX) if asked_for() == ENGLISH else request.script_root


def title_of(thing: Any, key: str = "title") -> str:
    """The title (`description`, `name`) of a declaration or a row in the reader's language, else in Chinese."""
    chinese, english = (_of(thing, k) for k in (key, f"{key}_en"))
    return str((english if language() == ENGLISH else None) or chinese or "")


def _of(thing: Any, key: str) -> Any:
    return thing.get(key) if isinstance(thing, dict) else getattr(thing, key, None)


def _asked() -> str:
    return LOCALES[language()]
