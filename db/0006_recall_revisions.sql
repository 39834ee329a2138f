-- SPDX-License-Identifier: MIT
alter table recall add column extent text not null default '';
alter table recall add column wider text not null default '';
alter table recall add column revision any;
