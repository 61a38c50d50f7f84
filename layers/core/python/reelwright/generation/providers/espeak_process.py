"""The program that loads eSpeak NG, run by its path as a process of its own: one request on stdin, one answer on stdout.

It imports nothing of the product (GPL code is loaded here and nowhere else), and ends with the process that started it.
Interface: https://github.com/espeak-ng/espeak-ng/blob/master/src/include/espeak-ng/speak_lib.h

Request: {parent, library, data, voice, words_per_minute, out, sentences: [text]}. Answer: {sample_rate, sentences: [{start, end,
words: [[position, length, start]]}]}, where start and end are samples of the WAV file ``out``, and position and length count
the text's characters from 0. With ``is_phonemes`` the request needs no ``out``, and the answer is {phonemes: [text]}: the
sentences' sounds in IPA, the words apart by blanks, ``^`` within sounds of two letters.
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
_OUTPUT_TO_CALLBACK = 2  # AUDIO_OUTPUT_SYNCHRONOUS
_NEVER_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT
_BUFFER_MS = 200
_CHARACTERS_UTF8 = 1  # espeakCHARS_UTF8; without the flags for SSML and phonemes all text is plain text
_BY_CHARACTER = 1
_RATE = 1
_WORD, _END_OF_LIST = 1, 0
_RETRIEVAL = 1  # AUDIO_OUTPUT_RETRIEVAL: nothing is played
_IPA, _TIE = 0x02, 0x80 | ord("^") << 8


class _Identifier(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Identifier),
    )


_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


def end_with_parent(parent: int) -> None:
    """Asks Linux to kill this process when its parent ends; ends at once where it has ended already."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)


def speak(request: dict[str, Any]) -> dict[str, Any]:
    """Writes the sound of all sentences into the file and says where the words are. Exits with 3 for a voice it lacks."""
    library, sample_rate = _open(request, _OUTPUT_TO_CALLBACK)
    sound = bytearray()
    words: list[list[int]] = []
    offset = 0

    def take(samples: Any, count: int, events: Any) -> int:
        place = 0
        while events[place].type != _END_OF_LIST:
            event = events[place]
            if event.type == _WORD:
                words.append([event.text_position - 1, event.length, offset + round(event.audio_position * sample_rate / 1000)])
            place += 1
        if samples and count > 0:
            sound.extend(ctypes.string_at(samples, 2 * count))
        return 0

    callback = _CALLBACK(take)
    library.espeak_SetSynthCallback(callback)
    spoken = []
    for text in request["sentences"]:
        offset = len(sound) // 2
        words.clear()
        data = text.encode()
        library.espeak_Synth(data, ctypes.c_size_t(len(data) + 1), 0, _BY_CHARACTER, 0, _CHARACTERS_UTF8, None, None)
        library.espeak_Synchronize()
        spoken.append({"start": offset, "end": len(sound) // 2, "words": list(words)})
    _write(request["out"], sample_rate, bytes(sound))
    return {"sample_rate": sample_rate, "sentences": spoken}


def read(request: dict[str, Any]) -> dict[str, Any]:
    """The phonemes of each sentence."""
    library, _ = _open(request, _RETRIEVAL)
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p
    return {"phonemes": [_read_text(library, text) for text in request["sentences"]]}


def _read_text(library: ctypes.CDLL, text: str) -> str:
    """Clause by clause: each call reads one and moves the pointer behind it."""
    data = ctypes.create_string_buffer(text.encode())
    rest = ctypes.c_void_p(ctypes.addressof(data))
    read: list[str] = []
    while rest.value:
        answer = library.espeak_TextToPhonemes(ctypes.byref(rest), _CHARACTERS_UTF8, _IPA | _TIE)
        read.append((answer or b"").decode())
    return " ".join(" ".join(read).split())


def _open(request: dict[str, Any], output: int) -> tuple[ctypes.CDLL, int]:
    library = ctypes.CDLL(request["library"])
    sample_rate = int(library.espeak_Initialize(output, _BUFFER_MS, os.fsencode(request["data"]), _NEVER_EXIT))
    if sample_rate <= 0:
        sys.exit(2)
    if library.espeak_SetVoiceByName(request["voice"].encode()) != 0:
        sys.exit(3)
    library.espeak_SetParameter(_RATE, request.get("words_per_minute", 160), 0)
    return library, sample_rate


def _write(out: str, sample_rate: int, sound: bytes) -> None:
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, sample_rate, 0, "NONE", "not compressed"))
        file.writeframes(sound)


def main() -> None:
    """One request, one answer."""
    request = json.load(sys.stdin)
    end_with_parent(request["parent"])
    json.dump(read(request) if request.get("is_phonemes") else speak(request), sys.stdout)


if __name__ == "__main__":
    main()
