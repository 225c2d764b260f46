# SPDX-License-Identifier: EUPL-1.2
"""Owns media: originals, renditions, and links to them."""
