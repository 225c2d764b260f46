# SPDX-License-Identifier: EUPL-1.2
"""Write the JSON Schema of every event beside this module: `python -m` this module.

The files are the contract for consumers in other languages; they are generated and checked in.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import orjson

from communique.events.codec import VERSION
from communique.events.envelope import EventType
from communique.events.json_schema import event_schema

FOLDER: Final = Path(__file__).parent / "schemas"


def documents() -> Mapping[str, bytes]:
    """Return what each file holds, by name."""
    major = VERSION.partition(".")[0]
    return {
        f"{each.value}.v{major}.json": orjson.dumps(
            event_schema(each), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
        )
        for each in EventType
    }


def main() -> None:
    """Write every file."""
    FOLDER.mkdir(exist_ok=True)
    for name, document in documents().items():
        (FOLDER / name).write_bytes(document)


if __name__ == "__main__":
    main()
