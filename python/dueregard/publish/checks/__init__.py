"""Rules held against findings: the language, files of rules, and the answers that scripts and pipelines read."""
