"""What designers work on: drafts with every saved revision, who is there, who may, and what becomes a version."""
