"""Words for random mixes: prompts and scripts in several languages, none, short, fitting, and four times too long."""

from __future__ import annotations

import random
from collections.abc import Mapping

WORDS_A_SECOND = 2.4
WORDS_IN_A_SENTENCE = 8
LENGTHS = ("none", "none", "short", "fitting", "fitting", "overlong")
OVERLONG_TIMES = 4

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "en": (
        "Some rooms slow you down.",
        "Outside, the city keeps running, and nobody looks up.",
        "We painted this wall three times before it was right.",
        "“Leave it,” said Ms. O'Hara-Łuczak, “it's perfect.” 🎉",
        "A lamp costs 40 € and changes a whole evening.",
        "Read one page, then read it again.",
        "Dr. Nguyễn moved in on May 3rd, 2024, at 7:30 a.m.",
        "Three things matter: light, quiet, and a good chair. ✨",
        "Save this for a slow Sunday.",
    ),
    "es": (
        "Hay cuartos que te calman.",
        "Pintamos esta pared tres veces.",
        "¿Y si hoy no sales?",
        "La lámpara costó 40 euros.",
        "Guárdalo para el domingo. 🌞",
    ),
    "fr": ("Certaines pièces vous ralentissent.", "L'été, on ouvre tout dès 7 h.", "« Laisse-le », dit Zoë.", "La lampe a coûté 40 €.", "Enregistrez ceci."),
    "de": (
        "Manche Räume machen langsam.",
        "Die Wand wurde dreimal gestrichen.",
        "„Lass sie so“, sagte Jürgen Weißmüller.",
        "Am 3. Mai zogen wir ein.",
        "Merk dir das.",
    ),
    "it": ("Certe stanze ti rallentano.", "Abbiamo dipinto la parete tre volte.", "Perché no?", "La lampada è costata 40 euro.", "Salvalo per domenica."),
    "pt": ("Há quartos que acalmam.", "Pintámos a parede três vezes.", "A luz da manhã não tem preço.", "O João disse: «fica assim».", "Guarda para domingo."),
    "ar": ("بعض الغرف تجعلك تهدأ.", "طلينا هذا الجدار ثلاث مرات.", "المصباح يغيّر المساء كله.", "احفظ هذا ليوم الجمعة."),
    "ja": ("ゆっくりできる部屋があります。", "この壁は三回塗り直しました。", "朝の光がとてもきれいです。", "日曜日のために保存してね。"),
    "hi": ("कुछ कमरे आपको शांत करते हैं।", "हमने यह दीवार तीन बार रंगी।", "सुबह की रोशनी बहुत सुंदर है।", "रविवार के लिए सहेज लें।"),
}

PROMPTS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "",
        "A calm reel about rooms that slow you down.",
        "5 things I learned moving house",
        "Fast and loud, for my café “Łódź & Söhne”!! 🔥",
        "Kyoto, Nara, Osaka in 9 days",
    ),
    "es": ("", "Un reel tranquilo sobre mi casa."),
    "fr": ("", "Trois idées pour le salon, doux et lent"),
    "de": ("", "Umzug in 5 Schritten: ruhig, warm"),
    "it": ("", "La mia nuova casa a Torino"),
    "pt": ("", "Uma casa em Lisboa"),
    "ar": ("", "فيديو هادئ عن بيتي الجديد"),
    "ja": ("", "静かな部屋について"),
    "hi": ("", "मेरे नए घर के बारे में"),
}

SHOUTED = "DONAUDAMPFSCHIFFFAHRTSGESELLSCHAFTSKAPITÄN superlongunbrokenhashtagwordwithnobreaksatall"


def choose_script(language: str, seconds: int, dice: random.Random) -> tuple[str, str]:
    """What length the script has, in a word, and the script."""
    length = dice.choice(LENGTHS)
    if length == "none":
        return length, ""
    fitting = max(1, round(seconds * WORDS_A_SECOND / WORDS_IN_A_SENTENCE))
    count = {"short": 1, "fitting": fitting, "overlong": OVERLONG_TIMES * fitting}[length]
    sentences = SENTENCES[language]
    first = dice.randrange(len(sentences))
    said = [sentences[(first + n) % len(sentences)] for n in range(count)]
    if language == "en" and dice.random() < 0.1:
        said.append(f"{SHOUTED}.")
    return length, " ".join(said)


def choose_prompt(language: str, dice: random.Random) -> str:
    return dice.choice(PROMPTS[language])
