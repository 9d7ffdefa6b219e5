"""What rose and fell: bursts, change points, then and now."""
