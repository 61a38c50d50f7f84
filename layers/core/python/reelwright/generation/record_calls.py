"""Every call to a provider leaves a row: who was asked for what, how it ended, how long it took."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reelwright.generation.provider import ProviderCall
from reelwright.generation.tables import ProviderCallRow
from reelwright.kit.identifiers import new_id


def make_call_recorder(transaction: Callable[[], Any], creator_id: str, generation_id: str) -> Callable[[ProviderCall], None]:
    """What ``use_in_order`` calls after each attempt; each call is a transaction of its own."""

    def record(call: ProviderCall) -> None:
        with transaction() as session:
            session.add(
                ProviderCallRow(
                    id=new_id("call"),
                    creator_id=creator_id,
                    generation_id=generation_id,
                    capability=call.capability,
                    provider=call.provider,
                    outcome=call.outcome,
                    detail=call.detail,
                    milliseconds=call.milliseconds,
                )
            )

    return record
