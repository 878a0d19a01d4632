-- state 3 of access_runs: in use, and in a file beside SQLite's, which older programs would leave out of every list. With this step they refuse the database. The index finds the few there are.
create index access_runs_in_files on access_runs (id) where state = 3;
