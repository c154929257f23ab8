"""Keys and sealed things: the only importer of cryptography, and no knowledge of tables or pages.

Source: design, confidentiality; reasons in docs/decisions/sealing.md.
"""
