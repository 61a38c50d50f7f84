"""The Lambda that reads one uploaded file: probe, normalise, analyse, previews."""

from functions.entrypoint import steps_of

handler = steps_of("media")
