-- return_words: why a request was sent back, encrypted with the keys of the data folder; empty once it is erased. Rows of before have it as it was typed, in return_reason, until then.
alter table exchange_requests add column return_words text;
