"""The one error of this stage: a sentence for people."""


class Unreadable(Exception):  # noqa: N818 — a source is unreadable, nothing went wrong
    """A source that can't be read; its text is one plain sentence: what is wrong and what to do."""
