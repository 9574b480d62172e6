"""The console script `thidua`: which function answers which command. Commands on tables start without Django.

Any name that is not in COMMANDS is a management command of a slice (`thidua verify-journal` runs `verify_journal`). A function
takes the arguments after its name and returns the exit code; it is imported only when called.
"""

import importlib
import os
import sys
from collections.abc import Sequence

COMMANDS = {
    "check-criteria": "thidua.config.table_commands:check_criteria",
    "score": "thidua.config.table_commands:score",
    "rank": "thidua.config.table_commands:rank_units",
    "forecast-score": "thidua.config.forecast_command:forecast_score",
    "serve": "thidua.config.serving:serve",
    "worker": "thidua.config.serving:worker",
}
SETTINGS = "thidua.config.settings"

USAGE = """\
thidua LỆNH … / thidua COMMAND …

  check-criteria FILE                     kiểm tra bảng tiêu chí / check a criteria table
  score --criteria C --scores S [--json]  điểm của mọi đơn vị / every unit's points
  rank --criteria C --scores S [--json]   xếp hạng / the ranking
  forecast-score FILE [--json]            điểm dự báo / scores of forecasts
  serve [--host H] [--port P]             chạy phần mềm / run the application
  worker                                  chạy việc nền / run background tasks
  demo, invite, verify-journal, migrate…  các lệnh quản trị / management commands (thidua help)

thidua LỆNH --help / thidua COMMAND --help
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 holds, 1 the answer is no, 2 wrong use or unreadable input."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_unicode()
    if not arguments or arguments[0] in ("-h", "--help"):
        print(USAGE, end="", file=sys.stdout if arguments else sys.stderr)
        return 0 if arguments else 2
    name, rest = arguments[0], arguments[1:]
    os.umask(0o077)  # what an installation keeps is nobody else's on the machine
    try:
        return _run(name, rest)
    except SystemExit as ending:
        return _exit_code(ending)
    except BrokenPipeError:
        # The reader of our output went away (`thidua rank … | head`): nothing is left to say, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(name: str, rest: list[str]) -> int:
    target = COMMANDS.get(name)
    if target is None:
        return _run_management_command(name, rest)
    module, function = target.split(":")
    code: int = getattr(importlib.import_module(module), function)(rest)
    sys.stdout.flush()
    return code


def _run_management_command(name: str, rest: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django.db  # only where it is needed: the table commands never load it
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import ManagementUtility, get_commands

    try:
        django.setup()
    except (OSError, ValueError, ImproperlyConfigured) as error:
        print(f"thidua: thiết lập chưa đúng / the settings are not right: {error}", file=sys.stderr)
        return 2
    command = name.replace("-", "_")
    if command not in get_commands() and command != "help":
        print(f"thidua: không có lệnh / there is no command “{name}” (thidua --help)", file=sys.stderr)
        return 2
    try:
        ManagementUtility(["thidua", command, *rest]).execute()
    except django.db.DatabaseError as error:
        print(
            f"thidua: cơ sở dữ liệu chưa sẵn sàng, hãy chạy “thidua serve” trước / the database is not ready ({error})",
            file=sys.stderr,
        )
        return 2
    return 0


def _exit_code(ending: SystemExit) -> int:
    if ending.code is None or isinstance(ending.code, int):
        return ending.code or 0
    print(ending.code, file=sys.stderr)
    return 1


def _speak_unicode() -> None:
    """Vietnamese comes out right whatever the locale of the terminal says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
