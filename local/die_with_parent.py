"""Starts a program that ends when its parent does: ``die_with_parent.py PARENT_PID SIGNAL PROGRAM ARGUMENT…``.

The kernel sends the signal when the *thread* that started us ends, so start it from a thread that lives (``local.spawner``).
"""

import ctypes
import os
import sys

_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Asks the kernel for the signal, then becomes the program. The wish survives execve."""
    parent, signal_number, program = int(arguments[0]), int(arguments[1]), arguments[2:]
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal_number)
    if os.getppid() != parent:  # it ended before the wish was made
        sys.exit(1)
    os.execvp(program[0], program)  # noqa: S606  # becoming the program is the point


if __name__ == "__main__":
    main(sys.argv[1:])
