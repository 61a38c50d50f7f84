"""One brief as the rules read it: its language, content, topics and names. Handed to every rule that needs them."""

from __future__ import annotations

from dataclasses import dataclass

from reelwright.generation.plan import Mood, PlanInput
from reelwright.generation.planning import patterns
from reelwright.generation.planning.facts import count_topics, find_facts, find_names, find_places
from reelwright.generation.planning.handles import tidy_handle
from reelwright.generation.planning.intents import find_intent, find_mood
from reelwright.generation.planning.languages import choose_language, find_language
from reelwright.generation.planning.lexicon import Lexicon, SharedLexicon, load_lexicon, load_shared_lexicon
from reelwright.generation.planning.prompts import PromptContent, read_prompt
from reelwright.generation.planning.routes import find_route
from reelwright.generation.planning.script_prompts import read_last_question, read_short_title
from reelwright.generation.planning.sentences import split_sentences

TOPIC_COUNT = 8


@dataclass(frozen=True)
class Reading:
    """``topics`` are the most frequent content words, ``names`` and ``places`` stand as written."""

    prompt: str
    script: str
    handle: str
    seconds: float
    language: str
    lexicon: Lexicon
    shared: SharedLexicon
    content: PromptContent
    intent: str
    mood: Mood
    sentences: tuple[str, ...]
    topics: frozenset[str]
    names: tuple[str, ...]
    places: tuple[str, ...]
    facts: dict[str, list[str]]

    @property
    def source(self) -> str:
        """Every word that the creator gave."""
        return f"{self.prompt} {self.script} {self.handle}"


def read_brief(wanted: PlanInput) -> Reading:
    """Reads prompt and script by the rules of their language."""
    brief = wanted.brief
    prompt, script = brief.prompt.strip(), brief.script.strip()
    language = choose_language(brief.language, script or prompt)
    lexicon, shared = load_lexicon(language), load_shared_lexicon()
    prompt_lexicon = load_lexicon(find_language(prompt)) if script else lexicon
    content = read_prompt(prompt, prompt_lexicon, shared)
    read_short_title(content, prompt, prompt_lexicon, shared, has_script=bool(script))
    if script:
        read_last_question(content, prompt, script, prompt_lexicon, shared)
    source = f"{prompt} {script}"
    return Reading(
        prompt=prompt,
        script=script,
        handle=tidy_handle(brief.handle),
        seconds=float(brief.length_seconds),
        language=language,
        lexicon=lexicon,
        shared=shared,
        content=content,
        intent=find_intent(prompt, script, shared),
        mood=find_mood(" ".join(content.instructions), prompt, script, shared),
        sentences=tuple(sentence for sentence in split_sentences(script) if patterns.search(r"\w", sentence)),
        topics=frozenset(word for word, _ in count_topics(source, lexicon).most_common(TOPIC_COUNT)),
        names=tuple(find_names(source, lexicon)),
        places=tuple(dict.fromkeys([*find_places(source, lexicon), *find_route(content.head, content.items, lexicon)])),
        facts=find_facts(source),
    )
