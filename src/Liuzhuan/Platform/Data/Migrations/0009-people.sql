-- Who may sign in, with what, and what they may do. Names, posts and agencies of officers are kept by the directory.
-- Whoever asks for something here is named as in the ledger: officer/<id>, citizen/<random id>.

-- Officers that were invited. code: SHA-256 of the one-time code of an invitation. authenticator: the secret of one-time passwords, encrypted;
-- authenticator_step: the last time step whose password was taken, so that none is taken twice.
create table staff_accounts (
    officer_id          text      primary key,
    code                {bytes},
    code_expires_at     {instant},
    password            text,
    authenticator       text,
    authenticator_step  {long}    not null,
    failures            integer   not null,
    locked_until        {instant},
    added_at            {instant} not null,
    added_by            text      not null
);

-- Recovery codes stand in for a lost authenticator, each once. code: SHA-256.
create table recovery_codes (
    officer_id  text      not null references staff_accounts (officer_id),
    code        {bytes}   not null,
    used_at     {instant},
    primary key (officer_id, code)
);

-- Citizens that signed in or were served at a window. person: a keyed pseudonym that finds the account; number, name and phone are encrypted.
create table citizen_accounts (
    id            text      primary key,
    person        {bytes}   not null unique,
    number        text      not null,
    name          text      not null,
    phone         text,
    failures      integer   not null,
    locked_until  {instant},
    added_at      {instant} not null
);

-- The code that was sent to a citizen's phone last. code: SHA-256.
create table sign_in_codes (
    account     text      primary key,
    code        {bytes}   not null,
    sent_at     {instant} not null,
    expires_at  {instant} not null,
    attempts    integer   not null
);

-- Public keys that authenticators of officers and citizens hold the private part of (WebAuthn).
create table passkeys (
    id               text      primary key,
    actor            text      not null,
    name             text      not null,
    public_key       {bytes}   not null,
    sign_count       {long}    not null,
    transports       text      not null,
    is_user_verified {bool}    not null,
    is_backup_eligible {bool}  not null,
    is_backed_up     {bool}    not null,
    attestation      {bytes}   not null,
    client_data      {bytes}   not null,
    added_at         {instant} not null,
    used_at          {instant}
);

create index passkeys_by_actor on passkeys (actor);

-- Who is signed in. secret: SHA-256 of what the browser's cookie holds. way: how identity was proved. epoch: see below.
-- assisted_by: the officer at whose window the citizen is served. acts_for, mandate: the citizen a proxy acts for, and on what ground.
create table sessions (
    id            text      primary key,
    secret        {bytes}   not null unique,
    actor         text      not null,
    way           text      not null,
    epoch         {long}    not null,
    signed_in_at  {instant} not null,
    proved_at     {instant} not null,
    seen_at       {instant} not null,
    expires_at    {instant} not null,
    assisted_by   text,
    acts_for      text,
    mandate       text,
    ended_at      {instant},
    ended_by      text
);

create index sessions_by_actor on sessions (actor, signed_in_at);

create index sessions_by_end on sessions (expires_at);

-- Rises when roles or credentials of somebody change: sessions opened before are void from then on.
create table session_epochs (
    actor  text    primary key,
    epoch  {long}  not null
);

-- Roles of officers. A row stays for good; revoked_at ends it.
create table role_grants (
    id              {uuid}    primary key,
    officer_id      text      not null,
    role            text      not null,
    reason          text      not null,
    provision       text      not null,
    granted_at      {instant} not null,
    granted_by      text      not null,
    revoked_at      {instant},
    revoked_by      text,
    revoke_reason   text
);

create unique index role_grants_once on role_grants (officer_id, role) where revoked_at is null;

-- System, security and audit administration are kept apart: nobody holds two of them, whoever writes here.
create unique index role_grants_apart on role_grants (officer_id) where revoked_at is null and role in ('system-administrator', 'security-administrator', 'auditor');
