"""The demonstration: bodies with named accounts, and reports that went through the real actions."""
