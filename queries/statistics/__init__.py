"""Recomputation: every P-value that printed numbers allow, and the verdict on the printed one."""
