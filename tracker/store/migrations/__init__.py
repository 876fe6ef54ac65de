"""How does a database reach the newest schema? One file in versions/ for each step; `migrating.py` runs them."""
