# SPDX-License-Identifier: EUPL-1.2
"""What every Flask service in this repository does the same way."""
