"""Topics as an index holds them: the model, the merge tree, and the names of its nodes."""
