"""What the server loads when it starts: heavy libraries wait for the request that needs them."""

import subprocess
import sys

HEAVY = ("xlsxwriter", "docx", "numpy", "pypdfium2", "python_calamine")
LOADING = f"""
import sys
import django
django.setup()
import thidua.config.wsgi, thidua.config.urls, thidua.config.wiring
print(*(name for name in {HEAVY!r} if name in sys.modules))
"""


def test_the_server_starts_without_heavy_libraries(tmp_path, monkeypatch):
    monkeypatch.setenv("THIDUA_HOME", str(tmp_path))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "thidua.config.settings")
    loaded = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOADING], capture_output=True, text=True, timeout=120, check=False
    )
    assert loaded.returncode == 0, loaded.stderr
    assert loaded.stdout.split() == []
