"""Measurements of the running portal beside a bare application; loads go to this machine only."""
