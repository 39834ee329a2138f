-- SPDX-License-Identifier: MIT
alter table site add column open_hours text not null default '';

alter table restore_test add column took_seconds any;
alter table restore_test add column full_files any;
alter table restore_test add column flow_seconds any;
alter table restore_test add column per_file_us any;
alter table restore_test add column per_mb_us any;
alter table restore_test add column cost_error_percent any;

alter table observation add column settings text not null default '';
