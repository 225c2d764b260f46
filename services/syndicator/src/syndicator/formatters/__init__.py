# SPDX-License-Identifier: EUPL-1.2
"""One file per format. A formatter is a pure function of a view, and never imports another."""
