"""A version to the world: formats, metadata, archive, release, proof."""
