drop table trial_run;
drop table rehearsal;
