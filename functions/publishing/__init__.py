"""The Lambda of the storyboard publish_post, of posts' timers and of the minute's look at all posts."""

from functions.entrypoint import steps_of

handler = steps_of("publishing")
