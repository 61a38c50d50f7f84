"""What a reel is for, which mood it has, and what follows from both."""

from __future__ import annotations

import re
from typing import cast

from reelwright.generation.plan import Mood
from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import QUOTE
from reelwright.generation.planning.lexicon import SharedLexicon

MIN_INTENT_WEIGHT = 1.5
SCRIPT_SHARE = 0.4
SOLD_SHARE = 0.4
DEFAULT_INTENT = "moments"
MIN_QUOTE_CHARACTERS = 25
QUOTATION_SHARE, QUOTATION_WEIGHT = 0.75, 2.5
_BY_SOMEBODY = re.compile(r"^[\s,.]*(?:by|von|par|de|di|por|—|–|-)\s+[A-ZÀ-Ý]")


def find_mood(instructions: str, prompt: str, script: str, shared: SharedLexicon) -> Mood:
    """The mood with most hits, looked for in the instructions first, then in the prompt, then in the script."""
    for text in (instructions, prompt, script):
        mood = _loudest_mood(text, shared)
        is_loud = "!!!" in prompt and (text is not instructions or _says_urgent(text, shared))
        if is_loud and (mood == "calm" or (mood is None and text is prompt)):
            mood = "urgent"
        if mood:
            return cast(Mood, mood)
    return "neutral"


def find_intent(prompt: str, script: str, shared: SharedLexicon) -> str:
    """The intent with the greatest weight over the prompt and, less, the script; ``moments`` where none is clear."""
    aside = patterns.sub(r"\([^()]*\)", " ", prompt)
    weights = {intent: _weigh(intent, aside, shared) + SCRIPT_SHARE * _weigh(intent, script, shared) for intent in shared.intents}
    if any(len(quote) >= MIN_QUOTE_CHARACTERS and _is_quotation(quote, prompt) for quote in patterns.findall(QUOTE, prompt)):
        weights["quote"] += QUOTATION_WEIGHT
    if 0 < weights["event"] < 2.5:
        weights["event"] *= 0.6
    if weights["list"] >= 4:
        weights["list"] += 1
    if weights["product"] and not patterns.search(shared.intents["recipe"][0][0], prompt, re.IGNORECASE):
        weights["recipe"] *= SOLD_SHARE  # 500 g of what has a price is no ingredient
    best = max(weights, key=lambda intent: weights[intent])
    return best if weights[best] >= MIN_INTENT_WEIGHT else DEFAULT_INTENT


def name_music(mood: str, shared: SharedLexicon) -> str:
    """What the music should sound like, in two words; empty lets the template decide."""
    return shared.music.get(mood, "")


def is_mood_word(word: str, shared: SharedLexicon) -> bool:
    """Whether the word names a mood and is not content, as families and people are."""
    if word in shared.families:
        return False
    stems = "|".join(stem for stems in shared.moods.values() for stem in stems)
    return patterns.match(rf"(?:{stems})\w{{0,4}}$", word) is not None


def _loudest_mood(text: str, shared: SharedLexicon) -> str | None:
    spaced = f" {text.lower()} "
    hits = {mood: sum(bool(patterns.search(rf"\b{stem}", spaced)) for stem in stems) for mood, stems in shared.moods.items()}
    best = max(hits, key=lambda mood: hits[mood])
    return best if hits[best] else None


def _weigh(intent: str, text: str, shared: SharedLexicon) -> float:
    return sum(weight for pattern, weight in shared.intents[intent] if patterns.search(pattern, text, re.IGNORECASE))


def _is_quotation(quote: str, prompt: str) -> bool:
    """Whether a quoted phrase is somebody's saying: a name follows it, or the prompt is little else. Otherwise it is a title."""
    after = prompt.partition(quote)[2].lstrip('"”»“ ')
    return bool(_BY_SOMEBODY.match(after)) or len(quote) >= QUOTATION_SHARE * len(prompt)


def _says_urgent(text: str, shared: SharedLexicon) -> bool:
    return any(patterns.search(rf"\b{stem}", text.lower()) for stem in shared.moods["urgent"])
