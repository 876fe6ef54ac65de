"""How are verdicts shown? As data for other programs (`data`), and as text for people (`terminal`, `scorecard`)."""
