"""A rendered reel's files can be posted as they are: each says how long it is and which figures it was held against."""

from __future__ import annotations

from functions.post_means import name_specification
from reelwright.publishing.platforms.registry import SPECIFICATIONS
from reelwright.rendering.tables import RenderRow


def test_an_exported_file_says_that_it_keeps_to_the_platforms_figures(walker, make_render, database) -> None:
    render_id = make_render(seconds=3, state="queued")
    walker.walk("render_reel", {"render_id": render_id, "creator_id": "x"})
    with database.transaction() as session:
        stored = session.get_one(RenderRow, render_id).files["instagram"]
    assert stored["specification"] == name_specification(SPECIFICATIONS["instagram"])
    assert abs(stored["seconds"] - 3) < 0.1
