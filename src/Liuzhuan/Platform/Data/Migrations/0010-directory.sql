-- Who works where: agencies, offices, officers, liaisons and leave. Every change is a new version; nothing is written over and nothing removed.
-- One row. count: the number of the last change. It is read to see whether anything is new, and risen by exactly one with each change, so that none is made on an older state.
create table directory_state (
    id     integer  primary key check (id = 1),
    count  {long}   not null
);

insert into directory_state (id, count) values (1, 0);

create table directory_changes (
    number   {long}    primary key,
    made_at  {instant} not null,
    made_by  text      not null,
    reason   text      not null
);

-- content: the values of the entry by column, as JSON. The version with the highest change counts.
create table directory_entries (
    kind     text    not null,
    key      text    not null,
    change   {long}  not null references directory_changes (number),
    content  {json}  not null,
    primary key (kind, key, change)
);

create index directory_entries_by_change on directory_entries (change);

-- What somebody uploaded and has not decided on yet. Gone when it is applied, or after a day.
create table directory_uploads (
    id        {uuid}    primary key,
    made_at   {instant} not null,
    made_by   text      not null,
    name      text      not null,
    rows      {json}    not null
);
