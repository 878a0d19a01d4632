-- Entries about people of the service itself are few among questions; auditors read them newest first.
create index ledger_entries_trail on ledger_entries (position) where kind in ('sign-in', 'permission', 'administration');
