"""Primary, fallback and key-less provider follow each other by error class, and every call is on record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from reelwright.generation.provider import MAX_RETRY_WAIT_SECONDS, RETRY_WAIT_SECONDS, ProviderCall, use_in_order
from reelwright.kit.errors import (
    PartMissing,
    ProviderAnswerInvalid,
    ProviderError,
    ProviderMisconfigured,
    ProviderRefused,
    ProviderUnavailable,
    ReelwrightError,
)

ERROR_CLASSES = [ProviderUnavailable, ProviderRefused, ProviderMisconfigured, ProviderAnswerInvalid, ProviderError, PartMissing]


@dataclass
class FakeProvider:
    """Raises each of ``failures`` in turn, then answers."""

    name: str
    failures: list[Exception] = field(default_factory=list)
    calls: int = 0

    def draw(self) -> str:
        self.calls += 1
        if self.failures:
            raise self.failures.pop(0)
        return f"drawn by {self.name}"


@dataclass
class Run:
    """One use of ``use_in_order`` with what it recorded and how long it waited."""

    calls: list[ProviderCall] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def ask(self, *providers: FakeProvider, repair: Callable[[FakeProvider, ProviderAnswerInvalid], str] | None = None) -> str:
        return use_in_order("still", providers, FakeProvider.draw, self.calls.append, repair=repair, sleep=self.waits.append)


@pytest.mark.parametrize("error_class", ERROR_CLASSES)
def test_when_the_first_fails_the_second_is_used(error_class: type[ReelwrightError]) -> None:
    run = Run()
    first = FakeProvider("first", [error_class("no"), error_class("no again")])
    second = FakeProvider("second")
    assert run.ask(first, second) == "drawn by second"
    assert run.calls[0].outcome == error_class.__name__
    assert (run.calls[-1].provider, run.calls[-1].outcome) == ("second", "succeeded")


@pytest.mark.parametrize("error_class", ERROR_CLASSES)
def test_when_first_and_second_fail_the_key_less_one_is_used(error_class: type[ReelwrightError]) -> None:
    run = Run()
    failing = [FakeProvider(name, [error_class("no"), error_class("no")]) for name in ("primary", "fallback")]
    assert run.ask(*failing, FakeProvider("key-less")) == "drawn by key-less"


@pytest.mark.parametrize(
    ("error_class", "attempts"), [(ProviderUnavailable, 2), (ProviderAnswerInvalid, 2), (ProviderRefused, 1), (ProviderMisconfigured, 1), (PartMissing, 1)]
)
def test_only_what_may_pass_or_be_repaired_is_asked_twice(error_class: type[ReelwrightError], attempts: int) -> None:
    first = FakeProvider("first", [error_class("no"), error_class("no")])
    Run().ask(first, FakeProvider("second"))
    assert first.calls == attempts


def test_a_provider_that_was_away_for_a_moment_answers_the_second_time() -> None:
    run = Run()
    assert run.ask(FakeProvider("first", [ProviderUnavailable("busy")]), FakeProvider("second")) == "drawn by first"
    assert run.waits == [RETRY_WAIT_SECONDS]
    assert [call.outcome for call in run.calls] == ["ProviderUnavailable", "succeeded"]


def test_the_wait_is_what_the_provider_says_within_reason() -> None:
    run = Run()
    run.ask(FakeProvider("first", [ProviderUnavailable("busy", retry_after_seconds=7)]))
    run.ask(FakeProvider("first", [ProviderUnavailable("busy", retry_after_seconds=900)]))
    assert run.waits == [7, MAX_RETRY_WAIT_SECONDS]


def test_an_invalid_answer_is_repaired_once_with_what_was_wrong_in_it() -> None:
    seen: list[str] = []

    def repair(provider: FakeProvider, error: ProviderAnswerInvalid) -> str:
        seen.append(error.detail)
        return f"repaired by {provider.name}"

    assert Run().ask(FakeProvider("first", [ProviderAnswerInvalid("the width is missing")]), repair=repair) == "repaired by first"
    assert seen == ["the width is missing"]


def test_when_all_fail_the_last_error_is_raised_and_all_calls_are_on_record() -> None:
    run = Run()
    with pytest.raises(PartMissing, match="third is not installed"):
        run.ask(
            FakeProvider("first", [ProviderRefused("no")]),
            FakeProvider("second", [ProviderMisconfigured("no key")]),
            FakeProvider("third", [PartMissing("third is not installed")]),
        )
    assert [(call.provider, call.outcome, call.detail) for call in run.calls] == [
        ("first", "ProviderRefused", "no"),
        ("second", "ProviderMisconfigured", "no key"),
        ("third", "PartMissing", "third is not installed"),
    ]
    assert all(call.capability == "still" and call.milliseconds >= 0 for call in run.calls)


def test_a_fault_of_ours_is_not_hidden_by_the_next_provider() -> None:
    run = Run()
    second = FakeProvider("second")
    with pytest.raises(ZeroDivisionError):
        run.ask(FakeProvider("first", [ZeroDivisionError("a bug")]), second)
    assert second.calls == 0
    assert run.calls[0].outcome == "ZeroDivisionError"


def test_without_any_provider_it_says_so() -> None:
    with pytest.raises(ProviderMisconfigured, match="No provider for “still”"):
        Run().ask()
