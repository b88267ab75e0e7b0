"""The whole product as `make run` serves it, on a port of its own."""

import uvloop

from bench.servers.uvicorn_server import serve
from services.asgi import application

if __name__ == "__main__":
    uvloop.run(serve(application, lambda: None))
