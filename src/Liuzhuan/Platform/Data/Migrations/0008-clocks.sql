-- Legal clocks: what happened to each, and when it is due. Entries are only ever added; the rest of a clock's row follows from them and is written with them.
-- rule: the rule as it was when the clock was started. Days are days in China, written yyyy-MM-dd.
-- due_on, due_at: empty before the start and during a suspension without an end. next_alarm_at: empty when nothing is left to warn of.
create table clocks (
    id             text      primary key,
    division       text      not null,
    rule           {json}    not null,
    entries        {long}    not null,
    started_on     text,
    due_on         text,
    due_at         {instant},
    stopped_on     text,
    provisional    {bool}    not null,
    next_alarm_at  {instant}
);

create index clocks_by_alarm on clocks (next_alarm_at) where next_alarm_at is not null;

create index clocks_by_due on clocks (due_at) where stopped_on is null;

create table clock_entries (
    clock_id     text      not null references clocks (id),
    number       {long}    not null,
    id           {uuid}    not null unique,
    act          text      not null,
    on_day       text      not null,
    at_time      text      not null,
    until_day    text,
    by_limit     text,
    of_id        {uuid},
    provision    text      not null,
    author       text      not null,
    approver     text,
    note         text,
    recorded_at  {instant} not null,
    primary key (clock_id, number)
);

-- Alarms that were raised: each kind once for each end a clock has had. The key is the claim; it becomes durable with the ledger entry.
create table clock_alarms (
    clock_id   text      not null references clocks (id),
    kind       text      not null,
    due_at     {instant} not null,
    due_on     text      not null,
    raised_at  {instant} not null,
    primary key (clock_id, kind, due_at)
);

create index clock_alarms_by_time on clock_alarms (raised_at);

-- Notices imported after the program was made. Of several for one year and division the one with the highest number counts.
create table calendar_years (
    number       {long}    primary key,
    year         integer   not null,
    division     text      not null,
    content      text      not null,
    imported_at  {instant} not null,
    imported_by  text      not null
);

-- One row. count: rises with every import, so that no due date is written by a calendar that has changed meanwhile. entries: rises with every entry of any clock,
-- so that no clock is left out by an import. digest: the national calendar that due dates were reckoned with.
create table calendar_state (
    id       integer  primary key check (id = 1),
    count    {long}   not null,
    entries  {long}   not null,
    digest   text     not null
);

insert into calendar_state (id, count, entries, digest) values (1, 0, 0, '');
