"""The Lambda of what runs by itself: accepting uploads, reconciling, migrating the database."""

from functions.entrypoint import steps_of

handler = steps_of("operations")
