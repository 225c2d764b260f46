# SPDX-License-Identifier: EUPL-1.2
"""Takes published articles to every channel that wants them, and says what happened."""
