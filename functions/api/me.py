"""The creator who is signed in."""

from __future__ import annotations

from functions.api.auth import CreatorAnswer, describe_creator
from functions.api.call import call_of
from functions.api.routes import Routes
from reelwright.creators.log_in import find_creator

routes = Routes("creator")


@routes.serve("GET", "/me", "Who is signed in")
def get_me() -> CreatorAnswer:
    call = call_of(routes)
    with call.transaction() as session:
        return describe_creator(find_creator(session, call.creator_id))
