"""A synthesis as an operator starts it: on a machine without node, with another way out of the network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from local.synthesize import REPOSITORY


def synthesize_with(context: dict[str, str], out: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(out), "HOME": os.environ["HOME"], "CDK_CONTEXT_JSON": json.dumps(context)}
    return subprocess.run([sys.executable, "app.py", str(out)], cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=300, check=False)


def test_a_gateway_takes_the_instances_place_where_the_context_says_so(tmp_path: Path) -> None:
    ran = synthesize_with({"nat": "gateway"}, tmp_path)
    assert ran.returncode == 0, ran.stderr[-2000:]
    kinds = [resource["Type"] for resource in json.loads((tmp_path / "ReelwrightFoundation.template.json").read_text())["Resources"].values()]
    assert kinds.count("AWS::EC2::NatGateway") == 1
    assert "AWS::EC2::Instance" not in kinds
    assert "end-of-life" not in ran.stderr.lower()
