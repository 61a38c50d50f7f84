"""What the prompt of a reel gives beside its script: a short title for the first frame, a question or call for the end card."""

from __future__ import annotations

from reelwright.generation.planning import patterns
from reelwright.generation.planning.instructions import is_about_film, is_directive, is_film_label, is_instruction, is_style_word, is_wish, load_vocabulary
from reelwright.generation.planning.lexicon import Lexicon, SharedLexicon
from reelwright.generation.planning.prompts import PromptContent
from reelwright.generation.planning.requests import asks_for_film
from reelwright.generation.planning.sentences import split_sentences
from reelwright.generation.planning.things import is_thing
from reelwright.generation.planning.words import capitalise, drop_ending, lower

MIN_TITLE_WORDS, MAX_TITLE_WORDS = 2, 7
MAX_TITLE_CHARACTERS = 48
MAX_COMMA_PARTS = 2
MAX_ASKED_WORDS = 8


def read_short_title(content: PromptContent, prompt: str, lexicon: Lexicon, shared: SharedLexicon, *, has_script: bool) -> None:
    """Notes the title that the prompt is, or begins with where there is a script; a prompt of a title alone is no instruction."""
    title = find_short_title(prompt, lexicon, shared)
    is_all = drop_ending(prompt).lower() == title.lower()
    if not title or content.title or not (has_script or (is_all and not content.head)):
        return
    if has_script:
        content.title = capitalise(title)
    if not content.head or is_all:
        content.head, content.items = capitalise(title), [] if is_all else content.items
    content.instructions = [told for told in content.instructions if drop_ending(told).lower() not in title.lower()]


def read_last_question(content: PromptContent, prompt: str, script: str, lexicon: Lexicon, shared: SharedLexicon) -> None:
    """Notes the last question or call of the prompt that the script does not say itself, for the end card."""
    if content.call or not lexicon.is_ruled:
        return
    said = script.lower()
    for sentence in reversed(split_sentences(prompt, is_prompt=True)[1:]):
        text = drop_ending(sentence)
        if _asks_the_viewer(text, lexicon, shared) and text.rstrip("?!").lower() not in said:
            content.call = capitalise(text)
            content.items = [item for item in content.items if item not in text]
            content.instructions = [told for told in content.instructions if told.rstrip("?!. ") not in text]
            return


def find_short_title(prompt: str, lexicon: Lexicon, shared: SharedLexicon) -> str:
    """The clause of two to seven words that the prompt is or begins with; empty where it asks for a film or holds style words behind a comma."""
    first = next(iter(split_sentences(prompt, is_prompt=True)), "")
    text = drop_ending(patterns.split(r":\s|\s[–—-]\s", first)[0].strip())
    words = text.split()
    is_sized = MIN_TITLE_WORDS <= len(words) <= MAX_TITLE_WORDS and len(text) <= MAX_TITLE_CHARACTERS
    is_cut = text != drop_ending(first)
    if not is_sized or not lexicon.is_ruled or patterns.search(r"[()\[\]@#/+\"“„«;]", text) or (is_cut and lexicon.is_weak(words[-1])):
        return ""
    return "" if _speaks_of_film(text, lexicon, shared) or not _is_one_clause(text, lexicon, shared) else text


def _is_one_clause(text: str, lexicon: Lexicon, shared: SharedLexicon) -> bool:
    """Whether a text is a thing or a sentence and not a list of keywords or moods: "slow mornings" is one, "warm and calm" is none."""
    parts = text.split(", ")
    if len(parts) > 1:
        return len(parts) <= MAX_COMMA_PARTS and all(len(part.split()) > 1 and not is_instruction(part, lexicon, shared) for part in parts)
    return not is_instruction(text, lexicon, shared) or any(_is_named(word, lexicon, shared) for word in text.split())


def _is_named(word: str, lexicon: Lexicon, shared: SharedLexicon) -> bool:
    vocabulary = load_vocabulary(lexicon.language)
    plain = lower(word)
    if plain in vocabulary.style or plain in vocabulary.qualifiers or plain in shared.fillers or lexicon.is_weak(word):
        return False
    is_plural_of_style = lexicon.is_plural_like(word) and is_style_word(plain, lexicon, shared)
    return is_plural_of_style or plain in shared.people or plain in shared.families or is_thing(word, lexicon.language)


def _speaks_of_film(text: str, lexicon: Lexicon, shared: SharedLexicon) -> bool:
    production = load_vocabulary(lexicon.language).production
    holds_trade = any(lower(word) in production for word in text.split())
    if (holds_trade and is_instruction(text, lexicon, shared)) or shared.greets(text):
        return True
    return (
        asks_for_film(text, lexicon, shared)
        or is_directive(text, lexicon)
        or is_wish(text, lexicon, shared)
        or is_about_film(text, lexicon)
        or is_film_label(text, lexicon)
    )


def _asks_the_viewer(text: str, lexicon: Lexicon, shared: SharedLexicon) -> bool:
    found = lexicon.calls_to_act(text)
    asks = text.endswith("?") or bool(found and found.start() == 0)
    return asks and MIN_TITLE_WORDS <= len(text.split()) <= MAX_ASKED_WORDS and not _speaks_of_film(text, lexicon, shared)
