"""What docs/ says about the code and the screen is so."""

import re
from functools import cache
from pathlib import Path
from pkgutil import resolve_name

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
GUIDE = sorted((DOCS / "huong-dan").glob("*.md"))
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
NAMES = re.findall(r"\| `(thidua\.[\w.]+)` \|$", (DOCS / "glossary.md").read_text(), re.MULTILINE)


@cache
def said_on_screen() -> str:
    """All source text in which a label could stand, white space single."""
    sources = [path for ending in ("*.html", "*.py") for path in (ROOT / "thidua").rglob(ending) if "tests" not in path.parts]
    return " ".join(" ".join(path.read_text() for path in sources).split())


def anchor(heading: str) -> str:
    """The address of a heading as code hosts make it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def test_the_glossary_names_code():
    rows = [line for line in (DOCS / "glossary.md").read_text().splitlines() if line.startswith("| ")][1:]
    assert len(NAMES) == len(rows) > 30


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_the_glossary_is_in_the_package(name):
    resolve_name(name)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_links_lead_to_files_and_headings(page):
    for target in LINK.findall(page.read_text()):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), target
        if fragment:
            headings = re.findall(r"^#+ (.+)$", there.read_text(), re.MULTILINE)
            assert fragment in {anchor(heading) for heading in headings}, target


@pytest.mark.parametrize("page", GUIDE, ids=lambda page: page.name)
def test_words_in_bold_stand_on_the_screen(page):
    labels = {label.strip(". ") for label in re.findall(r"\*\*([^*]+)\*\*", page.read_text())} - {"đậm"}
    assert len(labels) > 30
    assert sorted(label for label in labels if label not in said_on_screen()) == []
