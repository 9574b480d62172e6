"""The installed program in its own process: it serves, refuses a taken port, ends quietly."""

import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request

import pytest

from thidua.config.serving import port_trouble


@pytest.fixture
def free_port():
    """A port kept for the test until it ends. A port let go before the server binds it may be anybody's by then; this socket is
    bound but does not listen, which keeps every other program away, and not a server that asks for the address with
    SO_REUSEADDR as servers do."""
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def start(home, *arguments):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"THIDUA_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, "-c", "import sys; from thidua.config.cli import main; sys.exit(main())", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def answer(address):
    request = urllib.request.urlopen(address, timeout=5)
    return request.status, request.headers, request.read()


def announced(server):
    """What the server printed up to the line that says it answers. It prints that from a thread of its own, a moment after it
    begins to: a test that only asked the address could end the server before the line was out."""
    said, patience = "", threading.Timer(90, server.kill)
    patience.start()
    for line in server.stdout:
        said += line
        if "http://" in line:
            patience.cancel()
            return said
    raise AssertionError((said, *server.communicate()))


def test_serve_prepares_answers_and_ends_on_interrupt(tmp_path, free_port):
    server = start(tmp_path, "serve", "--port", str(free_port), "--workers", "1")
    try:
        base = f"http://127.0.0.1:{free_port}"
        assert base in announced(server)
        assert answer(base + "/healthz")[0] == 200
        status, headers, page = answer(base + "/")  # somewhere an anonymous visitor may be
        assert status == 200
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        sheet = page.decode().split('rel="stylesheet" href="')[1].split('"')[0]
        compressed = urllib.request.urlopen(urllib.request.Request(base + sheet, headers={"Accept-Encoding": "br"}), timeout=5)
        assert compressed.headers["Content-Encoding"] == "br"
        assert "immutable" in compressed.headers["Cache-Control"]
        assert (tmp_path / "thidua.sqlite3").exists()
    finally:
        server.send_signal(signal.SIGINT)
    _, trouble = server.communicate(timeout=30)
    assert server.returncode == 0, trouble
    assert "Traceback" not in trouble


def test_a_taken_port_is_one_sentence_and_exit_2(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        server = start(tmp_path, "serve", "--port", str(taken.getsockname()[1]))
        _, trouble = server.communicate(timeout=30)
    assert server.returncode == 2
    assert len(trouble.strip().splitlines()) == 1
    assert "Cổng" in trouble


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 0), ("127.0.0.1", 70000), ("no.such.host.invalid", 8000)])
def test_an_impossible_address_is_one_sentence(host, port):
    assert port_trouble(host, port)


def test_a_database_that_cannot_be_used_is_one_sentence(tmp_path, free_port):
    (tmp_path / "thidua.sqlite3").write_text("this is not a database, it is a shopping list" * 100)
    server = start(tmp_path, "serve", "--port", str(free_port))
    _, trouble = server.communicate(timeout=30)
    assert server.returncode == 2
    assert len(trouble.strip().splitlines()) == 1, trouble
    assert "cơ sở dữ liệu" in trouble
