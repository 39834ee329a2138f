-- SPDX-License-Identifier: MIT
alter table observation add column warned integer not null default 0;
