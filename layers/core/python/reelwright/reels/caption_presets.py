"""The six caption presets as figures, what a template changes of them, and what a script asks of every one of them.

Sizes are pixels on a canvas whose shorter side is 1080; times are seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reelwright.reels.caption_text import SCRIPTS_WITH_CAPITALS, Script, script_of
from reelwright.reels.reel import Canvas, CaptionPreset, Captions, CaptionStyle, Font
from reelwright.reels.type_fit import cap_height

DESIGN_SIDE = 1080
STRONG_STROKE_SHARE = 0.08
"""An outline this thick, as a share of the size, is the letters' own background."""


@dataclass(frozen=True)
class SoftShadow:
    """Opacity, softness (sigma) and fall."""

    opacity: float
    sigma: float
    fall: float


@dataclass(frozen=True)
class CaptionBox:
    """A box behind each line (``is_per_word`` false) or behind the word that is spoken. Padding goes around capitals."""

    colour: str
    opacity: float
    radius: int
    padding_x: int
    padding_y: int
    is_per_word: bool = False


@dataclass(frozen=True)
class CaptionLook:
    """How captions look and move. ``unspoken`` is the opacity of words not yet spoken; ``seconds`` is how long one takes to come.

    ``word_gap`` and ``line_height`` are shares of the size. ``letter_seconds``: typed, letter by letter.
    """

    font: Font
    size: int
    line_height: float
    word_gap: float
    colour: str
    max_words: int
    max_characters: int
    emphasis_font: Font | None = None
    tracking: float = 0.0
    is_upper: bool = False
    drops_marks: bool = False
    active_colour: str | None = None
    keyword_colour: str | None = None
    stroke: int = 0
    stroke_colour: str = "#000000"
    hard_shadow: int = 0
    shadow: SoftShadow | None = None
    box: CaptionBox | None = None
    unspoken: float = 1.0
    seconds: float = 0.0
    rise: float = 0.0
    letter_seconds: float = 0.0
    grows: bool = False
    enter_seconds: float = 0.08
    takes_emoji: bool = True
    one_line_share: float = 1.0

    @property
    def cap_height(self) -> float:
        """Of a capital, as a share of the size."""
        return cap_height(self.font, 1.0)

    @property
    def padding(self) -> int:
        """What stands beside a line: its box, or its outline."""
        return self.box.padding_x if self.box else self.stroke


LINE_BOX = CaptionBox("#FFFFFF", 1.0, 20, 26, 18)

