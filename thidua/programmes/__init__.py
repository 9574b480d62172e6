"""Action programmes, plans, tasks and their progress; the cluster's programme of the next year."""
