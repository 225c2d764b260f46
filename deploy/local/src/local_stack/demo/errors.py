# SPDX-License-Identifier: EUPL-1.2
"""What can go wrong with a story."""


class NotYet(Exception):
    """What should be seen is not there yet, or something else is."""


class StoryError(Exception):
    """A step was refused, or what it should show did not come in time."""
