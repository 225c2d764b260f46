# SPDX-License-Identifier: EUPL-1.2
"""Ratios measured in one run, each against a stated limit."""
