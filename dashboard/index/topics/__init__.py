"""Topics as an index holds them: the model, the merge tree, and what its nodes are called."""
