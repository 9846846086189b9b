"""The demo documents that ship with counterproof."""
