"""Every stored file that a reel document names, once each."""

from __future__ import annotations

from reelwright.reels.reel import Picture, Reel


def list_files(reel: Reel) -> list[str]:
    """Storage keys of all pictures, clips and sounds that are seen or heard."""
    shown = {layer.media_id for layer in reel.all_layers() if isinstance(layer, Picture)}
    heard = {clip.sound_id for clip in reel.soundtrack.source}
    sounds = {clip.sound_id for clip in (*reel.soundtrack.voice, *reel.soundtrack.music)}
    keys = [reel.media[media_id].file for media_id in sorted(shown | heard)] + [reel.sounds[sound_id].file for sound_id in sorted(sounds)]
    return list(dict.fromkeys(keys))
