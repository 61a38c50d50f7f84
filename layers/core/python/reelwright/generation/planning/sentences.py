"""Splitting a text into sentences, with the traps of eight languages."""

from __future__ import annotations

import re

from reelwright.generation.planning import patterns

_ABBREVIATIONS = [
    "dr",
    "mr",
    "mrs",
    "ms",
    "prof",
    "st",
    "vs",
    "etc",
    "no",
    "nr",
    "sr",
    "sra",
    "srta",
    "dra",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "bzw",
    "ca",
    "m",
    "mme",
    "sig",
    "dott",
    "av",
    "approx",
    "min",
    "max",
    "std",
    "tel",
    "tlf",
    "tfno",
    "incl",
    "inkl",
    "excl",
    "evtl",
    "ggf",
    r"\w*str",
]
_DOTTED = (r"a\. ?m", r"p\. ?m", r"z\. ?b", r"d\. ?h", r"u\. ?a", r"ee\. ?uu", r"e\. ?g", r"i\. ?e")
_ABBREVIATION = re.compile(r"\b(?:" + "|".join([*_ABBREVIATIONS, *_DOTTED]) + r")\.$", re.IGNORECASE)
_CALENDAR = re.compile(r"\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)\.$", re.IGNORECASE)
_MAY_END_SENTENCE = re.compile(r"(?:[ap]\. ?m\.|etc\.)$", re.IGNORECASE)
_AFTER_ORDINAL = re.compile(r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b|[a-zäöü]")
_QUOTING = re.compile(r"と(?:言|思|書|話|聞|答|い[いうっ]|、|の|し)")
_GERMAN_MONTH = re.compile(r"(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)\b", re.IGNORECASE)
_ORDINAL_NOUN = re.compile(r"(?:OG|UG|Stock\w*|Etage|Obergeschoss|Klasse|Auflage|Ausgabe|Platz|Tag|Woche|Jahr\w*|Halbjahr|Advent|Mal|Reihe|Runde)\b")
_BORDER = re.compile(r"(?:\.{3}|…|[.!?]+|[।])(?:[\"”')\]]|\s?»)*\s+|[。！？]+[」』]?\s*|[؟]\s+|\n+")


def split_sentences(text: str, *, is_prompt: bool = False) -> list[str]:
    """The sentences in order. In a prompt a new sentence may start with a small letter: people type that way."""
    text = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    sentences: list[str] = []
    begin = 0
    for border in _BORDER.finditer(text):
        before, after = text[begin : border.end()].strip(), text[border.end() :]
        if not _splits(border.group(), before, after, is_prompt):
            continue
        if before:
            sentences.append(before)
        begin = border.end()
    rest = text[begin:].strip()
    return [*sentences, rest] if rest else sentences


def _splits(mark: str, before: str, after: str, is_prompt: bool) -> bool:
    if mark.startswith("\n"):
        return True
    if mark[0] in "。！？":
        return not after.startswith("と") if mark.rstrip().endswith(("」", "』")) else _QUOTING.match(after) is None
    if mark[0] == "." and not mark.startswith("..") and _is_inside(before, after, is_prompt):
        return False
    return is_prompt or not after[:1].islower()


def _is_inside(before: str, after: str, is_prompt: bool = False) -> bool:
    """Whether the full stop at the end of ``before`` belongs to an abbreviation, an ordinal or an initial."""
    if patterns.search(r"\b(?:no|nr|max|min)\.$", before, re.IGNORECASE) and not after[:1].isdigit():
        return False
    if _CALENDAR.search(before) and after[:1].isupper():
        return False
    if _ABBREVIATION.search(before):
        return not (_MAY_END_SENTENCE.search(before) and (after[:1].isupper() or after[:1] in "¿¡"))
    if _ORDINAL_NOUN.match(after) and patterns.search(r"\b\d{1,2}\.$", before):
        return True
    if patterns.search(r"(?<![:\d])\b\d{1,2}\.$", before) and (_GERMAN_MONTH if is_prompt and " " in before else _AFTER_ORDINAL).match(after):
        return True
    if patterns.search(r"\b\d{1,2}\.\d{1,2}\.$", before) and (after[:1].islower() or after[:1].isdigit()):
        return True
    if patterns.search(r"\b[a-z]\.$", before) and patterns.match(r"[A-ZÄÖÜa-z]\.", after):
        return True
    return bool(patterns.search(r"\b[A-Z]\.$", before))
