"""A server on loopback that speaks the chat completions of OpenAI and answers as a test tells it to."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Reply:
    """One answer: its text, how it ended, the HTTP status, and how long to wait before."""

    text: str = "{}"
    finish: str = "stop"
    status: int = 200
    wait: float = 0.0
    body: bytes | None = None


@dataclass
class Script:
    """What the server answers to each request, and the requests that it got with their headers."""

    answer: Callable[[dict[str, Any]], Reply]
    requests: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    address: str = ""


def answering(*replies: Reply) -> Callable[[dict[str, Any]], Reply]:
    """The replies one after the other, the last one again and again."""
    left = list(replies)
    return lambda request: left.pop(0) if len(left) > 1 else left[0]


@contextmanager
def serving(answer: Callable[[dict[str, Any]], Reply]) -> Iterator[Script]:
    """The running server with its address."""
    script = Script(answer)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(script))
    server.daemon_threads = True
    script.address = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(script: Script) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            script.requests.append(request)
            script.keys.append(self.headers.get("Authorization", ""))
            reply = script.answer(request)
            time.sleep(reply.wait)
            try:
                self._send(reply, _completion(reply, request) if reply.body is None else reply.body)
            except OSError:
                self.close_connection = True

        def _send(self, reply: Reply, body: bytes) -> None:
            self.send_response(reply.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return Handler


def _completion(reply: Reply, request: dict[str, Any]) -> bytes:
    message = {"role": "assistant", "content": reply.text}
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    choice = {"index": 0, "message": message, "finish_reason": reply.finish}
    record = {"id": "1", "object": "chat.completion", "created": 0, "model": request["model"]}
    return json.dumps(record | {"choices": [choice], "usage": usage}).encode()
