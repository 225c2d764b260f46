# SPDX-License-Identifier: EUPL-1.2
"""Runs the whole of Communiqué on one machine."""
