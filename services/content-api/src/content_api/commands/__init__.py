# SPDX-License-Identifier: EUPL-1.2
"""What operators type: one file per subject."""
