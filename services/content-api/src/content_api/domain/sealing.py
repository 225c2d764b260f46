# SPDX-License-Identifier: EUPL-1.2
"""Sign finished bytes, each document by itself, so that a reader can check what it was served."""

import hashlib
from dataclasses import replace

import orjson

from content_api.domain.finished import Finished
from content_api.domain.signature import MEMBER, SigningKey


def seal(each: Finished, key: SigningKey) -> Finished:
    """Return the document with its signature in it."""
    document = orjson.loads(each.body)
    signature = key.sign(document)
    body = orjson.dumps({**document, MEMBER: signature})
    return replace(
        each,
        body=body,
        etag=f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        article=replace(each.article, signature=signature),
    )
