"""Photos: received by content, bounded, kept as evidence, shown as safe copies."""
