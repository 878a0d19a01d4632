-- What officers looked up, kept for as long as a rule of data/watch may count it: to notice who looks for more than the work needs.
-- position: of the ledger entry. person_high, person_low, key_id: pseudonym of the one person it was about; empty for several. listed: lists on which people of it stand,
-- with how many, "protected:2". judged: has it been looked at by the rules?
create table watch_looks (
    position     {long}    primary key,
    officer      text      not null,
    office       text      not null,
    division     text      not null,
    purpose      text      not null,
    at           {instant} not null,
    is_file      {bool}    not null,
    asked        {long}    not null,
    not_found    {long}    not null,
    person_high  {long},
    person_low   integer,
    key_id       {long},
    listed       text      not null,
    judged       {bool}    not null
);

create index watch_looks_by_officer on watch_looks (officer, position);

create index watch_looks_by_time on watch_looks (at);

create index watch_looks_to_judge on watch_looks (officer) where not judged;

-- People whom nobody is to look up without need: colleagues, protected (in the public eye, under protection), and for one officer their neighbours and kin. Pseudonyms only.
create table watch_people (
    list      text      not null,
    officer   text      not null,
    key_id    {long}    not null,
    high      {long}    not null,
    low       integer   not null,
    added_at  {instant} not null,
    added_by  text      not null,
    primary key (list, officer, key_id, high, low)
);

-- Raised once for what is counted: the unique key is the claim, written with the ledger entry. subject: the pseudonym the rule counted by, or empty.
create table alerts (
    id             {uuid}    primary key,
    rule           text      not null,
    officer        text      not null,
    office         text      not null,
    division       text      not null,
    subject        text      not null,
    counted        {long}    not null,
    asked          {long}    not null,
    from_position  {long}    not null,
    to_position    {long}    not null,
    from_at        {instant} not null,
    to_at          {instant} not null,
    positions      text      not null,
    raised_at      {instant} not null,
    state          text      not null,
    explanation    text,
    explained_at   {instant},
    outcome        text,
    note           text,
    decided_at     {instant},
    decided_by     text,
    unique (officer, rule, subject, from_position)
);

create index alerts_by_state on alerts (state, raised_at);

create index alerts_by_officer on alerts (officer, raised_at);
