-- ground: the id in data/permissions/grounds.yaml on which the request rests, beside its words in provision. Null in rows of before: there the words alone name it.
alter table exchange_requests add column ground text;
