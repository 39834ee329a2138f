-- SPDX-License-Identifier: MIT
alter table waiver add column facts text not null default '';
