-- SPDX-License-Identifier: MIT
-- Generated from the numbered scripts beside it (version 9); a test holds the two equal.
CREATE TABLE activity (
  id text primary key references entity(id),
  name text not null default '',
  product text not null default '',
  description text not null default '',
  owner_role_id text references entity(id),
  rank any,
  mtpd_minutes any,
  rto_minutes any,
  work_recovery_minutes any,
  rpo_minutes any,
  mbco_percent any,
  mbco text not null default '',
  peak_period text not null default '',
  income_per_day_cents any,
  extra_cost_per_day_cents any,
  workaround text not null default '',
  workaround_percent any,
  workaround_start_minutes any,
  not_needed text not null default '',
  times_basis text not null default '',
  times_on text not null default ''
) strict;
CREATE TABLE attachment (
  id text primary key references entity(id),
  name text not null default '',
  subject_id text references entity(id),
  location text not null default '',
  sha256 text not null default '',
  size_bytes any
) strict;
CREATE TABLE attribute (
  id text primary key references entity(id),
  subject_id text not null references entity(id),
  name text not null default '',
  value text not null default '',
  seen_on text not null default '',
  seen_by text not null default ''
) strict;
CREATE TABLE backup (
  id text primary key references entity(id),
  name text not null default '',
  method text not null default '',
  place text not null default '',
  destination text not null default '',
  site_id text references entity(id),
  interval_minutes any,
  run_minutes any,
  offsite_lag_minutes any,
  retention_days any,
  immutable text not null default '',
  keys_kept_at text not null default '',
  covers text not null default ''
, medium text not null default '', run_at text not null default '', run_days text not null default '') strict;
CREATE TABLE column_mapping (
  id text primary key references entity(id),
  name text not null default '',
  headers text not null default '',
  columns text not null default ''
) strict;
CREATE TABLE contact (
  id text primary key references entity(id),
  name text not null default '',
  kind text not null default '',
  phone text not null default '',
  second_phone text not null default '',
  email text not null default '',
  account_reference text not null default '',
  call_when text not null default '',
  verified_on text not null default ''
) strict;
CREATE TABLE device (
  id text primary key references entity(id),
  name text not null default '',
  kind text not null default '',
  brand text not null default '',
  model text not null default '',
  model_identifier text not null default '',
  model_number text not null default '',
  serial text not null default '',
  os_name text not null default '',
  os_version text not null default '',
  os_build text not null default '',
  purchased_on text not null default '',
  sale_region text not null default '',
  site_id text references entity(id),
  person_id text references entity(id),
  count any,
  source text not null default '',
  seen_on text not null default ''
, unique_id text not null default '', made_on text not null default '') strict;
CREATE TABLE edit (
  revision integer not null references revision(number),
  position integer not null,
  kind text not null,
  record_id text not null,
  field text not null,
  before text not null,
  after text not null,
  primary key (revision, position)
) strict, without rowid;
CREATE TABLE entity (
  id text primary key,
  kind text not null
) strict;
CREATE TABLE evidence (
  id text primary key references entity(id),
  name text not null default '',
  subject_id text references entity(id),
  "on" text not null default '',
  valid_until text not null default '',
  location text not null default '',
  note text not null default ''
) strict;
CREATE TABLE exercise (
  id text primary key references entity(id),
  name text not null default '',
  method text not null default '',
  scenario_id text references entity(id),
  activity_id text references entity(id),
  "on" text not null default '',
  aim text not null default '',
  participants text not null default '',
  report text not null default '',
  achieved_minutes any,
  achieved_point_minutes any
) strict;
CREATE TABLE feed (
  id text primary key references entity(id),
  name text not null default '',
  format text not null default '',
  url text not null default '',
  etag text not null default '',
  read_at text not null default '',
  records any,
  note text not null default ''
) strict;
CREATE TABLE impact (
  id text primary key references entity(id),
  activity_id text not null references entity(id),
  category text not null default '',
  after_minutes any,
  level text not null default '',
  note text not null default ''
) strict;
CREATE TABLE incident (
  id text primary key references entity(id),
  name text not null default '',
  state text not null default '',
  scenario_id text references entity(id),
  declared_by_id text references entity(id),
  started_at text not null default '',
  activated_at text not null default '',
  ended_at text not null default '',
  is_exercise text not null default '',
  plan_hash text not null default '',
  summary text not null default ''
) strict;
CREATE TABLE insurance_policy (
  id text primary key references entity(id),
  name text not null default '',
  policy_number text not null default '',
  covers text not null default '',
  insurer_id text references entity(id),
  waiting_days any,
  longest_days any,
  benefit_per_day_cents any,
  limit_cents any,
  excess_cents any,
  expires_on text not null default ''
) strict;
CREATE TABLE link (
  id text primary key references entity(id),
  from_id text not null references entity(id),
  to_id text not null references entity(id),
  kind text not null default '',
  share_percent any,
  note text not null default ''
) strict;
CREATE TABLE log_entry (
  id text primary key references entity(id),
  incident_id text not null references entity(id),
  happened_at text not null default '',
  written_at text not null default '',
  kind text not null default '',
  text text not null default '',
  author text not null default '',
  subject_id text references entity(id)
) strict;
CREATE TABLE message_draft (
  id text primary key references entity(id),
  name text not null default '',
  audience text not null default '',
  channel text not null default '',
  text text not null default '',
  spokesperson_role_id text references entity(id)
) strict;
CREATE TABLE obligation (
  id text primary key references entity(id),
  name text not null default '',
  source text not null default '',
  requirement text not null default '',
  activity_id text references entity(id),
  contact_id text references entity(id),
  notice_minutes any
) strict;
CREATE TABLE observation (
  uuid text primary key,
  probe_id text not null,
  backup_id text not null,
  outcome text not null,
  read_at text not null,
  last_attempt text not null,
  last_point text not null,
  item text not null,
  history_count integer not null,
  bytes_used integer not null,
  bytes_free integer not null,
  alarm integer not null,
  detail text not null
, oldest_point text not null default '', next_run text not null default '', bytes_total integer not null default -1, took_ms integer not null default -1, presented_pin text not null default '', reply text not null default '', settings text not null default '', clock_ahead_seconds integer not null default 0, warned integer not null default 0) strict;
CREATE TABLE organisation (
  id text primary key references entity(id),
  name text not null default '',
  business_kind text not null default '',
  template_id text not null default '',
  region text not null default '',
  currency text not null default '',
  staff_count any,
  scope text not null default '',
  exclusions text not null default '',
  policy text not null default '',
  objective text not null default '',
  duties_note text not null default '',
  plan_owner_id text references entity(id),
  sponsor_id text references entity(id),
  cash_cents any,
  fixed_cost_per_month_cents any,
  income_per_month_cents any,
  open_days_percent any,
  open_saturday text not null default '',
  open_sunday text not null default '',
  warning_source text not null default '',
  next_review_on text not null default '',
  reach_data text not null default '',
  answer_phones text not null default '',
  deliver_work text not null default '',
  find_procedures text not null default '',
  survive_two_weeks text not null default '',
  wizard_page text not null default ''
) strict;
CREATE TABLE person (
  id text primary key references entity(id),
  name text not null default '',
  job text not null default '',
  phone text not null default '',
  phone_provider text not null default '',
  email text not null default '',
  second_channel text not null default '',
  household text not null default '',
  skills text not null default '',
  site_id text references entity(id),
  verified_on text not null default '',
  trained_on text not null default '',
  acknowledged_on text not null default '',
  left_on text not null default ''
) strict;
CREATE TABLE plan_copy (
  id text primary key references entity(id),
  name text not null default '',
  person_id text references entity(id),
  form text not null default '',
  site_id text references entity(id),
  kept_at text not null default '',
  content_hash text not null default '',
  given_on text not null default '',
  withdrawn_on text not null default ''
) strict;
CREATE TABLE probe (
  id text primary key references entity(id),
  name text not null default '',
  backup_id text not null references entity(id),
  type text not null default '',
  url text not null default '',
  item text not null default '',
  account text not null default '',
  secret_name text not null default '',
  every_minutes any,
  timeout_seconds any,
  paused text not null default ''
, command text not null default '', time_zone text not null default '', pin text not null default '') strict;
CREATE TABLE procedure (
  id text primary key references entity(id),
  name text not null default '',
  phase text not null default '',
  purpose text not null default '',
  criteria text not null default '',
  activity_id text references entity(id),
  resource_id text references entity(id),
  owner_role_id text references entity(id)
) strict;
CREATE TABLE recall (
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
, fits text not null default '', extent text not null default '', wider text not null default '', revision any) strict;
CREATE TABLE resource (
  id text primary key references entity(id),
  name text not null default '',
  kind text not null default '',
  description text not null default '',
  site_id text references entity(id),
  supplier_id text references entity(id),
  held_by_id text references entity(id),
  recovery_minutes any,
  recovery_basis text not null default '',
  recovery_on text not null default '',
  size_mb any,
  works_off_site text not null default '',
  critical text not null default '',
  folder text not null default '',
  keys_kept_at text not null default '',
  replacement_minutes any
) strict;
CREATE TABLE restore_test (
  id text primary key references entity(id),
  backup_id text not null references entity(id),
  "on" text not null default '',
  result text not null default '',
  files_opened text not null default '',
  sample_mb any,
  full_mb any,
  took_minutes any,
  person_id text references entity(id),
  note text not null default ''
, files_same any, files_different any, files_missing any, took_seconds any, full_files any, flow_seconds any, per_file_us any, per_mb_us any, cost_error_percent any) strict;
CREATE TABLE review (
  id text primary key references entity(id),
  kind text not null default '',
  "on" text not null default '',
  person_id text references entity(id),
  "by" text not null default '',
  content_hash text not null default '',
  note text not null default ''
) strict;
CREATE TABLE revision (
  number integer primary key,
  uuid text not null unique,
  parent text not null,
  time text not null,
  author text not null,
  note text not null,
  cause text not null,
  undoes text not null,
  content_hash text not null,
  whole_hash text not null,
  chain text not null
) strict;
CREATE TABLE risk (
  id text primary key references entity(id),
  name text not null default '',
  kind text not null default '',
  area text not null default '',
  description text not null default '',
  likelihood any,
  consequence any,
  residual_likelihood any,
  residual_consequence any,
  treatment text not null default '',
  owner_role_id text references entity(id),
  treat_by text not null default ''
) strict;
CREATE TABLE role (
  id text primary key references entity(id),
  name text not null default '',
  purpose text not null default '',
  holder_id text references entity(id),
  alternate_id text references entity(id),
  may_declare text not null default '',
  call_order any
) strict;
CREATE TABLE scenario (
  id text primary key references entity(id),
  name text not null default '',
  family text not null default '',
  description text not null default '',
  lose text not null default '',
  days any
) strict;
CREATE TABLE site (
  id text primary key references entity(id),
  name text not null default '',
  kind text not null default '',
  address text not null default '',
  access_note text not null default '',
  region text not null default '',
  landlord_id text references entity(id),
  distance_km any,
  agreement_until text not null default ''
, time_zone text not null default '', open_days text not null default '', closed_on text not null default '', open_hours text not null default '') strict;
CREATE TABLE step (
  id text primary key references entity(id),
  procedure_id text not null references entity(id),
  position any,
  action text not null default '',
  role_id text references entity(id),
  contact_id text references entity(id),
  within_minutes any,
  note text not null default ''
) strict;
CREATE TABLE strategy (
  id text primary key references entity(id),
  name text not null default '',
  area text not null default '',
  state text not null default '',
  description text not null default '',
  gap text not null default '',
  next_action text not null default '',
  expected_minutes any,
  capacity_percent any,
  cost_cents any,
  cost_per_month_cents any,
  owner_role_id text references entity(id),
  due_on text not null default '',
  proof text not null default ''
) strict;
CREATE TABLE supplier (
  id text primary key references entity(id),
  name text not null default '',
  provides text not null default '',
  phone text not null default '',
  email text not null default '',
  account_reference text not null default '',
  fallback text not null default '',
  critical text not null default '',
  contract_until text not null default '',
  continuity_evidence_on text not null default '',
  verified_on text not null default '',
  recovery_minutes any
) strict;
CREATE TABLE task (
  id text primary key references entity(id),
  name text not null default '',
  state text not null default '',
  severity text not null default '',
  why text not null default '',
  steps text not null default '',
  owner_role_id text references entity(id),
  person_id text references entity(id),
  due_on text not null default '',
  done_on text not null default '',
  cleared_on text not null default '',
  note text not null default '',
  rule_id text not null default '',
  subject_id text references entity(id),
  rule_revision any,
  match_hash text not null default '',
  created_on text not null default ''
) strict;
CREATE TABLE waiver (
  id text primary key references entity(id),
  rule_id text not null default '',
  subject_id text references entity(id),
  reason text not null default '',
  person_id text references entity(id),
  until text not null default ''
, facts text not null default '') strict;
CREATE INDEX attribute_subject_id on attribute(subject_id);
CREATE INDEX device_person_id on device(person_id);
CREATE INDEX device_site_id on device(site_id);
CREATE INDEX link_from_id on link(from_id);
CREATE INDEX link_to_id on link(to_id);
CREATE INDEX observation_by_backup on observation (backup_id, read_at);
CREATE INDEX recall_feed_id on recall(feed_id);
CREATE INDEX task_owner_role_id on task(owner_role_id);
CREATE INDEX task_person_id on task(person_id);
CREATE INDEX task_subject_id on task(subject_id);
