"""How sure a number is: intervals, tests, and what shares of topics can bear."""
