"""Parts, where they are, and every movement of them as an immutable double entry."""
