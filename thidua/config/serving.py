"""Serving an installation: `thidua serve` and `thidua worker`."""

from __future__ import annotations

import argparse
import contextlib
import errno
import gc
import hashlib
import logging
import multiprocessing
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

QUEUES = ["*"]
TASK_POLL_SECONDS = 2.0
THREADS = 4  # requests that one process answers at a time; each holds a database connection


def serve(argv: list[str]) -> int:
    """`thidua serve`: prepare the installation where needed, then answer requests until stopped."""
    options = _serve_options(argv)
    if trouble := port_trouble(options.host, options.port):
        print(trouble, file=sys.stderr)
        return 2
    if trouble := _prepare(quiet=options.quiet):
        print(trouble, file=sys.stderr)
        return 2
    _load_everything()
    tasks = _start_task_worker() if options.tasks else None
    try:
        _run_granian(options, lambda: _announce(options))
    except KeyboardInterrupt:
        pass
    except SystemExit as end:
        return 1 if end.code else 0
    finally:
        _stop(tasks)
    return 0


def worker(argv: list[str]) -> int:
    """`thidua worker`: carry out background tasks until stopped."""
    parser = argparse.ArgumentParser(prog="thidua worker", description="Chạy các việc nền / run background tasks.")
    parser.add_argument("--interval", type=float, default=TASK_POLL_SECONDS, help="seconds between two looks at the queue")
    parser.add_argument("--once", action="store_true", help="do what is queued now, then stop")
    options = parser.parse_args(argv)
    if trouble := _prepare(quiet=True):
        print(trouble, file=sys.stderr)
        return 2
    _new_task_worker(options.interval, batch=options.once, listen=True).run()
    return 0


def port_trouble(host: str, port: int) -> str | None:
    """One sentence when nothing could listen at host:port, else None."""
    if not 0 < port < 65536:
        return f"Cổng {port} không hợp lệ: chọn từ 1 đến 65535. [Port {port} is not between 1 and 65535.]"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        return f"Không có địa chỉ «{host}» trên máy này. [No address {host!r} on this machine.]"
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return (
                f"Cổng {port} đang có chương trình khác dùng: chọn cổng khác, ví dụ --port {port + 1} "
                f"(hoặc make run PORT={port + 1}). [Port {port} is taken.]"
            )
        if error.errno == errno.EACCES:
            return f"Không được phép mở cổng {port}: chọn cổng từ 1024 trở lên. [Not allowed to open port {port}.]"
        return f"Không mở được {host}:{port}: {error.strerror}. [Cannot listen there.]"
    return None


def _serve_options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="thidua serve", description="Phục vụ thidua qua HTTP / serve thidua over HTTP.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="processes that answer requests (default 2)")
    parser.add_argument("--no-tasks", dest="tasks", action="store_false", help="leave background tasks to `thidua worker`")
    parser.add_argument("--quiet", action="store_true", help="print nothing but trouble")
    return parser.parse_args(argv)


def _prepare(*, quiet: bool) -> str | None:
    """Set Django up, bring the database and the static files up to date; one sentence if that cannot be."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.config.settings")
    try:
        import django

        django.setup()
        _migrate(quiet)
        _collect_static(quiet)
    except PermissionError as error:
        return f"Không ghi được vào «{error.filename}»: kiểm tra THIDUA_HOME và quyền thư mục. [Cannot write there.]"
    except OSError as error:
        return f"Không chuẩn bị được bản cài đặt: {error}. [The installation cannot be prepared.]"
    except Exception as error:
        from django.db.utils import DatabaseError, InterfaceError

        if not isinstance(error, (DatabaseError, InterfaceError)):
            raise
        return f"Không dùng được cơ sở dữ liệu: {str(error).strip().splitlines()[0]}. [The database cannot be used.]"
    return None


def _migrate(quiet: bool) -> None:
    from django.core.management import call_command
    from django.db import connection, connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        if not quiet:
            print("Cập nhật cơ sở dữ liệu… [bringing the database up to date]", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
    connections.close_all()


def _collect_static(quiet: bool) -> None:
    """Copy, hash and compress the static files once for every set of them."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    total = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = os.stat(storage.path(name))
            total.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".thidua-stamp"
    if stamp.exists() and stamp.read_text() == total.hexdigest():
        return
    if not quiet:
        print("Chuẩn bị tệp tĩnh… [preparing static files]", flush=True)
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(total.hexdigest())


def _load_everything() -> None:
    """Import the application with all its views before the other processes fork, so that they share its memory.

    What is loaded stays for good, and what a request makes is freed when the request ends: the collector looks less often.
    """
    from django.urls import get_resolver

    import thidua.config.wsgi  # noqa: F401

    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(2_000, 10, 10)


def _run_granian(options: argparse.Namespace, announce: Callable[[], Any]) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "thidua.config.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=THREADS,
        backpressure=256,
        log_level=LogLevels.warning,
        log_access=False,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        process_name=None,
    )
    threading.Thread(target=_when_answering, args=(options.host, options.port, announce), daemon=True).start()
    server.serve()


def _when_answering(host: str, port: int, announce: Callable[[], Any]) -> None:
    """Call announce once the server answers."""
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection((_reachable(host), port), timeout=5) as client:
            client.sendall(b"GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
            if client.recv(12):
                announce()
                return
        time.sleep(0.1)


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)


def _announce(options: argparse.Namespace) -> None:
    host = _reachable(options.host)
    shown = f"[{host}]" if ":" in host else host
    if not options.quiet:
        address = f"http://{shown}:{options.port}"
        print(f"Mở {address} trong trình duyệt; Ctrl-C để dừng. [Open it in a browser; Ctrl-C stops.]", flush=True)


def _new_task_worker(interval: float, *, batch: bool, listen: bool) -> Any:
    from django.utils.crypto import get_random_string
    from django_tasks_db.management.commands.db_worker import Worker

    built = Worker(
        queue_names=QUEUES,
        interval=interval,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    if listen:
        built.configure_signals()
    return built


def _start_task_worker() -> multiprocessing.Process:
    """The task worker of a one-machine installation: a child of the server that ends with it."""
    process = multiprocessing.Process(target=_work_for_parent, args=(os.getpid(),), name="thidua-tasks", daemon=True)
    process.start()
    return process


def _work_for_parent(parent: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thidua.config.settings")
    import django

    django.setup()
    logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
    while os.getppid() == parent:
        built = _new_task_worker(TASK_POLL_SECONDS, batch=False, listen=True)
        threading.Thread(target=_end_with_parent, args=(parent, built), daemon=True).start()
        try:
            built.run()
            return
        except KeyboardInterrupt:
            return
        except Exception:
            logging.getLogger("thidua").exception("The task worker stopped; it starts again.")
            time.sleep(5)


def _end_with_parent(parent: int, built: Any) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    built.running = False


def _stop(process: multiprocessing.Process | None) -> None:
    if process is None or not process.is_alive():
        return
    process.terminate()
    process.join(5)
    if process.is_alive():
        process.kill()
