"""The nearest solved cases where they are needed: at intake, where the fault is looked for, at a check that failed."""
