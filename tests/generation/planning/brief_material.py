"""Briefs that were written for the tests, with material as its analysis would describe it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from reelwright.generation.plan import Plan, PlanInput, PlannedMedia
from reelwright.generation.planning.plan_reel import plan_reel
from reelwright.media.analysis import Box, Label, MediaAnalysis, PathSample, Shot
from reelwright.media.media import MediaFacts
from reelwright.reels.project import Brief


@dataclass(frozen=True)
class Case:
    """A brief and what a reader expects of its plan."""

    name: str
    prompt: str
    script: str = ""
    handle: str = ""
    seconds: int = 20
    language: str = "en"
    intent: str = "moments"
    hook: str = ""
    cards: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    media: tuple[str, ...] = field(default=("a.jpg", "b.jpg", "c.jpg", "d.jpg", "e.jpg"))


def make_photo(
    number: int, name: str = "", *, seed: int = 0, faces: int = 0, labels: tuple[str, ...] = (), size: tuple[int, int] = (3000, 2000)
) -> PlannedMedia:
    chance = random.Random(seed * 1000 + number)
    return PlannedMedia(
        media_id=f"media_{number}",
        file_name=name or f"IMG_{number:04}.jpg",
        facts=MediaFacts(kind="photo", container="jpeg", width=size[0], height=size[1]),
        analysis=MediaAnalysis(
            faces=tuple(Box(x=0.35 + 0.2 * at, y=0.3, width=0.1, height=0.14) for at in range(faces)),
            labels=tuple(Label(name=label, probability=0.7) for label in labels),
            sharpness=chance.uniform(80, 600),
            luma_median=chance.uniform(0.2, 0.7),
            subject=Box(x=0.3, y=0.3, width=0.3, height=0.4),
            subject_strength=chance.choice((0.0, 0.3)),
            difference_hash=f"{chance.getrandbits(64):016x}",
            shots=(Shot(start=0, end=0, sharpness=200),),
        ),
    )


def make_clip(number: int, seconds: float = 8.0, *, size: tuple[int, int] = (1920, 1080), has_sound: bool = True) -> PlannedMedia:
    half = seconds / 2
    path = tuple(PathSample(at=at * seconds / 8, x=0.3 + 0.05 * at, y=0.5) for at in range(9))
    return PlannedMedia(
        media_id=f"media_{number}",
        file_name=f"clip {number}.mp4",
        facts=MediaFacts(kind="video", container="mov", width=size[0], height=size[1], duration_seconds=seconds, frame_rate=30.0, has_sound=has_sound),
        analysis=MediaAnalysis(
            sharpness=300,
            shots=(Shot(start=0, end=half, motion=0.02, sharpness=300, path=path), Shot(start=half, end=seconds, motion=0.2, sharpness=100, path=path)),
            loudness_lufs=-20.0,
            is_silent=not has_sound,
        ),
    )


def plan_case(case: Case, seed: int = 0) -> Plan:
    media = tuple(make_photo(number, name, seed=seed) for number, name in enumerate(case.media))
    brief = Brief(prompt=case.prompt, script=case.script, handle=case.handle, length_seconds=case.seconds)
    return plan_reel(PlanInput(brief=brief, template="editorial", media=media, seed=seed), None)


def plan_text(prompt: str = "", script: str = "", *, media: int = 5, seconds: int = 20, handle: str = "", **more: object) -> Plan:
    brief = Brief.model_validate({"prompt": prompt, "script": script, "handle": handle, "length_seconds": seconds, **more})
    return plan_reel(PlanInput(brief=brief, template="editorial", media=tuple(make_photo(number) for number in range(media))), None)


CASES = (
    Case("week in Oslo", "Make a calm 20 second reel about a week in Oslo with my brother: ferries at dawn, cardamom buns, the opera roof. Quiet music please.", handle="@jon.walks", intent="travel", hook="A week in Oslo", cards=("With my brother", "Ferries at dawn", "Cardamom buns", "The opera roof"), end=("@jon.walks",), tags=("#Oslo",)),
    Case("oat soap", 'Video for our new oat soap. Cut by hand in Bergen, 7 €, no perfume. Elegant style. End with "Order at havre.no"', handle="@havre", intent="product", hook="Our new oat soap", cards=("Cut by hand in Bergen", "7 €", "No perfume"), end=("Order at havre.no", "@havre")),
    Case("opening", "Grand opening of Atelier Nord on Friday at 6 p.m., free soup for everyone, Kirchgasse 3, Graz. Energetic!", intent="event", hook="Grand opening of Atelier Nord", cards=("Friday at 6 p.m.", "Free soup for everyone", "Kirchgasse 3, Graz")),
    Case("bread mistakes", "4 mistakes people make with sourdough: cold water, no patience, an old starter, too much flour", intent="list", hook="4 mistakes people make with sourdough", cards=("Cold water", "No patience", "An old starter", "Too much flour")),
    Case("garden shed", "Before and after of our garden shed. We needed three weekends and 250 €. Calm mood, no voice.", intent="beforeafter", hook="Our garden shed", cards=("Before", "After")),
    Case("pancakes", "Quick pancake recipe: 250 g flour, 2 eggs, 400 ml milk. Whisk, rest 20 minutes, fry in butter. Make it cozy", intent="recipe", hook="Quick pancake recipe", cards=("250 g flour", "2 eggs", "400 ml milk", "Whisk", "Rest 20 minutes", "Fry in butter")),
    Case("first snow", "our cat Mika's first snow, funny", intent="moments", hook="Our cat Mika's first snow"),
    Case("motto", 'Quote reel: "What we keep is what we repair." by Anna Lind. Photos of my workbench', intent="quote", hook="What we keep is what we repair.", cards=()),
    Case("spring market", "Reel del mercado de primavera en Ronda: pan de higo, flores en el puente, música en directo. Domingo 9 de mayo, de 10 a 14 h. Entrada libre.", language="es", intent="event", hook="Mercado de primavera en Ronda", cards=("Pan de higo", "Flores en el puente", "Música en directo", "Domingo 9 de mayo", "Entrada libre")),
    Case("bindery day", "Ein Tag in meiner Buchbinderei in Wien: Papier falten, heften, leimen, pressen. Ruhige Stimmung, 25 Sekunden", language="de", intent="dayinlife", hook="Ein Tag in meiner Buchbinderei in Wien", cards=("Papier falten", "Heften", "Leimen", "Pressen")),
    Case("baker's night", "A day in my life as a baker, vintage film look. Alarm at 2 a.m., nine hours of dough, breakfast at noon.", intent="dayinlife", hook="A day in my life as a baker", cards=("Alarm at 2 a.m.", "Nine hours of dough")),
    Case("bare sale", "30% off all coats until Monday", intent="sale", hook="30% off all coats", cards=("Until Monday",)),
    Case("running clinic", "Atelier de course à pied à Lyon, samedi 14 mars, à 9 h, places limitées", language="fr", intent="event", hook="Atelier de course à pied à Lyon"),
    Case("festa", "Festa di quartiere a Torino, domenica 8 giugno: torte fatte in casa, balli in piazza, giochi per bambini", language="it", intent="event", cards=("Torte fatte in casa", "Balli in piazza", "Giochi per bambini")),
    Case("loja", "Vídeo sobre nossa nova loja em Belém: pães de queijo, café coado, mesas na calçada", language="pt", cards=("Pães de queijo", "Café coado", "Mesas na calçada")),
    Case("lemons", "kitchen tip, clean look", script="Most people keep lemons in a bowl. That is why they dry out in a week. Put them in water, in the fridge. They stay fresh for a month. Follow for one small tip a week.", intent="howto", hook="Most people keep lemons in a bowl", end=("Follow for one small tip a week",)),
    Case("old boat", "Our boat, warm", script="Hello everyone! So, honestly, two years ago we bought a wooden boat for 900 euros. Nobody believed in it. My uncle, who builds boats, shook his head. We sanded it for eleven months. The deck was rotten. The deck had to go, because it was rotten. And one morning in Kotor it floated. Would you sail in it? Tell me below.", handle="@oldboat", seconds=30, end=("Tell me below", "@oldboat")),
    Case("ceramic lamp", "Product reel for my lamp, calm", script="I throw every lamp by hand in my studio in Aveiro. Twenty a month, never more. This one is glazed in sea salt. It costs 140 euros. Order yours at luzdesal.pt.", intent="product", end=("Order yours at luzdesal.pt",), tags=("#Luzdesal", "#Aveiro")),
    Case("swim", "cinematic reel of my first lake crossing", script="At the second buoy I wanted to turn back. My arms were gone. A woman in a kayak said: look at the far shore, not at me. So I looked. One hour and 52 minutes. I have never been so cold.", intent="moments", hook="I wanted to turn back"),
    Case("noodle stall", "food travel reel Penang, fun", script="Lunch in Penang costs two euros. You choose a stool before you choose a dish. The broth has been on since three in the morning. Nobody writes anything down. I came back five times.", intent="travel", hook="Lunch in Penang costs two euros", tags=("#Penang",)),
    Case("dog school", "Testimonial for our dog school", script="Before this course, Bilbo ate two sofas. After four lessons he sleeps beside them. Not one loud word was needed. Book a trial hour at ruhigehunde.de.", intent="testimonial", end=("Book a trial hour at ruhigehunde.de",)),
    Case("abuelo", "Reel sobre el gazpacho de mi abuelo, cálido", script="Mi abuelo nunca pesaba los tomates. Un pepino, dos pimientos y pan de ayer, nada más. El secreto es el tiempo: toda la noche en frío. Nadie lo sirve como él. ¿Con hielo o sin hielo? Cuéntame abajo.", language="es", hook="Mi abuelo nunca pesaba los tomates", end=("Cuéntame abajo",)),
    Case("umzug", "Ruhiges Reel über unser altes Haus", script="Vor drei Jahren haben wir ein altes Haus gekauft. Alle haben gelacht. Heute haben wir zwölf Bäume und keinen Zaun. Der nächste Bäcker ist 9 Kilometer entfernt. Folgt uns, wenn ihr den Sommer sehen wollt.", language="de", end=("Folgt uns, wenn ihr den Sommer sehen wollt",)),
    Case("stool", "How to build a stool, step by step", script="You can build this stool in two hours. First, cut three legs to 40 centimetres. Second, sand the seat, also underneath. Third, drill before you screw, or the wood splits. Fourth, oil it and wait a night. The wood costs 15 euros. Save this for a rainy day.", seconds=30, intent="howto", hook="You can build this stool in two hours", end=("Save this for a rainy day",)),
    Case("print shop", "morning in our print shop in Turin, retro", script="The street sleeps until eight. We do not. Every morning at five I warm the press in our old print shop in Turin. By seven there are 300 posters on the line. See you tomorrow, Mr. Conti.", hook="The street sleeps until eight", tags=("#Turin",)),
    Case("title given", 'Reel of my pottery, title: "Clay and patience", slow', hook="Clay and patience"),
)  # fmt: skip
