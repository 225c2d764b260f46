# SPDX-License-Identifier: EUPL-1.2
"""Verify an article with stock libraries: `python verify.py https://SITE < article.json`."""

import json
import sys
import urllib.request

import rfc8785
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet


def main() -> int:
    """Say whose signature it is; the exit status is 0 for a good one, 1 for a bad one."""
    with urllib.request.urlopen(f"{sys.argv[1]}/.well-known/jwks.json", timeout=10) as answer:
        keys = KeySet.import_key_set(json.load(answer))
    document = json.load(sys.stdin)
    try:
        signature = document.pop("signature") or ""
        signed = rfc8785.dumps(document)
        found = jws.deserialize_compact(signature, keys, algorithms=["EdDSA"], payload=signed)
    except (JoseError, KeyError, ValueError) as error:
        print(f"BAD: {type(error).__name__}: {error}")
        return 1
    print(f"GOOD: version {document['version']}, signed with {found.headers()['kid']}")
    return 0


sys.exit(main())
