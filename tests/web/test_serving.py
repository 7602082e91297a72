"""The built app over HTTP: pages, files, how long they are kept, and what is none of the app's."""

import re
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from marketplace.app import create_app
from marketplace.settings import Settings
from marketplace.web.serving import WebApp

pytestmark = pytest.mark.anyio
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def client(tmp_path: Path) -> httpx.AsyncClient:
    """A client of the application before it is started: no page needs the database."""
    transport = httpx.ASGITransport(app=create_app(Settings(folder=tmp_path)))
    return httpx.AsyncClient(transport=transport, base_url="http://lumbung.test")


async def test_every_address_of_the_app_is_its_page(client: httpx.AsyncClient) -> None:
    for path in ("/", "/cari", "/pesanan/abc", "/nowhere"):
        page = await client.get(path, headers=HTML)
        assert page.status_code == 200, path
        assert page.headers["content-type"].startswith("text/html")
        assert page.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "area"),
    [("/", "shop"), ("/jualan", "shop"), ("/index", "shop"), ("/jual", "seller"), ("/loket/bukti/baru", "counter")],
)
async def test_a_page_names_the_script_of_its_area(client: httpx.AsyncClient, path: str, area: str) -> None:
    page = await client.get(path, headers=HTML)
    named = re.findall(r'modulepreload" crossorigin href="/assets/([a-z]+)-[^"]+"', page.text)
    assert set(named) - {"rolldown"} == {area}


async def test_the_policy_lets_no_script_in_that_is_not_the_nodes(client: httpx.AsyncClient) -> None:
    page = await client.get("/", headers=HTML)
    policy = dict(part.split(" ", 1) for part in page.headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", page.text)
    named = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert named
    assert all(address.startswith("/") and not address.startswith("//") for address in named)


async def test_only_named_map_tiles_are_let_in(tmp_path: Path) -> None:
    named = {"map_tiles_url": "https://tile.example/{z}/{x}/{y}.png", "map_tiles_credit": '© "OSM"'}
    transport = httpx.ASGITransport(app=create_app(Settings(folder=tmp_path, **named)))
    async with httpx.AsyncClient(transport=transport, base_url="http://lumbung.test") as asking:
        page = await asking.get("/loket/antaran", headers=HTML)
    assert 'content="https://tile.example/{z}/{x}/{y}.png" data-credit="© &quot;OSM&quot;"' in page.text
    policy = page.headers["content-security-policy"]
    assert "img-src 'self' blob: data: https://tile.example;" in policy
    assert "script-src 'self';" in policy
    for wrong in ("https://tile.example/{z}/{x}.png", "javascript:{z}{x}{y}", "https://a.example;b/{z}/{x}/{y}"):
        with pytest.raises(ValueError, match="map_tiles_url"):
            Settings(folder=tmp_path, map_tiles_url=wrong)


async def test_a_file_with_its_digest_is_kept_and_the_rest_asked_anew(client: httpx.AsyncClient) -> None:
    page = await client.get("/", headers=HTML)
    script = re.findall(r'src="(/assets/[^"]+\.js)"', page.text)[0]
    for encoding in ("br", "gzip", "identity"):
        answer = await client.get(script, headers={"Accept-Encoding": encoding})
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-type"].startswith("text/javascript")
        assert answer.headers["vary"].startswith("Accept-Encoding")
        assert answer.headers.get("content-encoding", "identity") == encoding
    worker = await client.get("/service-worker.js")
    assert worker.headers["cache-control"] == "no-cache"
    again = await client.get("/service-worker.js", headers={"If-None-Match": worker.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    manifest = await client.get("/app.webmanifest")
    assert manifest.headers["content-type"] == "application/manifest+json"


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/nowhere", {"Accept": "application/json"}, 404),  # a program is not shown a page
        ("POST", "/nowhere", HTML, 404),
        ("GET", "/assets/absent.js", HTML, 404),  # a file that is gone is no page
        ("GET", "/../settings.py", HTML, 404),
        ("GET", "/assets/%2e%2e/%2e%2e/serving.py", HTML, 404),
        ("GET", "/.sources", HTML, 404),
        ("GET", "/jual.html", HTML, 404),  # an area's page has its area's addresses alone
        ("GET", "/healthz", HTML, 200),
        ("GET", "/images/absent.webp", HTML, 404),
    ],
)
async def test_what_is_none_of_the_apps_stays_what_it_was(
    client: httpx.AsyncClient, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = await client.request(method, path, headers=headers)
    assert answer.status_code == status
    assert "<div id=" not in answer.text


async def test_a_node_without_the_app_says_so() -> None:
    bare = Starlette()
    bare.router.default = WebApp(otherwise=bare.router.not_found, files={})
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=bare), base_url="http://lumbung.test") as asking:
        page = await asking.get("/", headers=HTML)
    assert page.status_code == 404
    assert "lumbung web build" in page.text
