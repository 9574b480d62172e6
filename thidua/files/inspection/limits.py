"""What a process that looks into a file from outside may use. Called by the process itself, first of all."""

from pathlib import Path

CPU_SECONDS = 60
_FIRST_TO_GO = "1000"


def limit(memory: int, *, cpu_seconds: int = CPU_SECONDS, written: int | None = None) -> None:
    """At most so many bytes of memory, seconds of work and bytes written; no core dump, and the first to be ended where the
    whole machine runs out of memory. Where the system knows no such limits the parent's clock remains."""
    try:
        import resource
    except ImportError:
        return
    wanted = {resource.RLIMIT_AS: memory, resource.RLIMIT_CPU: cpu_seconds, resource.RLIMIT_CORE: 0}
    if written is not None:
        wanted[resource.RLIMIT_FSIZE] = written
    for kind, most in wanted.items():
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most, most) if hard == resource.RLIM_INFINITY else (min(most, hard), hard))
    place = Path("/proc/self/oom_score_adj")
    try:
        place.write_text(_FIRST_TO_GO)
    except OSError:
        return
