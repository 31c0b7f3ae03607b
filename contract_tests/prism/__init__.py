"""An outside witness: a proxy that validates what passes through it."""
