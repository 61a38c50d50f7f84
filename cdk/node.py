"""Chooses the node that jsii runs on: the one of the environment's wheel, so that the machine needs none."""

from __future__ import annotations

import sys
from collections.abc import MutableMapping
from pathlib import Path


def use_wheels_node(environment: MutableMapping[str, str]) -> None:
    """Point jsii at the environment's own node; a node of the machine is the second choice, without its banner."""
    wheels_node = Path(sys.executable).parent / "node"
    if wheels_node.exists():
        environment.setdefault("JSII_NODE", str(wheels_node))
    environment.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "18,20")
    environment.setdefault("JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION", "1")
