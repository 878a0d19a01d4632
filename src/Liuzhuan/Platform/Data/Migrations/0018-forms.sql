-- Forms whose act was done, so that the same form sent twice is done once, whichever host it reaches. digest: of the session, the form's random number, which stands in the
-- page only, and all that was written in it; so it tells nothing of whom it was about. position: of the entry of the ledger, in whose commit the row was written.
-- result: what the second sending shows, an id or a verdict without its person.
create table sent_forms (
    digest      {bytes}   primary key,
    position    {long}    not null,
    at          {instant} not null,
    result      text      not null,
    expires_at  {instant} not null
);

create index sent_forms_by_end on sent_forms (expires_at);
