-- The signed requests that were answered, so that none is answered twice, whichever host it reaches: when it was signed, and a digest of client and nonce.
-- The time stands first: new rows lie beside each other, and a commit touches few pages; what is too old to be taken anyway is one range.
create table asked_questions (
    signed_at  {instant} not null,
    digest     {bytes}   not null,
    primary key (signed_at, digest)
) {clustered};
