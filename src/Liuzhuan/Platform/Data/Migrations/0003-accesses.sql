-- Who looked me up: every access to a person, under a pseudonym that only the holder of a key can compute.

-- By whom, for what and on which article: few, and shared by many accesses.
create table access_contexts (
    id            {long}    primary key,
    digest        {bytes}   not null unique,
    agency        text      not null,
    purpose       text      not null,
    provision     text      not null,
    fact          text      not null
);

-- One row for each ledger entry by which persons were looked up. With revealed_at the persons do not see it before that instant.
create table access_events (
    position      {long}    primary key,
    written_at    {instant} not null,
    context_id    {long}    not null references access_contexts (id),
    revealed_at   {instant},
    people        {long}    not null
);

-- Whom single questions were about, until a run takes them up: one row for each commit of the ledger, in no order within, read whole.
-- An index by person would cost each question more than its entry in the ledger.
create table access_recent (
    position      {long}    not null,
    key_id        {long}    not null,
    accesses      integer   not null,
    content       {bytes}   not null,
    primary key (position, key_id)
);

-- Sorted lists of (pseudonym, position) that never change: one of a batch, or of many merged. state: 0 in the making, 1 in use, 2 to be deleted.
create table access_runs (
    id              {long}    primary key,
    key_id          {long}    not null,
    state           integer   not null,
    first_position  {long}    not null,
    last_position   {long}    not null,
    people          {long}    not null,
    accesses        {long}    not null,
    expires_at      {instant} not null
);

-- A run in pieces of about 2 kB, four to a page of PostgreSQL and two to one of SQLite. high: the first 64 bits of the first pseudonym, in signed order.
create table access_blocks (
    run_id        {long}    not null,
    high          {long}    not null,
    number        integer   not null,
    content       {bytes}   not null,
    primary key (run_id, high, number)
);

-- Who merges runs at present; nobody else does so before that instant.
create table access_tidying (
    id            integer   primary key check (id = 1),
    holder        text      not null,
    until         {instant} not null
);
