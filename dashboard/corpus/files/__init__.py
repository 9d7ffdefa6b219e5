"""The files given: folders are walked, archives opened, and ``metadata.csv`` set apart."""
