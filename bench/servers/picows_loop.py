"""picows: websockets in C, on uvloop; its send() in a loop is its broadcast."""

import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest, ws_create_server

from bench.servers import PAYLOAD, at_each_line, say_ready

LISTENERS: set["Listener"] = set()


class Listener(WSListener):
    transport: WSTransport

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport
        LISTENERS.add(self)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        LISTENERS.discard(self)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.CLOSE:
            transport.disconnect()


def make_listener(request: WSUpgradeRequest) -> Listener:
    return Listener()


def send_all() -> None:
    for listener in LISTENERS:
        listener.transport.send(WSMsgType.TEXT, PAYLOAD)


async def main() -> None:
    server = await ws_create_server(make_listener, "127.0.0.1", 0, backlog=4096, enable_auto_ping=False)
    at_each_line(send_all)
    say_ready(server.sockets[0].getsockname()[1])
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
