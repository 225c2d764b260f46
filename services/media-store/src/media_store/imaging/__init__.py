# SPDX-License-Identifier: EUPL-1.2
"""Decodes and renders pictures, in a process of its own for each picture.

`sandbox` starts `child` with limits on memory, time and output; only `child` and `vips` ever see
pixels, and `vips` is the only import of the image library.
"""
