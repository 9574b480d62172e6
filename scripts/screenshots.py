"""Takes the pictures of the documents from the demo, in an installation of its own: `.venv/bin/python scripts/screenshots.py`."""

from __future__ import annotations

import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
COLOURS = 128
"""A page has few colours: a palette makes the picture a third as large and looks the same."""


def main() -> int:
    """Build the demo, serve it, take the pictures."""
    with tempfile.TemporaryDirectory(prefix="thidua-pictures-") as home:
        environment = {**os.environ, "THIDUA_HOME": home}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "thidua"]
        subprocess.run([*command, "migrate", "--verbosity", "0"], cwd=ROOT, env=environment, check=True)
        told = subprocess.run([*command, "demo"], cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout
        port = free_port()
        serving = [*command, "serve", "--port", str(port), "--workers", "1"]
        server = subprocess.Popen(serving, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/healthz")
            take(address, password=re.search(r"one password\): (\S+)", told).group(1))
        finally:
            server.terminate()
            server.wait(timeout=30)
    return 0


def take(address: str, password: str) -> None:
    """Sign in as the cluster's secretary and take the page of 2021 at the width of a desk."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=["--no-sandbox", "--force-color-profile=srgb"])
        page = browser.new_page(viewport={"width": 1440, "height": 900}, base_url=address, locale="vi-VN")
        page.goto("/tai-khoan/dang-nhap/")
        page.get_by_label("Tên đăng nhập").fill("thuky")
        page.get_by_label("Mật khẩu").fill(password)
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        page.get_by_role("link", name="Cụm", exact=True).click()
        page.get_by_role("link", name="2021", exact=True).click()
        page.evaluate("document.fonts.ready")
        keep(page.screenshot(full_page=True), IMAGES / "year.png")
        browser.close()


def keep(picture: bytes, path: Path) -> None:
    """Write the picture, small."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} kB")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, seconds: float = 60) -> None:
    """Until the server answers."""
    end = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


if __name__ == "__main__":
    sys.exit(main())
