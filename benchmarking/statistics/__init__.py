"""Statistics: numbers in, frozen results out. No files, no database, no charts."""
