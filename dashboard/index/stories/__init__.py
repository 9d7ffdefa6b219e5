"""Which articles tell of the same event: their words weighed, likenesses judged, stories grouped."""
