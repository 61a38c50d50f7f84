"""The whole product on one machine. Product code never imports this."""
