# SPDX-License-Identifier: EUPL-1.2
"""What other systems export, read without guessing. Pure."""
