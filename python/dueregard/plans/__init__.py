"""Plans: objectives, what measures them, what is done about them, and whether it is on course."""
