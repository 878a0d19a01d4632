-- The outbox: what is to be told to whom. A row is written in the transaction of what caused it, and stays; its content goes when erase_after is past.
-- channel: route (who is meant, and on which ways, is found out when its turn comes), sms, mail, webhook. recipient: a reference that names nobody:
-- officer/…, citizen/…, role/ROLE@OFFICE, subscribers, webhook/…, direct. content: address and values, encrypted.
-- state: waiting, sent, dead, aside. next_at: when it is tried; whoever takes it moves it to the end of the lease. cause: why the last attempt failed.
create table notices (
    id           text      primary key,
    template     text      not null,
    channel      text      not null,
    recipient    text      not null,
    matter       text,
    content      {bytes},
    state        text      not null,
    urgent       {bool}    not null,
    made_at      {instant} not null,
    next_at      {instant} not null,
    expires_at   {instant},
    attempts     integer   not null,
    lease        text,
    cause        text,
    tried_at     {instant},
    ended_at     {instant},
    erase_after  {instant} not null
);

create index notices_due on notices (urgent, next_at) where state = 'waiting';

create index notices_by_state on notices (state, made_at);

create index notices_to_erase on notices (erase_after) where content is not null;

-- What somebody finds in the service itself. content: the values, encrypted.
create table inbox (
    id           text      primary key,
    recipient    text      not null,
    template     text      not null,
    matter       text,
    content      {bytes}   not null,
    made_at      {instant} not null,
    read_at      {instant},
    erase_after  {instant} not null
);

create index inbox_by_recipient on inbox (recipient, made_at);

create index inbox_to_erase on inbox (erase_after);

-- Machines that are told of events. events: codes of templates joined by a comma. Never deleted: a message names its webhook.
create table webhooks (
    id           text      primary key,
    address      text      not null,
    events       text      not null,
    added_at     {instant} not null,
    added_by     text      not null,
    disabled_at  {instant}
);

-- Who is warned of a clock: officer/… or role/ROLE@OFFICE; empty for nobody but subscribers.
alter table clocks add column holder text;
