"""Series of counts and readings over time: rolling windows, changes between windows, lines and where they lead."""
