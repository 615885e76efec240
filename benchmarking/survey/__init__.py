"""The survey of people who complained: brought in from files, or answered here by invitation."""
