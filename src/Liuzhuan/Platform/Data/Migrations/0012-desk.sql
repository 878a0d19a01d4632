-- The desk where offices exchange files and people object to what was asked or answered. Whoever acts is named as in the ledger: officer/<id>, citizen/<random id>.
-- Each row has a clock of its own in clocks: request/<id>, objection/<id>.

-- A file that an agency hands in to be verified. state: submitted, opened, released, returned. cadence: ad-hoc, month, quarter, half-year, year.
-- office, agency: of who asks. division, level: where it is answered; liaison_office: the office whose liaison it went to, empty where the directory names none. job: the folder of the file. closed_*: who released or returned it, and for whom.
-- position: of the batch in the ledger.
create table exchange_requests (
    id              text      primary key,
    state           text      not null,
    office          text      not null,
    office_name     text      not null,
    agency          text      not null,
    agency_name     text      not null,
    division        text      not null,
    level           text      not null,
    liaison_office  text      not null,
    submitted_by    text      not null,
    submitted_at    {instant} not null,
    fact            text      not null,
    purpose         text      not null,
    provision       text      not null,
    cadence         text      not null,
    note            text      not null,
    file_name       text      not null,
    bytes           {long}    not null,
    sha256          text      not null,
    job             text      not null,
    opened_by       text,
    opened_at       {instant},
    closed_by       text,
    closed_at       {instant},
    closed_office   text,
    closed_agency   text,
    closed_body     text,
    position        {long},
    return_reason   text
);

create index exchange_requests_by_state on exchange_requests (state, submitted_at);

create index exchange_requests_by_office on exchange_requests (office, submitted_at);

-- What people and agencies object to. about: access (the ledger entry at position, by which the person was looked up) or rows (of the answer to a request).
-- body: who asked or answered, as the one who objects reads it. asked_by: the officer concerned, who does not decide. office, agency, division: where it is decided.
-- words, answer: encrypted with the keys of the data folder; empty once they are erased. state: open, answered.
create table objections (
    id           text      primary key,
    about        text      not null,
    position     {long},
    request_id   text      references exchange_requests (id),
    row_list     text      not null,
    body         text      not null,
    asked_by     text      not null,
    office       text      not null,
    agency       text      not null,
    division     text      not null,
    raised_by    text      not null,
    raised_at    {instant} not null,
    reason       text      not null,
    words        text      not null,
    state        text      not null,
    outcome      text,
    answer       text      not null,
    answered_by  text,
    answered_at  {instant}
);

create index objections_by_person on objections (raised_by, raised_at);

create index objections_by_state on objections (state, raised_at);

-- One access is objected to once by the same person.
create unique index objections_once on objections (raised_by, position) where position is not null;
