from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from cnnbook.data import fetching
from cnnbook.data.fetching import fetch

CONTENT = b"sixty thousand digits" * 100
SUM = sha256(CONTENT).hexdigest()


class Mirror(BaseHTTPRequestHandler):
    """Gives the file, the file with a wrong byte, half of it, or an error, as the path says."""

    def do_GET(self):
        self.server.asked.append(self.path)
        kind = self.path.split("/")[1]
        self.send_response(404 if kind == "gone" else 200)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        body = {"whole": CONTENT, "half": CONTENT[:1000], "wrong": CONTENT[:-1] + b"!", "gone": CONTENT}[kind]
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def mirror(tmp_path, monkeypatch):
    """A mirror on this machine, and an empty folder for caches."""
    monkeypatch.setattr(fetching, "cache_folder", lambda: tmp_path / "cache")
    with HTTPServer(("127.0.0.1", 0), Mirror) as server:
        server.asked = []
        Thread(target=server.serve_forever, daemon=True).start()
        server.address = f"http://127.0.0.1:{server.server_port}"
        yield server
        server.shutdown()


def addresses(mirror, *kinds):
    return [f"{mirror.address}/{kind}/file.gz" for kind in kinds]


def test_a_file_is_fetched_once_and_kept(mirror, tmp_path):
    for _ in range(2):
        path = fetch(addresses(mirror, "whole"), SUM, Path("mnist/file.gz"))
        assert path == tmp_path / "cache" / "mnist" / "file.gz"
        assert path.read_bytes() == CONTENT
    assert mirror.asked == ["/whole/file.gz"]


def test_mirrors_are_tried_in_turn(mirror):
    path = fetch(addresses(mirror, "gone", "half", "wrong", "whole"), SUM, Path("mnist/file.gz"))
    assert path.read_bytes() == CONTENT
    assert mirror.asked == ["/gone/file.gz", "/half/file.gz", "/wrong/file.gz", "/whole/file.gz"]


def test_nothing_is_left_of_what_was_not_whole(mirror, tmp_path):
    with pytest.raises(
        OSError, match=r"fetch: no mirror gave mnist/file.gz: .*half.*wrong.* set CNNBOOK_DATA"
    ):
        fetch(addresses(mirror, "half", "wrong"), SUM, Path("mnist/file.gz"))
    assert [path.name for path in (tmp_path / "cache" / "mnist").iterdir()] == ["file.gz.lock"]


def test_a_kept_file_that_was_damaged_is_fetched_again(mirror):
    path = fetch(addresses(mirror, "whole"), SUM, Path("mnist/file.gz"))
    path.write_bytes(CONTENT[:50])
    assert fetch(addresses(mirror, "whole"), SUM, Path("mnist/file.gz")).read_bytes() == CONTENT
    assert len(mirror.asked) == 2


def test_without_a_network(tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "cache_folder", lambda: tmp_path)
    with pytest.raises(
        OSError, match=r"no mirror gave a/b.gz: http://127.0.0.1:1/ \(\w+\); try again with a netw"
    ):
        fetch(["http://127.0.0.1:1/"], SUM, Path("a/b.gz"))
