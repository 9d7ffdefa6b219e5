"""Which articles tell of the same event: words weighed, likenesses judged, stories grouped."""
