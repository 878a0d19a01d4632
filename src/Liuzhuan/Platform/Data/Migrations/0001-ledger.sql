-- The append-only log. A leaf holds digests and pseudonymous references, never a person's data.
create table ledger_entries (
    position    {long}    primary key,
    written_at  {instant} not null,
    kind        text      not null,
    leaf        {bytes}   not null,
    leaf_hash   {bytes}   not null
);

-- One row: how long the log is, and the checkpoint signed over it. Writers of several hosts take turns by locking it.
create table ledger_head (
    id          integer   primary key check (id = 1),
    size        {long}    not null,
    root        {bytes}   not null,
    note        text      not null,
    written_at  {instant} not null
);

-- Full tiles of the Merkle tree (C2SP tlog-tiles, height 8): 256 hashes each, and the hash over them.
create table ledger_tiles (
    level       integer   not null,
    number      {long}    not null,
    root        {bytes}   not null,
    hashes      {bytes}   not null,
    primary key (level, number)
);

-- Personal payloads lie beside the log and can be erased without breaking a proof: the leaf holds the digest of nonce and content.
-- The nonce is erased with the content, so that nobody can find out by trying which content the digest was of.
create table ledger_payloads (
    position     {long}    primary key references ledger_entries (position),
    nonce        {bytes},
    content      {bytes},
    erase_after  {instant} not null,
    erased_at    {instant}
);

create index ledger_payloads_due on ledger_payloads (erase_after);
