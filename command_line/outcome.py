"""What came of a run, for the report and the last lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from command_line.terminal import Progress, megabytes


@dataclass
class Outcome:
    """Files that were made, files that were left out with their reasons, and how long it took."""

    directory: Path
    files: list[Path] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def refuse(self, progress: Progress, name: str, reason: str) -> None:
        """A file that is left out, said once."""
        self.refused.append((name, reason))
        progress.say(f"  left out     {name}: {reason}")

    def note(self, progress: Progress, sentence: str) -> None:
        """A sentence of the history that is worth knowing; what was said about a file already is not said again."""
        if any(sentence.startswith(f"{name} is left out") for name, _ in self.refused):
            return
        self.notes.append(sentence)
        progress.say(f"  note         {sentence}")


def print_outcome(directory: Path, files: list[Path], seconds: float | None, progress: Progress) -> None:
    """The last lines: where everything lies."""
    took = f" in {seconds:.0f} s" if seconds is not None else ""
    progress.say(f"Made{took}: {directory}/")
    for file in files:
        progress.say(f"  {file.name:16} {megabytes(file.stat().st_size)}")
