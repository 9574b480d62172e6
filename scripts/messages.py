"""Messages: msgids are Vietnamese, the source language; each slice keeps its English in its own locale folder.

messages.py            collect msgids from every slice's Python and templates into locale/en/LC_MESSAGES/django.po
messages.py --compile  write the .mo files
messages.py --check    list what is not collected or not translated; exit 1 if anything is
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "thidua"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "gettext_noop": None,
    "_": None,
}
SKIPPED = {"tests", "migrations", "static"}
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|(?<!\{)\{\w*(?::\w+)?\}(?!\})")


def slices() -> list[Path]:
    """The slices' folders."""
    return sorted(path for path in PACKAGE.iterdir() if (path / "__init__.py").exists())


def po_of(folder: Path) -> Path:
    """Where a slice's English stands."""
    return folder / "locale" / "en" / "LC_MESSAGES" / "django.po"


def texts(folder: Path) -> list[tuple[Path, str]]:
    """Every source of a slice as Python text: templates through Django's own translator."""
    import django
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    found = []
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("templates/**/*")]):
        if not path.is_file() or SKIPPED & set(path.relative_to(folder).parts):
            continue
        if path.suffix in {".py", ".html", ".txt"}:
            text = path.read_text(encoding="utf-8")
            found.append((path, text if path.suffix == ".py" else without_indents(templatize(text, origin=str(path)))))
    return found


def without_indents(text: str) -> str:
    """A template's indents mean nothing, but Python's tokenizer would stumble over them."""
    return re.sub(r"^[ \t]+", "", text, flags=re.MULTILINE)


def collect(folder: Path) -> Catalog:
    """The msgids that a slice's sources use now."""
    catalog = Catalog(locale="en", project="thidua", charset="utf-8", fuzzy=False)
    for path, text in texts(folder):
        place = path.relative_to(ROOT).as_posix()
        for _, msgid, _, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
            if msgid and msgid != "":
                catalog.add(msgid, locations=[(place, 0)], context=context)
    return catalog


def stored(folder: Path) -> Catalog | None:
    """The slice's catalogue as it stands in its file."""
    path = po_of(folder)
    if not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file, locale="en")


def update(folder: Path) -> int:
    """Bring the file up to the sources, keeping translations; how many messages it has."""
    now, before = collect(folder), stored(folder)
    if not len(now):
        return 0
    if before is not None:
        for message in now:
            old = before.get(message.id, message.context) if message.id else None
            if old is not None:
                message.string = old.string
    path = po_of(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, now, width=120, sort_output=True, omit_header=True, include_lineno=False)
    header = (
        b'# English of the slice; msgids are Vietnamese, the source language.\nmsgid ""\nmsgstr ""\n"Language: en\\n"\n'
        b'"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        b'"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    )
    path.write_bytes(header + out.getvalue())
    return len(now)


def compile_all() -> None:
    """Write every .mo beside its .po."""
    for folder in slices():
        catalog = stored(folder)
        if catalog is not None:
            with po_of(folder).with_suffix(".mo").open("wb") as file:
                write_mo(file, catalog)


def spoken(string: object) -> list[str]:
    """A message's string or strings, plural included, as a list."""
    return [str(part) for part in (string if isinstance(string, (list, tuple)) else [string])]


def troubles(folder: Path) -> list[str]:
    """What a slice's English lacks."""
    before, found = stored(folder), []
    for message in collect(folder):
        if not message.id:
            continue
        ids = spoken(message.id)
        old = before.get(message.id, message.context) if before is not None else None
        if old is None:
            found.append(f"{folder.name}: not collected: {ids[0]}")
        elif not all(spoken(old.string)) or not old.string:
            found.append(f"{folder.name}: not translated: {ids[0]}")
        elif set(PLACES.findall(ids[-1])) != set(PLACES.findall(spoken(old.string)[-1])):
            found.append(f"{folder.name}: other placeholders than the original: {ids[0]}")
    return found


def main() -> int:
    """Collect, compile or check."""
    if "--compile" in sys.argv:
        compile_all()
        return 0
    if "--check" in sys.argv:
        found = [line for folder in slices() for line in troubles(folder)]
        print("\n".join(found) or "messages: all translated")
        return 1 if found else 0
    for folder in slices():
        count = update(folder)
        if count:
            print(f"{folder.name}: {count} messages, {len(troubles(folder))} to do")
    compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
