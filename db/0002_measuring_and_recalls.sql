-- SPDX-License-Identifier: MIT
alter table site add column time_zone text not null default '';
alter table site add column open_days text not null default '';
alter table site add column closed_on text not null default '';

alter table backup add column medium text not null default '';
alter table backup add column run_at text not null default '';
alter table backup add column run_days text not null default '';

alter table probe add column command text not null default '';
alter table probe add column time_zone text not null default '';
alter table probe add column pin text not null default '';

alter table restore_test add column files_same any;
alter table restore_test add column files_different any;
alter table restore_test add column files_missing any;

alter table observation add column oldest_point text not null default '';
alter table observation add column next_run text not null default '';
alter table observation add column bytes_total integer not null default -1;
alter table observation add column took_ms integer not null default -1;
alter table observation add column presented_pin text not null default '';
alter table observation add column reply text not null default '';

alter table device add column unique_id text not null default '';
alter table device add column made_on text not null default '';

create table feed (
  id text primary key references entity(id),
  name text not null default '',
  format text not null default '',
  url text not null default '',
  etag text not null default '',
  read_at text not null default '',
  records any,
  note text not null default ''
) strict;

create table recall (
  id text primary key references entity(id),
  authority text not null default '',
  number text not null default '',
  title text not null default '',
  brand text not null default '',
  product text not null default '',
  models text not null default '',
  hazard text not null default '',
  remedy text not null default '',
  url text not null default '',
  announced text not null default '',
  feed_id text references entity(id),
  score any,
  why text not null default '',
  "match" text not null default '',
  decision text not null default '',
  decided_on text not null default '',
  decided_by text not null default '',
  note text not null default ''
) strict;

create table column_mapping (
  id text primary key references entity(id),
  name text not null default '',
  headers text not null default '',
  columns text not null default ''
) strict;
