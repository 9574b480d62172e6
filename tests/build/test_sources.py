"""Pins, lock files and scripts: what a fresh machine relies on."""

import ast
import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PINS = sorted((ROOT / "requirements").glob("*.txt"))


def pinned(path):
    found = {}
    for line in path.read_text().splitlines():
        if match := re.match(r"([A-Za-z0-9_.-]+)==([^\s;]+)", line):
            found.setdefault(canonicalize_name(match[1]), []).append(match[2])
    return found


@pytest.mark.parametrize("path", PINS, ids=lambda path: path.name)
def test_pins_have_hashes_and_no_addresses(path):
    text = path.read_text()
    assert "--hash=sha256:" in text
    assert not re.search(r"https?:|file:|--index|--find-links| @ ", text)


def test_pins_satisfy_the_declared_ranges():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    run = pinned(ROOT / "requirements" / "run.txt")
    for text in project["dependencies"]:
        need = Requirement(text)
        versions = run.get(canonicalize_name(need.name), [])
        assert versions, f"{need.name} is not pinned"
        assert all(need.specifier.contains(version) for version in versions), f"{need}: {versions}"


def test_all_environments_agree_on_one_version():
    together = pinned(ROOT / "requirements" / "dev.txt")
    for name in ("run", "build"):
        for package, versions in pinned(ROOT / "requirements" / f"{name}.txt").items():
            assert together.get(package) == versions, f"{package}: {name}.txt says {versions}, dev.txt {together.get(package)}"


def test_the_npm_lock_has_integrity_and_no_addresses():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    fetched = {name: entry for name, entry in packages.items() if name}
    assert fetched
    assert [name for name, entry in fetched.items() if "integrity" not in entry or "resolved" in entry] == []


def test_an_old_python_can_read_the_bootstrap_far_enough_to_say_what_is_wrong():
    ast.parse((ROOT / "scripts" / "bootstrap.py").read_text(), feature_version=(3, 7))


def test_every_icon_that_is_named_is_in_the_sprite():
    known = {line.strip() for line in (ROOT / "assets" / "icons.txt").read_text().splitlines()}
    used = {
        (name, path.relative_to(ROOT).as_posix())
        for path in (ROOT / "thidua").rglob("templates/**/*.html")
        for name in re.findall(r"{%\s*icon\s+['\"]([^'\"]+)['\"]|icons\.svg['\"]\s*%}#([\w-]+)", path.read_text())
        for name in name
        if name
    }
    assert {(name, path) for name, path in used if name not in known} == set()
