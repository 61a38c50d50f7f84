"""What differs between stages, read once from the context (cdk.json, or `--context` of the CDK command line)."""

from __future__ import annotations

from dataclasses import dataclass

from aws_cdk import App

LOCAL = "local"


@dataclass(frozen=True)
class Stage:
    """One installation of the product. ``nat`` is 'instance' (one small machine) or 'gateway'."""

    name: str
    image_tag: str
    nat: str
    web_origins: tuple[str, ...]

    @property
    def is_local(self) -> bool:
        return self.name == LOCAL


def read_stage(app: App) -> Stage:
    """The stage of this synthesis. Raises ValueError for a ``nat`` that is neither."""
    nat = app.node.get_context("nat")
    if nat not in ("instance", "gateway"):
        raise ValueError(f"The context's nat is {nat!r}; it can be 'instance' or 'gateway'.")
    return Stage(
        name=app.node.get_context("stage"),
        image_tag=app.node.get_context("image_tag"),
        nat=nat,
        web_origins=tuple(app.node.get_context("web_origins")),
    )
