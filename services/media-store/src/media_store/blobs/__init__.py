# SPDX-License-Identifier: EUPL-1.2
"""Bytes by key."""
