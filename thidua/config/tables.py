"""What all commands on tables share: options, reading a file, one sentence for what cannot be used, JSON. No Django."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from thidua.criteria.papers import read_table
from thidua.criteria.rules import Problem, sentence
from thidua.criteria.rules.wording import PROBLEMS, Language, Sentences
from thidua.kernel.errors import Refused

HOLDS, NO, UNREADABLE = 0, 1, 2


class Unreadable(Exception):
    """Input that cannot be used; the message is the one sentence to print."""


class _Parser(argparse.ArgumentParser):
    """argparse that answers wrong use with one sentence and code 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(UNREADABLE, f"{self.prog}: {message} ({self.prog} --help)\n")


def parser_of(name: str, description: str) -> argparse.ArgumentParser:
    """The parser of a command, with `--lang`."""
    parser = _Parser(prog=f"thidua {name}", description=description, allow_abbrev=False)
    default = "en" if os.environ.get("THIDUA_LANG", "").lower().startswith("en") else "vi"
    parser.add_argument("--lang", choices=("vi", "en"), default=default, help="ngôn ngữ / language")
    return parser


def answer(options: argparse.Namespace, command: Callable[[argparse.Namespace], int]) -> int:
    """Runs the command; what is Unreadable goes to standard error with code 2, and so does an output that cannot be written."""
    try:
        code = command(options)
        sys.stdout.flush()
        return code
    except Unreadable as refusal:
        print(refusal, file=sys.stderr)
    except BrokenPipeError:
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nothing is written any more, not even at exit
        words = either(options.lang, "Không ghi được kết quả", "The answer cannot be written")
        print(f"{words} ({error.strerror})", file=sys.stderr)
    return UNREADABLE


def rows_of(path: str, language: Language) -> list[list[str]]:
    """The cells of the file; Unreadable where it is no table."""
    try:
        return read_table(path)
    except Refused as refusal:
        raise Unreadable(f"{path}: {told(refusal, language)}") from None


def told(refusal: Refused, language: Language, sentences: Sentences = PROBLEMS) -> str:
    """A refusal in words, with its row and column."""
    row, column = refusal.facts.get("row"), refusal.facts.get("column")
    problem = Problem(
        refusal.code, row if isinstance(row, int) else None, column if isinstance(column, str) else None, refusal.facts
    )
    return sentence(problem, language, sentences)


def first_of(path: str, problems: Sequence[Problem], language: Language, sentences: Sentences = PROBLEMS) -> str:
    """The first problem in words, and how many more there are."""
    more = len(problems) - 1
    rest = either(language, f" (và {more} lỗi khác)", f" (and {more} more)") if more else ""
    return f"{path}: {sentence(problems[0], language, sentences)}{rest}"


def either(language: Language, vietnamese: str, english: str) -> str:
    """The words in the language asked for."""
    return vietnamese if language == "vi" else english


def print_json(records: Sequence[dict[str, object]]) -> None:
    """The records for other programs: valid JSON, never NaN or Infinity."""
    print(json.dumps(records, ensure_ascii=False, indent=2, allow_nan=False))
