# SPDX-License-Identifier: EUPL-1.2
"""Code that two or more services need. Pure things first, I/O last."""
