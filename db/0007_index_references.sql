-- SPDX-License-Identifier: MIT
-- Whenever an id goes, SQLite looks for rows that still refer to it, and without an index it reads the whole table each time. These are the tables that lists and rules fill by the thousand.
create index device_site_id on device(site_id);
create index device_person_id on device(person_id);
create index attribute_subject_id on attribute(subject_id);
create index link_from_id on link(from_id);
create index link_to_id on link(to_id);
create index task_owner_role_id on task(owner_role_id);
create index task_person_id on task(person_id);
create index task_subject_id on task(subject_id);
create index recall_feed_id on recall(feed_id);
