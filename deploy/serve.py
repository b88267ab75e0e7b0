"""One web process: `python -m deploy.serve APPLICATION DESCRIPTOR`, on a socket that is open already.

The socket belongs to the supervisor: while this process is started anew, connections wait in line.
"""

import resource
import socket
import sys
from typing import Any

import uvicorn

PROTOCOL = "services.notify.protocol:LaurelWebSocketProtocol"


def settings(application: Any) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        http="httptools",
        loop="uvloop",
        ws=PROTOCOL,
        ws_per_message_deflate=False,  # it costs memory for each of thousands of sockets
        lifespan="on",
        access_log=False,
        server_header=False,
        log_level="warning",
        timeout_graceful_shutdown=8,
    )


def raise_open_files() -> None:
    """As many open sockets as the machine lets us have."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


if __name__ == "__main__":
    raise_open_files()
    listening = socket.socket(fileno=int(sys.argv[2]))
    uvicorn.Server(settings(sys.argv[1])).run(sockets=[listening])
