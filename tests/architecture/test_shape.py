"""What import-linter cannot see: string foreign keys, templates, the doors between slices, sizes, docstrings and sentences."""

import ast
import configparser
import importlib
import re
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "thidua"
CONFIG = configparser.ConfigParser()
CONFIG.read(ROOT / ".importlinter")
LAYERS = [
    [name.strip().strip("()") for name in line.split("|")]
    for line in CONFIG["importlinter:contract:order-of-slices"]["layers"].split("\n")
    if line.strip()
]
HEIGHT = {name: -i for i, row in enumerate(LAYERS) for name in row}
DOORS = {"actions", "queries", "access", "models", "events", "rules"}
MORE_DOORS = {("paperwork", "papers")}  # drawing papers is what paperwork is for
OPEN_TO_ALL = {"web", "kernel", "audit", "files"}
MOST_LINES, MOST_FUNCTION_LINES = 400, 60

SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
OWN_SOURCES = [path for path in SOURCES if "tests" not in path.parts]
PAGES = sorted(PACKAGE.rglob("templates/**/*.html"))


def shown(path):
    return path.relative_to(ROOT).as_posix()


def slice_of(dotted):
    return dotted.split(".")[1]


def own_models():
    return [model for model in apps.get_models() if model.__module__.startswith("thidua.")]


def links(model):
    for field in model._meta.get_fields():
        target = field.related_model if field.concrete and field.is_relation else None
        if target is not None and target.__module__.startswith("thidua."):
            yield field, slice_of(target.__module__)


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@pytest.mark.parametrize("model", own_models(), ids=str)
def test_a_foreign_key_never_points_up(model):
    """The one exception: audit and files name the user by settings.AUTH_USER_MODEL, as any Django application may."""
    here = slice_of(model.__module__)
    for field, there in links(model):
        if here in {"audit", "files"} and field.related_model is get_user_model():
            continue
        assert there == here or HEIGHT[there] < HEIGHT[here], f"{model.__name__}.{field.name} -> {there}"


@pytest.mark.parametrize("model", own_models(), ids=str)
def test_a_foreign_key_into_another_slice_leaves_no_trace_there(model):
    here = slice_of(model.__module__)
    for field, there in links(model):
        # Django keeps "+" of a many-to-many as "_slice_model_field_+".
        hidden = (field.remote_field.related_name or "").endswith("+")
        assert there == here or hidden, f'{model.__name__}.{field.name} needs related_name="+"'


def ids(path):
    return shown(path)


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_a_template_uses_only_its_own_slice_and_the_web_base(page):
    own = page.relative_to(PACKAGE).parts[0]
    used = re.findall(r"{%\s*(?:extends|include)\s+['\"]([^'\"/]+)/", page.read_text())
    replaced = page.relative_to(PACKAGE).parts[2]  # templates of libraries are replaced under their own names
    assert set(used) <= {own, "web", replaced}


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_a_template_links_and_loads_only_downwards(page):
    own = page.relative_to(PACKAGE).parts[0]
    text = page.read_text()
    named = re.findall(r"{%\s*url\s+['\"](\w+):", text) + re.findall(r"{%\s*load\s+(\w+)_tags", text)
    assert [name for name in named if name in HEIGHT and name != own and HEIGHT[name] >= HEIGHT[own]] == []


@pytest.mark.parametrize("page", PAGES, ids=ids)
def test_a_template_has_no_inline_script_or_style(page):
    text = re.sub(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", "", page.read_text(), flags=re.S)
    wrong = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", text, flags=re.I)
    assert wrong == []


def test_slices_enter_each_other_only_by_the_doors():
    graph = grimp.build_graph("thidua")
    wrong = []
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            a, b = importer.split("."), imported.split(".")
            if len(a) < 2 or len(b) < 3 or a[1] == b[1] or a[1] in {"config", "__main__"} or b[1] in OPEN_TO_ALL or "tests" in a:
                continue
            if b[2] not in DOORS and (b[1], b[2]) not in MORE_DOORS:
                wrong.append(f"{importer} -> {imported}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_a_module_stays_short(path):
    count = len(path.read_text(encoding="utf-8").splitlines())
    assert count <= MOST_LINES, f"{shown(path)} has {count} lines"
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno + 1 > MOST_FUNCTION_LINES
    ]
    assert long == []


@pytest.mark.parametrize("path", OWN_SOURCES, ids=ids)
def test_what_is_public_says_what_it_is(path):
    module = tree(path)
    if not module.body or path.name in {"__init__.py", "apps.py"}:
        return
    bare = [] if ast.get_docstring(module) else ["the module"]
    for node in module.body:
        named = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if named and not ast.get_docstring(node) and not (path.parent.name == "commands" and node.name == "Command"):
            bare.append(node.name)
    helps = [node for node in ast.walk(module) if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "help"]
    if path.parent.name == "commands" and not helps:
        bare.append("the command's help")
    assert bare == [], f"{shown(path)}: no docstring for {', '.join(bare)}"


def refusals():
    """Every literal code given to Refused, or to a class built on it, with where it stands."""
    for path in OWN_SOURCES:
        for node in ast.walk(tree(path)):
            called = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if called in {"Refused", "Forbidden"}:
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value, f"{shown(path)}:{node.lineno}"


def sentences():
    """Every sentence of every slice by its code."""
    found = {}
    for path in sorted(PACKAGE.glob("*/sentences*")):
        found.update(importlib.import_module(f"thidua.{path.parent.name}.sentences").SENTENCES)
    return found


def test_every_refusal_has_a_sentence():
    spoken = sentences()
    silent = sorted({f"{code} ({place})" for code, place in refusals() if code not in spoken})
    assert not silent, "no sentence for:\n" + "\n".join(silent)


def test_a_sentence_belongs_to_its_slice():
    wrong = []
    for path in sorted(PACKAGE.glob("*/sentences*")):
        own = path.parent.name
        codes = importlib.import_module(f"thidua.{own}.sentences").SENTENCES
        wrong += [code for code in codes if code.split(".")[0] != own and not (own == "web" and code.startswith("kernel."))]
    assert wrong == []
