# SPDX-License-Identifier: EUPL-1.2
"""Reads what a Communiqué content API publishes."""
