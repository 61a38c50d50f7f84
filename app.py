"""Synthesizes the stacks into cdk.out/: `python app.py`; needs no AWS account, no Docker and no installed node."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from cdk.node import use_wheels_node


def main() -> None:
    use_wheels_node(os.environ)
    # aws_cdk starts node when it is imported, so the choice of node has to be made first.
    from cdk.build_app import build_app  # noqa: PLC0415

    out = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("CDK_OUTDIR", "cdk.out")
    context = json.loads(os.environ.get("CDK_CONTEXT_JSON", "{}"))
    build_app(Path(out), context).synth()


if __name__ == "__main__":
    main()
