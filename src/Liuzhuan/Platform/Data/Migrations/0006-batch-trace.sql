-- The trace of the request that announced a batch (traceparent, W3C Trace Context), so that work on it, perhaps days later and on another host, is found with it.
alter table batches add column trace_parent text;
