"""Every table of the product, for the comparison of models and migrations."""

from reelwright.creators import tables as creators
from reelwright.generation import tables as generation
from reelwright.kit.database import Base
from reelwright.media import tables as media
from reelwright.publishing import tables as publishing
from reelwright.reels import tables as reels
from reelwright.rendering import tables as rendering

SLICES = (creators, media, reels, generation, rendering, publishing)
METADATA = Base.metadata
