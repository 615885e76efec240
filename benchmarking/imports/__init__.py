"""Importers: each recognises one publisher's file, reads it by name and proves it adds up."""
