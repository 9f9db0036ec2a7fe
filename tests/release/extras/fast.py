"""Without a transport, aiohttp sends what is sent on asyncio."""

import asyncio
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from pixivkit import AccessToken, Hosts, Pixiv


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = b'{"emoji_definitions": []}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


async def main() -> None:
    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    hosts = Hosts(app=f"http://127.0.0.1:{server.server_port}")
    async with Pixiv(app=AccessToken("a-token"), hosts=hosts, pace=None) as px:
        assert await px.app.emoji() == []
    assert "aiohttp" in sys.modules
    server.shutdown()
    server.server_close()


asyncio.run(main())
