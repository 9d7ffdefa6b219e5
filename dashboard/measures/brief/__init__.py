"""The brief: what sentences in scope say together, who carries it, and who is silent."""
