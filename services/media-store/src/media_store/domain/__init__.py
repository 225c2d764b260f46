# SPDX-License-Identifier: EUPL-1.2
"""Pure. No Flask, no SQLAlchemy, no S3, no image library, no clock."""
