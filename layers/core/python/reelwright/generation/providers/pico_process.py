"""The program that loads SVOX Pico, run by its path as a process of its own: one request on stdin, one answer on stdout.

It imports nothing of the product and ends with the process that started it. Request: {parent, packages, voice, speed, volume, out,
sentences: [text]}. Answer: {sample_rate, sentences: [{start, end}]}, samples of the WAV file ``out``.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import wave
from typing import Any

_PR_SET_PDEATHSIG = 1
_SAMPLE_RATE = 16_000


def end_with_parent(parent: int) -> None:
    """Asks Linux to kill this process when its parent ends; ends at once where it has ended already."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)


def speak(request: dict[str, Any]) -> dict[str, Any]:
    """Writes the sound of all sentences into the file and says where each is."""
    sys.path.append(request["packages"])
    from py_nanotts import NanoTTS  # noqa: PLC0415  # found only now

    voice = NanoTTS()
    sound = bytearray()
    spoken = []
    for text in request["sentences"]:
        begin = len(sound) // 2
        sound.extend(voice.speak(text, voice=request["voice"], speed=request["speed"], volume=request["volume"]) if text else b"")
        spoken.append({"start": begin, "end": len(sound) // 2})
    with wave.open(request["out"], "wb") as file:
        file.setparams((1, 2, _SAMPLE_RATE, 0, "NONE", "not compressed"))
        file.writeframes(bytes(sound))
    return {"sample_rate": _SAMPLE_RATE, "sentences": spoken}


def main() -> None:
    """One request, one answer."""
    request = json.load(sys.stdin)
    end_with_parent(request["parent"])
    json.dump(speak(request), sys.stdout)


if __name__ == "__main__":
    main()