CAPTION_LOOKS: Mapping[CaptionPreset, CaptionLook] = {
    "pop": CaptionLook(
        Font(family="Anton"), 112, 1.14, 0.24, "#FFFFFF", 3, 16, tracking=1, is_upper=True, drops_marks=True, active_colour="#E8FF2A",
        keyword_colour="#FFB52E", stroke=10, hard_shadow=6, grows=True, enter_seconds=0.05,
    ),
    "box": CaptionLook(
        Font(family="Montserrat", weight=800), 70, 1.34, 0.40, "#FFFFFF", 4, 22, drops_marks=True, active_colour="#FFFFFF",
        keyword_colour="#FFE14A", shadow=SoftShadow(0.60, 9, 4), box=CaptionBox("#6C3BFF", 1.0, 18, 18, 25, is_per_word=True),
    ),
    "clean": CaptionLook(
        Font(family="Inter", weight=700), 62, 1.26, 0.26, "#FFFFFF", 5, 28, Font(family="Inter", weight=800), -1, keyword_colour="#FFE3A8",
        shadow=SoftShadow(0.62, 10, 3), unspoken=0.62, seconds=0.10, one_line_share=0.86,
    ),
    "edit": CaptionLook(
        Font(family="Instrument Serif"), 84, 1.08, 0.24, "#FFF9EF", 5, 26, Font(family="Instrument Serif", is_italic=True), -1,
        shadow=SoftShadow(0.55, 16, 2), unspoken=0.0, seconds=0.32, rise=22, enter_seconds=0.0, takes_emoji=False, one_line_share=0.86,
    ),
    "type": CaptionLook(
        Font(family="Space Mono", weight=700), 50, 1.42, 0.60, "#FFD23F", 6, 30, keyword_colour="#FFFFFF",
        box=CaptionBox("#0B0A08", 0.78, 4, 22, 16), unspoken=0.0, letter_seconds=0.028, takes_emoji=False,
    ),
    "tag": CaptionLook(
        Font(family="Poppins", weight=700), 60, 1.42, 0.26, "#15151A", 4, 22, tracking=-1, active_colour="#D81B52", keyword_colour="#D81B52",
        box=LINE_BOX, one_line_share=0.86,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class _ScriptNeeds:
    """What a script asks: its typeface, its size as a share of the preset's or at most so large, and the least line height."""

    family: str
    weight: int
    share: float
    line_height: float
    most: int = 200


_NEEDS: Mapping[Script, _ScriptNeeds] = {
    "arabic": _ScriptNeeds("Noto Sans Arabic", 700, 0.92, 1.5),
    "hebrew": _ScriptNeeds("Heebo", 800, 0.96, 1.34),
    "devanagari": _ScriptNeeds("Noto Sans", 700, 0.92, 1.5),
    "thai": _ScriptNeeds("Noto Sans Thai", 700, 0.92, 1.5),
    "cjk": _ScriptNeeds("Noto Sans CJK", 700, 1.0, 1.3, 76),
}
_ALPHABETS: Mapping[str, frozenset[str]] = {
    "greek": frozenset({"Inter", "Manrope", "JetBrains Mono", "Noto Sans"}),
    "cyrillic": frozenset({"Inter", "Manrope", "JetBrains Mono", "Noto Sans", "Montserrat", "Playfair Display", "Caveat"}),
    "vietnamese": frozenset(
        {
            "Inter", "Manrope", "JetBrains Mono", "Noto Sans", "Montserrat", "Playfair Display", "Anton", "Space Mono", "Archivo",
            "Bricolage Grotesque", "Fraunces",
        }
    ),
}  # fmt: skip
"""The families that have all letters of an alphabet. Elsewhere letters of two typefaces would stand in one word."""

_SUBSTITUTES: tuple[tuple[frozenset[str], tuple[tuple[Font, float], ...]], ...] = (
    (frozenset({"Anton", "Archivo"}), ((Font(family="Noto Sans", weight=900), 0.78),)),
    (frozenset({"Space Mono", "Share Tech"}), ((Font(family="JetBrains Mono", weight=700), 1.0),)),
    (frozenset({"Instrument Serif", "Fraunces"}), ((Font(family="Playfair Display", weight=500), 0.88), (Font(family="Inter", weight=400), 0.84))),
    (frozenset(), ((Font(family="Manrope", weight=800), 0.96),)),
)
"""For these families (the last row: for any other) the first that has the alphabet stands in, at a share of the size."""

_CJK_FAMILIES = {"ja": "Noto Sans CJK JP", "ko": "Noto Sans CJK KR", "zh": "Noto Sans CJK SC"}
_TRADITIONAL = frozenset({"zh-TW", "zh-HK", "zh-MO"})
_LEAST_SIZE_OF_SCRIPT = 64
_OUTLINED_GAP = 0.34
"""Between outlined words of a wide typeface, of which the spoken one grows, as a share of the size."""

_CJK_STROKE = 7
CJK_CHARACTERS = 10
"""Of one caption in Chinese, Japanese or Korean: one line of them."""

MAX_CHARACTERS_PER_SECOND = 22.0
_SCRIPT_RATES = {"ja": 8.0, "zh": 9.0, "ko": 12.0}
"""Japanese subtitles are cut to 4 or 5 a second; captions hold every word that is said, and speech has 7 or 8."""


def design_factor(canvas: Canvas) -> float:
    """Canvas pixels for one pixel of a look."""
    return min(canvas.width, canvas.height) / DESIGN_SIDE


def look_of(captions: Captions, canvas: Canvas) -> CaptionLook:
    """The look of a reel's captions: preset, the template's changes, and what their script needs."""
    style = captions.style
    if style.size:
        style = style.model_copy(update={"size": round(style.size / design_factor(canvas))})
    text = " ".join(word.text for word in captions.words)
    return make_look(captions.preset, style, captions.language, script_of(text))


def make_look(preset: CaptionPreset, style: CaptionStyle, language: str, script: Script) -> CaptionLook:
    """A preset with a template's changes, fitted to a script. Joined and stacked scripts get no tracking, no capitals, no single letters."""
    look = _with_alphabet(_changed(CAPTION_LOOKS[preset], style), "vietnamese" if language[:2] == "vi" else script)
    if script in SCRIPTS_WITH_CAPITALS:
        return look
    needs = _NEEDS[script]
    family = _cjk_family(language) if script == "cjk" else needs.family
    size = min(needs.most, max(round(look.size * needs.share), min(_LEAST_SIZE_OF_SCRIPT, look.size)))
    share = size / look.size
    return replace(
        look,
        font=Font(family=family, weight=needs.weight),
        emphasis_font=Font(family=family, weight=900),
        size=size,
        line_height=max(look.line_height, needs.line_height),
        word_gap=look.word_gap if look.box is not None and look.box.is_per_word else 0.28,
        tracking=0.0,
        is_upper=False,
        stroke=min(_CJK_STROKE, look.stroke) if script == "cjk" else round(look.stroke * share),
        letter_seconds=look.letter_seconds if script == "cjk" else 0.0,
        max_characters=CJK_CHARACTERS if script == "cjk" else look.max_characters,
        one_line_share=1.0 if script == "cjk" else look.one_line_share,
    )


def reading_limit(language: str) -> float:
    """Characters a second that can just be read: fewer where one character is a syllable or a word."""
    return _SCRIPT_RATES.get(language[:2], MAX_CHARACTERS_PER_SECOND)


def has_own_ground(look: CaptionLook) -> bool:
    """Whether the letters bring their own background: a thick outline or a box behind every line."""
    if look.box is not None and not look.box.is_per_word:
        return True
    return look.stroke >= STRONG_STROKE_SHARE * look.size


def _changed(look: CaptionLook, style: CaptionStyle) -> CaptionLook:
    size = style.size or look.size
    share = size / look.size
    box = look.box
    if box is not None and style.box_colour:
        box = replace(box, colour=style.box_colour)
    return replace(
        look,
        font=style.font or look.font,
        emphasis_font=style.emphasis_font or (look.emphasis_font if style.font is None else None),
        size=size,
        line_height=style.line_height or look.line_height,
        is_upper=look.is_upper if style.is_upper is None else style.is_upper,
        colour=style.colour or look.colour,
        active_colour=style.active_colour or look.active_colour,
        keyword_colour=style.keyword_colour or look.keyword_colour,
        stroke_colour=style.stroke_colour or look.stroke_colour,
        stroke=round(look.stroke * share),
        hard_shadow=round(look.hard_shadow * share),
        box=box,
    )


def _with_alphabet(look: CaptionLook, alphabet: str) -> CaptionLook:
    """The look in a typeface that has the alphabet."""
    families = _ALPHABETS.get(alphabet)
    if families is None or look.font.family in families:
        return look
    rows = next(fonts for known, fonts in _SUBSTITUTES if not known or look.font.family in known)
    font, share = next((row for row in rows if row[0].family in families), (Font(family="Noto Sans", weight=700), 0.92))
    return replace(
        look,
        font=font,
        emphasis_font=Font(family=font.family, weight=900),
        size=round(look.size * share),
        tracking=0.0,
        stroke=round(look.stroke * share),
        word_gap=max(look.word_gap, _OUTLINED_GAP) if look.stroke else look.word_gap,
    )


def _cjk_family(language: str) -> str:
    return "Noto Sans CJK TC" if language in _TRADITIONAL else _CJK_FAMILIES.get(language[:2], "Noto Sans CJK JP")
