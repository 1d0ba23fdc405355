"""What the process teaches: event logs, how cases really went, and where they left the flow that was meant."""
