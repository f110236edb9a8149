"""The municipalities of an offer: where, ways in, who pays, until when."""
