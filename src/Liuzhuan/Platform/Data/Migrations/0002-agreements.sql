-- Machines of agencies, the keys they sign with, and what each may ask. Nothing that is not listed is allowed.
create table clients (
    id           text      primary key,
    agency       text      not null,
    added_at     {instant} not null,
    disabled_at  {instant}
);

-- suite: ES256, Ed25519, SM2-SM3, or x509 for a certificate presented in TLS (key_id is then its SHA-256, base64url).
create table client_keys (
    client_id    text      not null references clients (id),
    key_id       text      not null,
    suite        text      not null,
    public_key   {bytes}   not null,
    added_at     {instant} not null,
    revoked_at   {instant},
    primary key (client_id, key_id)
);

-- fields: codes joined by a comma. A question is answered when one grant in force covers its fact, purpose and fields.
create table grants (
    id                 {uuid}    primary key,
    client_id          text      not null references clients (id),
    fact               text      not null,
    purpose            text      not null,
    provision          text      not null,
    fields             text      not null,
    answer_superseded  boolean   not null,
    seal_days          integer   not null,
    valid_from         {instant} not null,
    valid_to           {instant}
);

create index grants_by_client on grants (client_id, fact);

-- Counts changes of the three tables, so that a running host sees them by reading one row.
create table access_changes (
    id     integer primary key check (id = 1),
    count  {long}  not null
);

insert into access_changes (id, count) values (1, 0);
