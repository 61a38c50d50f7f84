"""A newsroom for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from reelwright.kit.database import Database
from tests.functions.publishing.storyboard_walk import Newsroom, make_newsroom
from tests.publishing.connected_accounts import make_connections


@pytest.fixture
def room(database: Database, tmp_path: Path) -> Newsroom:
    return make_newsroom(make_connections(database, tmp_path))
