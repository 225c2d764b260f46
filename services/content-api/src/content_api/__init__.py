# SPDX-License-Identifier: EUPL-1.2
"""Owns articles: drafting, publishing, withdrawing, and what became of each delivery."""
