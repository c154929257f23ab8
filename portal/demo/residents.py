"""The deeds of residents in the demonstration: what the holder of a receipt does on the mailbox's pages."""

from portal.demo.scene import Play

DEEDS: dict[str, Play] = {}
