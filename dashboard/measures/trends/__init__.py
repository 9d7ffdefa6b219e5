"""Keywords over time: how often they are used, by source and together, and what stands out."""
