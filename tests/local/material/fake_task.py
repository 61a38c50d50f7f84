"""A container of the tests: ``exit CODE``, or ``sleep FILE`` (writes its own and its child's process id, then sleeps)."""

import pathlib
import subprocess
import sys
import time

what, argument = sys.argv[1:3]
if what == "exit":
    print("RenderFailed", file=sys.stderr)
    sys.exit(int(argument))
child = subprocess.Popen(["sleep", "60"])
pathlib.Path(argument).write_text(f"{__import__('os').getpid()} {child.pid}")
time.sleep(60)
