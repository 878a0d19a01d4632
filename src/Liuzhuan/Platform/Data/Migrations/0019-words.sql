-- The entry of what somebody decided, answered or explained holds SHA-256 over a salt and the words; the salt lies beside the words, hex, and is erased with them (empty) where they are erased.
-- Null in rows of before. Of these, alerts hold explanation and note as they were typed; all later ones are encrypted with the keys of the data folder.
alter table objections add column words_salt text;

alter table objections add column answer_salt text;

alter table exchange_requests add column return_salt text;

alter table alerts add column explanation_salt text;

alter table alerts add column note_salt text;
