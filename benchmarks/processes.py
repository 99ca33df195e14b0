"""Python run as a process of its own, and what that took."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

JXMB = ("-c", "import sys; from jxmb.__main__ import main; sys.exit(main())")
ENDS = {0, 1}  # exit codes of a run that did its work


def spent(
    args: Sequence[str], folder: Path, env: Mapping[str, str] | None = None
) -> resource.struct_rusage:
    """Run Python once in a folder, its output thrown away. Ends the benchmark where the run did not do its work."""
    with subprocess.Popen(
        [sys.executable, *args],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=env,
        cwd=folder,
    ) as running:
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode not in ENDS:
        raise SystemExit(f"exit code {running.returncode}: {' '.join(args)}")
    return usage
