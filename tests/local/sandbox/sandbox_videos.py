"""Small videos that are real."""

from __future__ import annotations

import subprocess
from pathlib import Path

from reelwright.kit.ffmpeg import find_ffmpeg


def make_video(path: Path, size: str, seconds: float) -> Path:
    command = [find_ffmpeg(), "-v", "error", "-f", "lavfi", "-i", f"testsrc2=size={size}:rate=30:duration={seconds}"]
    command += ["-f", "lavfi", "-i", f"sine=frequency=330:sample_rate=48000:duration={seconds}", "-ac", "2", "-c:a", "aac", "-c:v", "libx264"]
    command += ["-preset", "ultrafast", "-crf", "30", "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-shortest", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return path
