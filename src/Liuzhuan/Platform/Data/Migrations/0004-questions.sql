-- What makes a repeated request harmless: the nonce of each signed request, and with an idempotency key the stored answer.
create table answered_questions (
    client_id        text      not null,
    nonce            text      not null,
    idempotency_key  text,
    body_digest      {bytes}   not null,
    position         {long}    not null,
    tree_size        {long}    not null,
    salt             {bytes}   not null,
    answer           {bytes}   not null,
    expires_at       {instant} not null,
    primary key (client_id, nonce)
);

create unique index answered_questions_once on answered_questions (client_id, idempotency_key) where idempotency_key is not null;

create index answered_questions_expired on answered_questions (expires_at);

-- What may be used once, over all hosts: ids of sign-ins, nonces of requests. A digest of whose it is and the value.
create table used_once (
    digest      {bytes}   primary key,
    expires_at  {instant} not null
);

create index used_once_expired on used_once (expires_at);
