-- unpacked: empty where the bytes stand as they are; otherwise they are in zlib form (RFC 1950) and give so many bytes.
alter table batch_pieces add column unpacked {long};
