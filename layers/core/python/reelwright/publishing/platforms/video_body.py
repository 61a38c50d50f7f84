"""A platform's video as the body of one call, fetched from S3 piece by piece while it is sent."""

from __future__ import annotations

from reelwright.publishing.platform import Video

PIECE_BYTES = 1 << 20


class VideoBody:
    """The bytes of a video from ``start`` to its end."""

    def __init__(self, video: Video, start: int) -> None:
        self._video, self._at, self._piece = video, start, b""

    def __len__(self) -> int:
        return self._video.size_bytes - self._at + len(self._piece)

    def read(self, size: int = -1, /) -> bytes:
        """The next ``size`` bytes, or all that is left."""
        if size < 0:
            rest = self._piece + self._video.read(self._at, self._video.size_bytes)
            self._at, self._piece = self._video.size_bytes, b""
            return rest
        while len(self._piece) < size and self._at < self._video.size_bytes:
            end = min(self._at + max(PIECE_BYTES, size), self._video.size_bytes)
            self._piece += self._video.read(self._at, end)
            self._at = end
        taken, self._piece = self._piece[:size], self._piece[size:]
        return taken
