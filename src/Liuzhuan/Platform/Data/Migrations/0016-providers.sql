-- Sign-in with a provider of identities (OpenID Connect).

-- Ways to the provider that somebody set out on and has not come back from. state: SHA-256 of what the provider sends back; it follows from a secret that is in
-- the browser's cookie only, and so does everything else that proves the way back. purpose: officer, citizen, prove, link. session: whose way it is, for the last
-- two. back: where to go on. place: the address the provider was told to lead back to. A row is deleted by whoever comes back with it, so it serves once.
create table provider_flows (
    state       {bytes}   primary key,
    purpose     text      not null,
    session     text,
    back        text,
    place       text      not null,
    begun_at    {instant} not null,
    expires_at  {instant} not null
);

create index provider_flows_by_end on provider_flows (expires_at);

-- Which identity of the provider is which officer. identity: a keyed digest of issuer and subject, for a subject may be anything, a person's number too.
create table provider_links (
    identity   {bytes}   primary key,
    issuer     text      not null,
    actor      text      not null,
    linked_at  {instant} not null
);

-- An account is linked with one identity of a provider, and an identity with one account, whoever writes here.
create unique index provider_links_once on provider_links (issuer, actor);
