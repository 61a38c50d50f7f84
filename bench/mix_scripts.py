"""Words for random mixes: scripts and prompts by language; none, short, with names and emoji, and far too long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

SCRIPTS: Mapping[str, Sequence[str]] = {
    "en": (
        "",
        "Stay.",
        "“Leave it,” said Ms. O'Hara-Łuczak, “it's perfect.” 🎉 Dr. Nguyễn moved in on May 3rd, 2024, at 7:30 a.m. A lamp costs 40 € ✨",
        "Donaudampfschifffahrtsgesellschaftskapitän. Superlongunbrokenhashtagwordwithnobreaksatall.",
        "Some rooms slow you down. There is a lamp, a red window, and a good chair. Would you read one page here?",
        "We found 3 quiet rooms in 24 hours. The first cost 40 €. The second had no door! The third, with Dr. Weber's chairs, was the one. Come by on Sunday.",
        (
            "Two years ago we bought a house for 900 euros. Nobody believed in it. The roof was gone, the floor was rotten, and the door did not close. "
            "We sanded for eleven months. In the first winter the pipes froze. In the second one we had a kitchen. And this morning the sun came in. "
            "It came through the red window, and it stayed on the chair. That was all we ever wanted. Would you live here? Tell me below."
        ),
    ),
    "de": (
        "",
        "„Lass sie so“, sagte Jürgen Weißmüller. Am 3. Mai zogen wir ein.",
        "Manche Räume machen einen ruhig. Hier gibt es eine Lampe, ein rotes Fenster und einen guten Stuhl. Würdest du hier lesen?",
    ),
    "es": ("Hay habitaciones que te calman. Aquí hay una lámpara y una buena silla. ¿Te quedarías?",),
    "fr": ("Il y a des pièces qui vous apaisent. Une lampe, une fenêtre rouge, un bon fauteuil. Vous resteriez ?",),
    "it": ("Certe stanze ti rallentano. C'è una lampada e una bella sedia. Ti fermeresti?",),
    "pt": ("Há quartos que acalmam. Há um candeeiro e uma boa cadeira. Ficavas aqui?",),
    "ar": ("هناك غرف تجعلك تهدأ. هنا مصباح ونافذة حمراء وكرسي جيد. هل تقرأ هنا؟",),
    "he": ("יש חדרים שמרגיעים אותך. כאן יש מנורה, חלון אדום וכיסא טוב.",),
    "ja": ("ゆっくりできる部屋があります。ここにはランプと赤い窓と、いい椅子があります。",),
    "hi": ("कुछ कमरे आपको शांत कर देते हैं। यहाँ एक दीपक है और एक अच्छी कुर्सी है।",),
    "ru": ("Есть комнаты, в которых становится тихо. Здесь лампа, красное окно и хорошее кресло.",),
}
PROMPTS: Mapping[str, Sequence[str]] = {
    "en": (
        "A calm reel about rooms that slow you down",
        "Our week in Oslo: ferries at dawn, cardamom buns, the opera roof",
        "Five things to know before you rent: light, noise, heating, neighbours, price",
        "“A room is a machine for resting.” Le Corbusier never said that",
        "New oat soap, cut by hand in Bergen, 7 €, no perfume. Order at havre.no",
        "Open house on 12 May at 18:00, free entry 🎉",
        "x",
    ),
    "de": ("Drei ruhige Zimmer in Leipzig: das Fenster, der Stuhl, die Lampe",),
    "es": ("Una semana en Cádiz: el mar, el pan, la última tarde",),
    "fr": ("Trois pièces calmes à Lyon : la fenêtre, le fauteuil, la lampe",),
    "it": ("La mia nuova casa a Torino",),
    "pt": ("Uma casa em Lisboa",),
    "ar": ("أسبوع في بيروت: البحر والخبز والمساء الأخير",),
    "he": ("שבוע בחיפה: הים, הלחם, הערב האחרון",),
    "ja": ("鎌倉の一週間：海、パン、最後の夕方",),
    "hi": ("जयपुर में एक हफ़्ता: बाज़ार, चाय, आख़िरी शाम",),
    "ru": ("Неделя у моря: шторм, карты, последний вечер",),
}
