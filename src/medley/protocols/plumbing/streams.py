"""Streams whose producer is always allowed to clean up."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping

from starlette.responses import Response, StreamingResponse

_AHEAD = 2  # pieces that are made before somebody takes them

_producers: set[asyncio.Task[None]] = set()  # the event loop itself keeps only weak references


async def detached(pieces: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """`pieces`, made in a task of their own, which is cancelled when nobody listens any more.

    A framework that cancels a response cancels every `await` in it, those in `finally` too; a producer that has a
    process to end must not run inside of that.
    """
    queue: asyncio.Queue[bytes | Exception | None] = asyncio.Queue(_AHEAD)
    producer = asyncio.create_task(_produce(pieces, queue))
    _producers.add(producer)
    producer.add_done_callback(_producers.discard)
    try:
        while (piece := await queue.get()) is not None:
            if isinstance(piece, Exception):
                raise piece
            yield piece
    finally:
        producer.cancel()


async def streamed(pieces: AsyncIterator[bytes], media_type: str, headers: Mapping[str, str] | None = None) -> Response:
    """A stream whose first piece is there: what fails before it is answered by an error, not by half an answer."""
    rest = detached(pieces)
    first = await anext(rest, b"")
    told = {"cache-control": "private, no-cache", **(headers or {})}
    return StreamingResponse(_all(first, rest), media_type=media_type, headers=told)


async def _all(first: bytes, rest: AsyncGenerator[bytes, None]) -> AsyncIterator[bytes]:
    try:
        yield first
        async for piece in rest:
            yield piece
    finally:
        await rest.aclose()


async def _produce(pieces: AsyncIterator[bytes], queue: asyncio.Queue[bytes | Exception | None]) -> None:
    try:
        async for piece in pieces:
            await queue.put(piece)
    except Exception as error:
        await queue.put(error)
    else:
        await queue.put(None)
    finally:
        if isinstance(pieces, AsyncGenerator):
            await pieces.aclose()
