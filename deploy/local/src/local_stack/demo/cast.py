# SPDX-License-Identifier: EUPL-1.2
"""Give the story its people, readers and addresses, from a running stack."""

from local_stack.demo.desk import Desk
from local_stack.demo.spots import Readers
from local_stack.demo.story import Story, Watcher
from local_stack.demo.web import Web
from local_stack.stack import Stack


def cast(stack: Stack, watcher: Watcher, *, patience: float = 30.0) -> Story:
    """Return the story, ready to play; `patience` bounds each wait, in seconds."""
    web = Web(patience)
    addresses, keys, settings = stack.addresses, stack.credentials, stack.environment()
    desk = Desk(
        web,
        addresses["content-api"],
        keys["desk"]["author"],
        keys["desk"]["editor"],
        keys["desk"]["publisher"],
    )
    readers = Readers(
        web,
        content_api=addresses["content-api"],
        syndicator=addresses["syndicator"],
        platforms=settings["COMMUNIQUE_PLATFORM_URL"],
        reader=keys["reader"],
        agency=keys["agency"],
    )
    return Story(
        desk,
        readers,
        settings,
        addresses["media-store"],
        keys["desk"]["author"],
        watcher,
        patience=patience,
    )
