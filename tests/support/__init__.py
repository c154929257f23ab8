"""What tests share. A test imports from here; nothing here imports a test."""
