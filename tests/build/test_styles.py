"""The built stylesheet knows every class that a template names."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHEET = ROOT / "thidua" / "web" / "static" / "web" / "thidua.css"


def test_every_class_in_a_template_has_a_rule():
    known = {name.replace("\\", "") for name in re.findall(r"\.((?:[A-Za-z_-]|\\.)(?:[\w-]|\\.)*)", SHEET.read_text())}
    unknown = set()
    for path in (ROOT / "thidua").rglob("templates/**/*.html"):
        for value in re.findall(r"class=\"([^\"]*)\"", re.sub(r"{%.*?%}|{{.*?}}", "¤", path.read_text())):
            names = [name for name in value.split() if "¤" not in name]
            unknown |= {(name, path.relative_to(ROOT).as_posix()) for name in names if name not in known}
    assert sorted(unknown) == []


def test_the_stylesheet_stays_small():
    assert SHEET.stat().st_size < 120_000
