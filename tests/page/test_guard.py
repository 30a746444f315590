"""What the server lets through, and what it says about itself."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app import make_page
from rag import Retriever
from rag.page.blocks import web_app
from rag.page.guard import LARGEST_BODY, dutch


@dataclass(frozen=True)
class Client:
    """Requests to the application itself, no network between."""

    app: FastAPI

    def get(self, path: str) -> httpx.Response:
        return self.request("GET", path)

    def post(self, path: str, **content: Any) -> httpx.Response:
        return self.request("POST", path, **content)

    def request(self, method: str, path: str, **content: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
                return await client.request(method, path, **content)

        return asyncio.run(send())


@pytest.fixture(scope="module")
def client(sample_index: Path) -> Client:
    async def made() -> FastAPI:
        # Within a running loop; outside one, gradio opens a loop that it never closes.
        return web_app(make_page(Retriever.open(sample_index)))

    return Client(asyncio.run(made()))


def test_page_is_dutch_and_loads_nothing_from_elsewhere(client: Client) -> None:
    html = client.get("/").text
    assert '<html\n\tlang="nl"' in html
    loaded = re.findall(r'<(?:script|link|img|iframe)[^>]*\s(?:src|href)="([^"]*)"', html)
    assert loaded
    assert not [url for url in loaded if not url.startswith(("./", "/"))]
    assert 'content="https://' not in html


def test_every_script_of_the_page_carries_the_nonce_of_its_policy(client: Client) -> None:
    first, second = client.get("/"), client.get("/")
    nonces = [re.search(r"'nonce-([^']+)'", r.headers["content-security-policy"]) for r in (first, second)]
    assert nonces[0]
    assert nonces[1]
    assert nonces[0][1] != nonces[1][1]
    assert first.text.count("<script") == first.text.count(f'<script nonce="{nonces[0][1]}"') > 0
    assert first.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/theme.css", "/nergens"])
def test_headers_stand_on_every_answer(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    "path",
    [
        "/monitoring",
        "/monitoring/summary",
        "/docs",
        "/openapi.json",
        "/gradio_api/openapi.json",
        "/gradio_api/upload",
        "/gradio_api/runs",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=http://voorbeeld.invalid",
        "/gradio_api/call/ask",
        "/gradio_api/run/ask",
        "/login",
    ],
)
def test_what_the_page_does_not_need_is_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path, json={}).status_code == 404


def test_large_body_is_refused(client: Client) -> None:
    body = {"data": ["x" * LARGEST_BODY]}
    assert client.post("/gradio_api/queue/join", json=body).status_code == 413


def test_body_of_unknown_length_is_refused(client: Client) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"{}"

    assert client.post("/gradio_api/queue/join", content=pieces()).status_code == 411


def test_folder_cannot_be_left(client: Client) -> None:
    for path in ("/assets/../../__init__.py", "/static/%2e%2e/%2e%2e/routes.py"):
        assert client.get(path).status_code in (403, 404)


def test_rewriting_keeps_what_it_does_not_know() -> None:
    html = '<html><head></head><body><p lang="en">Text</p></body></html>'
    assert '<p lang="en">Text</p>' in dutch(html, "n")


def test_gradio_stays_out_of_the_library() -> None:
    for file in (Path(__file__).parent.parent.parent / "rag").rglob("*.py"):
        if file.name != "blocks.py":
            assert not re.search(r"^\s*(import|from) gradio", file.read_text(encoding="utf-8"), re.MULTILINE)
