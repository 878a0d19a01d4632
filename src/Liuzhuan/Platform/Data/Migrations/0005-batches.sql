-- Files of questions that clients hand in over HTTP. A row stays for good; its contents go when expires_at is past, and erased_at says that they have.
-- state: receiving, waiting, running, done, refused, cancelled, failed.
-- lease: whoever holds it works on the batch until leased_until; nobody else may write for it.
-- idempotency_key: with body_digest, so that a repeated announcement finds its batch.
-- sealed_until: a day; statement: the detail of the ledger entry at position, in the log of tree_size entries.
create table batches (
    id               text      primary key,
    client_id        text      not null references clients (id),
    idempotency_key  text,
    body_digest      text      not null,
    state            text      not null,
    fact             text      not null,
    purpose          text      not null,
    name             text      not null,
    bytes            {long}    not null,
    sha256           text      not null,
    language         text      not null,
    encoding         text,
    columns          {json}    not null,
    sealed_until     text,
    left_out         text      not null,
    opened_at        {instant} not null,
    received_bytes   {long}    not null,
    received_at      {instant},
    lease            text,
    leased_until     {instant},
    attempts         integer   not null,
    started_at       {instant},
    rows_done        {long}    not null,
    share_done       integer   not null,
    ended_at         {instant},
    refusal_code     text,
    refusal_zh       text,
    refusal_en       text,
    statement        {json},
    position         {long},
    tree_size        {long},
    result_sha256    text,
    result_bytes     {long},
    problems_sha256  text,
    problems_bytes   {long},
    expires_at       {instant} not null,
    erased_at        {instant}
);

create index batches_by_client on batches (client_id, opened_at, id);

create unique index batches_once on batches (client_id, idempotency_key) where idempotency_key is not null;

create index batches_by_state on batches (state, received_at);

create index batches_to_erase on batches (expires_at) where erased_at is null;

-- What was received and what came of it, in pieces of at most a mebibyte. content: input, result or problems; start: offset of the piece's first byte.
create table batch_pieces (
    batch_id  text    not null references batches (id),
    content   text    not null,
    start     {long}  not null,
    bytes     {bytes} not null,
    primary key (batch_id, content, start)
);
