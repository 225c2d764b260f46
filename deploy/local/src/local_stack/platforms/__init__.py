# SPDX-License-Identifier: EUPL-1.2
"""A local stand-in for social platforms and a webhook partner, over HTTP.

It keeps what it was sent, across restarts, and can be told to fail.
"""
