"""tracker holds public forecasts to account: it settles them from the news, with the evidence beside each verdict."""

__version__ = "0.1.0"
