"""How well a plan keeps the rules of the craft, with a sentence for each part. No forecast of views."""

from __future__ import annotations

from collections.abc import Sequence

from reelwright.generation.plan import Plan, PlanScore, ScorePart
from reelwright.generation.planning.media_traits import Traits
from reelwright.generation.planning.openings import rate_hook
from reelwright.generation.planning.reading import Reading
from reelwright.generation.planning.shots import is_weak_reason
from reelwright.generation.planning.told_facts import count_facts
from reelwright.generation.planning.words import lower

HOOK_POINTS, SHOT_POINTS, FACT_POINTS, LENGTH_POINTS, OPENER_POINTS = 40.0, 20.0, 15.0, 15.0, 10.0
BEST_HOOK_SCORE = 1.2
LONG_HOOK_WORDS = 7
NEARLY_BEST = 0.9
FAR_OFF_SHARE = 0.5


def score_plan(plan: Plan, reading: Reading, traits: Sequence[Traits]) -> PlanScore:
    """Hook, shots, facts, length and opener; the parts add up to 100."""
    parts = (_hook(plan, reading), _shots(plan), _facts(plan, reading), _length(plan), _opener(plan, traits))
    return PlanScore(points=round(sum(part.points for part in parts), 1), parts=parts)


def _hook(plan: Plan, reading: Reading) -> ScorePart:
    points = min(1.0, max(0.0, rate_hook(plan.hook, reading)) / BEST_HOOK_SCORE) * HOOK_POINTS
    return ScorePart(name="hook", points=round(points, 1), out_of=HOOK_POINTS, sentence=_hook_sentence(plan.hook, reading))


def _hook_sentence(hook: str, reading: Reading) -> str:
    words = hook.split()
    if not words:
        return "There is no line on the first frame."
    if reading.lexicon.has(words[0], "backward"):
        return "The hook points back to something not said yet."
    if len(words) > LONG_HOOK_WORDS:
        return f"The hook has {len(words)} words; seven or fewer are read at once."
    if hook.endswith("?"):
        return "The hook asks a question."
    if any(reading.lexicon.is_number(word) and lower(word) != "one" for word in words):
        return "The hook names a number."
    if any(reading.lexicon.has(word, "hot") for word in words):
        return "The hook has a strong word."
    return "The hook says what the reel is about."


def _shots(plan: Plan) -> ScorePart:
    reasons = [reason for beat in plan.beats for reason in beat.media_reasons]
    clear = sum(not is_weak_reason(reason) for reason in reasons)
    sentence = f"{clear} of {len(reasons)} shots have a clear reason to stand where they do."
    return ScorePart(name="shots", points=round(SHOT_POINTS * clear / max(1, len(reasons)), 1), out_of=SHOT_POINTS, sentence=sentence)


def _facts(plan: Plan, reading: Reading) -> ScorePart:
    facts = count_facts(plan, reading)
    share = 1.0 if not facts.all_facts else 1 - len(facts.unseen) / len(facts.all_facts)
    sentence = "Every number and name of your text is seen or heard." if not facts.unseen else f"Neither seen nor heard: {', '.join(facts.unseen)}."
    return ScorePart(name="facts", points=round(FACT_POINTS * share, 1), out_of=FACT_POINTS, sentence=sentence)


def _length(plan: Plan) -> ScorePart:
    natural = min(sum(beat.seconds for beat in plan.beats) + (2.0 if plan.end_card else 0.0), plan.length_seconds)
    apart = abs(natural - plan.length_seconds) / plan.length_seconds
    points = LENGTH_POINTS * max(0.0, 1 - apart / FAR_OFF_SHARE)
    sentence = f"About {natural:.0f} s of the {plan.length_seconds:.0f} s that were asked for."
    return ScorePart(name="length", points=round(points, 1), out_of=LENGTH_POINTS, sentence=sentence)


def _opener(plan: Plan, traits: Sequence[Traits]) -> ScorePart:
    shown = plan.beats[0].media_ids[0]
    best = max(trait.opener for trait in traits) or 1.0
    own = next((trait.opener for trait in traits if trait.media_id == shown), 0.0)
    among = "It opens with the strongest picture." if own >= best else "It opens with one of the strongest pictures."
    sentence = among if own >= NEARLY_BEST * best else "A stronger picture than the first one comes later."
    return ScorePart(name="opener", points=round(OPENER_POINTS * own / best, 1), out_of=OPENER_POINTS, sentence=sentence)
