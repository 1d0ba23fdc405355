"""The live board: where every open order stands, what is wrong with it, who is at what, as it happens."""
