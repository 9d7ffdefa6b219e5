"""Downloads of news databases: Nexis, Factiva and ProQuest."""
