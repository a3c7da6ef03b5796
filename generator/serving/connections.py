"""Connections with bounds: nobody holds one for long without asking, or without taking what was asked for.

uvicorn bounds the time between two requests, but neither the time a request takes to arrive nor the time an answer
takes to be read, and it counts a connection only when a request stands on it.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

# A post's Wi-Fi: some dozens of phones, each with a few connections.
MOST_CONNECTIONS = 200
# A request is one packet or two; a phone on a poor line sends it in a second.
IDLE_SECONDS = 10
# A line may rest; a reader who takes not one byte for so long is gone.
STALLED_SECONDS = 60


class BoundedConnection(H11Protocol):
    """HTTP/1.1 that is closed when no whole request arrives in time, or when the reader takes nothing."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._watch: asyncio.TimerHandle | None = None
        self._waiting_since = 0.0
        self._unread = 0
        self._unread_since = 0.0

    @property
    def _asked(self) -> bool:
        """Whether a request stands on it that is not answered yet."""
        return self.cycle is not None and not self.cycle.response_complete

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection; when there are too many, the one that has waited longest without asking goes."""
        if len(self.connections) >= MOST_CONNECTIONS:
            waiting = [c for c in self.connections if isinstance(c, BoundedConnection) and not c._asked]
            if waiting:
                oldest = min(waiting, key=lambda connection: connection._waiting_since)
                oldest.connections.discard(oldest)
                oldest.transport.abort()
        super().connection_made(transport)
        self._waiting_since = self.loop.time()
        self._watch = self.loop.call_later(IDLE_SECONDS, self._look)

    def on_response_complete(self) -> None:
        """From here on the connection waits for its next request."""
        self._waiting_since = self.loop.time()
        super().on_response_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """End the watch with the connection."""
        if self._watch is not None:
            self._watch.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        now, unread = self.loop.time(), self.transport.get_write_buffer_size()
        if unread != self._unread or not unread:
            self._unread, self._unread_since = unread, now
        stalled = unread and now - self._unread_since >= STALLED_SECONDS
        silent = not self._asked and not unread and now - self._waiting_since >= IDLE_SECONDS
        if stalled or silent:
            self.transport.abort()
        else:
            self._watch = self.loop.call_later(IDLE_SECONDS / 2, self._look)
