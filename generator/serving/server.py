"""Running the server within safe bounds."""

import socket
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from generator.serving.connections import IDLE_SECONDS, MOST_CONNECTIONS, BoundedConnection
from generator.site.headers import policy_of_site
from search.server import create_app

MOST_HEADER_BYTES = 16_384


@dataclass(frozen=True, slots=True)
class ServePlan:
    """What to serve, and where. Port 0 takes a free one."""

    site_dir: Path
    index_dir: Path
    host: str
    port: int


def listen(host: str, port: int) -> socket.socket:
    """A bound socket; OSError when the address is taken or not this computer's."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host.strip("[]"), port))
        # Whoever reads the address may ask at once.
        bound.listen(MOST_CONNECTIONS)
    except OSError:
        bound.close()
        raise
    return bound


def server_of(plan: ServePlan) -> uvicorn.Server:
    """The server. It writes no log of requests: who reads what is nobody's business."""
    config = uvicorn.Config(
        create_app(plan.index_dir, plan.site_dir, policy_of_site(plan.site_dir)),
        http=BoundedConnection,
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_CONNECTIONS + 1,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=MOST_HEADER_BYTES,
        ws="none",
        lifespan="off",
    )
    return uvicorn.Server(config)
