"""Sets Laurel up and runs it on one machine: environment, embedded server, supervisor."""
