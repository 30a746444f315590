"""What stands between the network and gradio: few paths, small bodies, strict headers, Dutch.

As it comes, gradio serves uploads, a monitoring page and more under ``lang="en"`` without a
content security policy. This middleware passes what the page needs and nothing else.
"""

import re
import secrets
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

LARGEST_BODY = 65_536
DESCRIPTION = "Wat ministers antwoordden op Kamervragen: letterlijk geciteerd, met bron."

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

_API = "/gradio_api"
_PATHS = frozenset(
    {
        *("/", "/config", "/theme.css", "/favicon.ico", "/manifest.json", "/robots.txt"),
        *(f"{_API}/{name}" for name in ("queue/join", "queue/data", "app_id")),
    }
)
_FOLDERS = ("/assets/", "/static/", f"{_API}/heartbeat/")
_SOCIAL = re.compile(r'\s*<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')
# Gradio takes its language, and writes that of the page, from the visitor's browser.
_SPEAK_DUTCH = """<script>
for (const [name, value] of [["language", "nl"], ["languages", ["nl"]]])
  Object.defineProperty(navigator, name, { get: () => value });
</script>"""
_NO_SCRIPT = "<noscript><p>Deze pagina werkt alleen met JavaScript.</p></noscript>"


class Guard:
    """ASGI middleware; ``app`` is the application behind it."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on with headers; the page itself is read whole and rewritten."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if refusal := _refusal(scope):
            await _refuse(send, *refusal)
            return
        nonce = secrets.token_urlsafe(16)
        page = scope["path"] == "/"
        # A compressed page could not be rewritten.
        passed = {**scope, "headers": _without(scope["headers"], b"accept-encoding")} if page else scope
        await self._app(passed, receive, _Rewriter(send, nonce) if page else _Stamper(send, nonce))


def dutch(html: str, nonce: str) -> str:
    """Gradio's page made Dutch, without its own advertising, every script allowed by ``nonce``."""
    html = re.sub(r'(<html[^>]*\slang=)"en"', r'\1"nl"', html, count=1)
    html = _SOCIAL.sub("", html)
    html = html.replace("<head>", f'<head><meta name="description" content="{DESCRIPTION}">{_SPEAK_DUTCH}', 1)
    html = html.replace("<script", f'<script nonce="{nonce}"')
    return html.replace("</body>", f"{_NO_SCRIPT}</body>", 1)


def policy(nonce: str) -> str:
    """The content security policy: nothing from elsewhere, no script that the server did not write.

    Gradio builds its HTML component with ``Function``, hence ``unsafe-eval``.
    """
    rules = (
        "default-src 'self'",
        f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
        "script-src-attr 'none'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
    return "; ".join(rules)


class _Stamper:
    """Adds the headers to an answer that passes."""

    def __init__(self, send: Send, nonce: str) -> None:
        self._send = send
        self._nonce = nonce

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": _stamped(message["headers"], self._nonce)}
        await self._send(message)


class _Rewriter:
    """Holds the page back until it is whole, then sends it rewritten."""

    def __init__(self, send: Send, nonce: str) -> None:
        self._send = send
        self._nonce = nonce
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = dutch(self._body.decode(), self._nonce).encode()
        kept = _without(self._start["headers"], b"content-length", b"cache-control")
        size = (b"content-length", str(len(body)).encode())
        # The nonce is of this answer alone: a stored copy would be refused its own scripts.
        headers = _stamped([*kept, size, (b"cache-control", b"no-store")], self._nonce)
        await self._send({**self._start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def _refusal(scope: Scope) -> tuple[int, str] | None:
    path = scope["path"]
    if path not in _PATHS and not path.startswith(_FOLDERS):
        return 404, "Deze pagina bestaat niet."
    if scope["method"] in ("GET", "HEAD"):
        return None
    size = dict(scope["headers"]).get(b"content-length", b"")
    if not size.isdigit():
        return 411, "De lengte van het bericht ontbreekt."
    if int(size) > LARGEST_BODY:
        return 413, f"Het bericht is te groot: hooguit {LARGEST_BODY} bytes."
    return None


async def _refuse(send: Send, status: int, reason: str) -> None:
    headers = _stamped([(b"content-type", b"text/plain; charset=utf-8")], secrets.token_urlsafe(16))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": reason.encode()})


def _stamped(headers: Iterable[tuple[bytes, bytes]], nonce: str) -> Headers:
    added = {
        b"content-security-policy": policy(nonce).encode(),
        b"x-content-type-options": b"nosniff",
        b"x-frame-options": b"DENY",
        b"referrer-policy": b"no-referrer",
        b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
        b"cross-origin-opener-policy": b"same-origin",
    }
    return [*_without(headers, *added), *added.items()]


def _without(headers: Iterable[tuple[bytes, bytes]], *names: bytes) -> Headers:
    return [(name, value) for name, value in headers if name.lower() not in names]
