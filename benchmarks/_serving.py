"""A whole thidua server for a benchmark: started as an operator starts it, watched through /proc, spoken to over HTTP."""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TICK = os.sysconf("SC_CLK_TCK")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Server:
    """A running server: its process, every process below it, and its address."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.pid, self.port = process.pid, port

    def processes(self) -> list[int]:
        """The server and all its descendants."""
        parents = {}
        for entry in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                parents[int(entry.parent.name)] = int(_stat(entry)[1])
        found = [self.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def cpu_seconds(self) -> float:
        """User and system time of all processes so far."""
        ticks = 0
        for pid in self.processes():
            fields = _stat(Path(f"/proc/{pid}/stat"))
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICK

    def memory(self) -> int:
        """Bytes of memory of all processes: what they share is counted once (PSS)."""
        return sum(_pss(pid) for pid in self.processes())

    def sign_in(self, username: str, password: str) -> str:
        """Sign in through the form; the cookies for later requests."""
        jar = CookieJar()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        address = f"http://127.0.0.1:{self.port}/tai-khoan/dang-nhap/"
        page = browser.open(address).read().decode()
        typed = {"login": username, "password": password, "csrfmiddlewaretoken": TOKEN.search(page)[1]}
        browser.open(urllib.request.Request(address, urllib.parse.urlencode(typed).encode(), {"Referer": address}))
        if not any(cookie.name == "sessionid" for cookie in jar):
            raise SystemExit(f"{username} could not sign in")
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)

    def connect(self) -> http.client.HTTPConnection:
        """A connection that is kept alive."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)


def get(connection: http.client.HTTPConnection, path: str, cookies: str) -> str:
    """The page at the path; anything but 200 ends the benchmark."""
    connection.request("GET", path, headers={"Cookie": cookies})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}")
    return body.decode()


@contextlib.contextmanager
def serving(home: Path, settings: str) -> Iterator[Server]:
    """`thidua serve` with its usual two workers on a free port, until the block ends."""
    port = _free_port()
    environment = {**os.environ, "THIDUA_HOME": str(home), "DJANGO_SETTINGS_MODULE": settings}
    command = [sys.executable, "-m", "thidua", "serve", "--port", str(port), "--quiet"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait_until_answering(process, port)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_answering(process: subprocess.Popen[bytes], port: int) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def _stat(path: Path) -> list[str]:
    """The fields of /proc/<pid>/stat after the name of the program, which may hold anything."""
    return path.read_text().rpartition(")")[2].split()


def _pss(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0
