"""What a repair costs: labour by clocked time, parts at ledger cost, extras and overhead; who pays it; quotes."""
