"""Part of the step 'Compose': captions that can be read, measured on the very pictures they stand on."""

from __future__ import annotations

from pathlib import Path

from functions.bootstrap import World
from reelwright.kit.work_folder import work_folder
from reelwright.reels.reel import Reel
from reelwright.rendering.improve_captions import files_to_measure, improve_captions


def make_readable(reel: Reel, world: World) -> Reel:
    """The reel with the help that its captions need. Raises NotFound, TooLarge, RenderFailed."""
    keys = files_to_measure(reel)
    if not keys:
        return reel
    sizes = [found.size_bytes for key in keys if (found := world.storage.describe(key)) is not None]
    with work_folder(world.settings.work_directory, sum(sizes)) as folder:
        files = {key: world.storage.download(key, folder / f"{number:03d}{Path(key).suffix}") for number, key in enumerate(keys)}
        return improve_captions(reel, files)
