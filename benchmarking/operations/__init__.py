"""What keeps a copy safe while it runs: backups, and checks of what is stored."""
