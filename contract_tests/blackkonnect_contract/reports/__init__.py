"""What the gate found, for a terminal, for programs and for people."""
