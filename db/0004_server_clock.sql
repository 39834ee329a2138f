-- SPDX-License-Identifier: MIT
alter table observation add column clock_ahead_seconds integer not null default 0;
