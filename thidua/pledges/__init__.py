"""The emulation pledge."""
