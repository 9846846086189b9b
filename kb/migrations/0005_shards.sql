-- Which shards were loaded. A shard's rows and its record come in one transaction, so that each is loaded once.
create table facts.shards (
    name varchar primary key,
    digest varchar not null,
    first_reading_id bigint not null,
    n_readings integer not null,
    loaded_at timestamp not null
);
comment on table facts.shards is 'One row a shard that was loaded: the readings of some documents, kept as Parquet files.';
comment on column facts.shards.name is 'Its name, which follows from its documents and the version of the extractor.';
comment on column facts.shards.digest is 'SHA-256 of its manifest, which has the digests of its files.';
comment on column facts.shards.first_reading_id is 'Number of its first reading here; the others count upwards in the shard''s order.';
comment on column facts.shards.n_readings is 'How many readings it has, those included that the store had already.';
comment on column facts.shards.loaded_at is 'When it was loaded, in UTC.';
comment on column facts.findings.finding_no is 'The finding, numbered from 0 within the audit of a document, worst first.';
comment on column facts.finding_recomputations.finding_no is 'The finding, numbered from 0 within the audit of a document, worst first.';
comment on column facts.finding_places.finding_no is 'The finding, numbered from 0 within the audit of a document, worst first.';
