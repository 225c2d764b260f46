# SPDX-License-Identifier: EUPL-1.2
"""Fakes and builders, shipped and typed like any other code."""
