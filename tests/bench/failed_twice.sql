-- How many students failed the same subject in two consecutive exams (a missing mark is an empty text, which is below nothing).
create table marks (exam integer, date text, student text, 语文 real, 数学 real, 英语 real, 物理 real, 化学 real, 生物 real, 历史 real, 地理 real, 政治 real);
.mode csv
.import --skip 1 school.csv marks
select count(distinct student) from (
  select student,
    (语文 < 60 and lag(语文) over w < 60) or (数学 < 60 and lag(数学) over w < 60) or (英语 < 60 and lag(英语) over w < 60) or
    (物理 < 60 and lag(物理) over w < 60) or (化学 < 60 and lag(化学) over w < 60) or (生物 < 60 and lag(生物) over w < 60) or
    (历史 < 60 and lag(历史) over w < 60) or (地理 < 60 and lag(地理) over w < 60) or (政治 < 60 and lag(政治) over w < 60) as twice
  from marks window w as (partition by student order by exam)
) where twice;
