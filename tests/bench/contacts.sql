-- In how many months each student was spoken with, in all, and when last.
create table contacts (id text, date text, kind text, staff text, student text, subject text, "to" text, channel text, present text,
  student_present text, minutes integer, tags text, follow_up text, note text);
.mode csv
.import --skip 1 logged.contacts.csv contacts
select sum(months) from (select student, count(distinct substr(date, 1, 7)) as months, max(date) as last from contacts group by student);
