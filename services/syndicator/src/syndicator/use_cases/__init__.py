# SPDX-License-Identifier: EUPL-1.2
"""One verb per file; a function of its input and its ports."""
