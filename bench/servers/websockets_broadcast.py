"""The `websockets` library with its own broadcast(), on uvloop, without compression."""

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

from bench.servers import PAYLOAD, at_each_line, say_ready


async def main() -> None:
    text = PAYLOAD.decode()

    async def stay(connection: ServerConnection) -> None:
        await connection.wait_closed()

    server = await serve(stay, "127.0.0.1", 0, compression=None, ping_interval=None, backlog=4096)
    at_each_line(lambda: broadcast(server.connections, text))
    say_ready(next(iter(server.sockets)).getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
