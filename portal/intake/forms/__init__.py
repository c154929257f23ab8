"""Questions of the stage."""
