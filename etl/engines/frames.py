"""Messages between a reader and who asks it: a length and as many bytes."""

from __future__ import annotations

import json
from typing import IO

from etl.batch import Answer

_LENGTH = 8


def send(pipe: IO[bytes], message: bytes) -> None:
    """Write one message."""
    rest = memoryview(len(message).to_bytes(_LENGTH, "big") + message)
    while rest:
        rest = rest[pipe.write(rest) :]
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Read one message; None where the other side has ended, be it in the middle.

    >>> import io
    >>> receive(io.BytesIO(bytes(7) + b"\\2ab")), receive(io.BytesIO(bytes(7) + b"\\2a"))
    (b'ab', None)
    """
    head = _exactly(pipe, _LENGTH)
    return None if head is None else _exactly(pipe, int.from_bytes(head, "big"))


def _exactly(pipe: IO[bytes], size: int) -> bytes | None:
    """So many bytes and not one more: what follows shows as something to read (`select`) only while in the pipe."""
    found = bytearray()
    while len(found) < size:
        piece = pipe.read(size - len(found))
        if not piece:
            return None
        found += piece
    return bytes(found)


def packed(answer: Answer) -> bytes:
    """An answer as a message: a line of JSON, then the record as it is.

    >>> unpacked(packed(Answer("✓", None, b"{}")))
    Answer(told='✓', refusal=None, record=b'{}')
    """
    return json.dumps([answer.told, answer.refusal]).encode() + b"\n" + answer.record


def unpacked(message: bytes) -> Answer:
    """The answer that was packed."""
    head, _, record = message.partition(b"\n")
    told, refusal = json.loads(head)
    return Answer(told, refusal, record)
