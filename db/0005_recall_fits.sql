-- SPDX-License-Identifier: MIT
alter table recall add column fits text not null default '';
