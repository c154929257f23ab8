"""Use cases of the stage."""
