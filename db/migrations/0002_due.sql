DROP INDEX "tasks_due";--> statement-breakpoint
CREATE INDEX "runs_open_children" ON "runs" USING btree ("id") WHERE "runs"."parent_run_id" is not null and "runs"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "tasks_ticketed" ON "tasks" USING btree ("not_before") WHERE "tasks"."status" = 'READY' and "tasks"."not_before" is not null;--> statement-breakpoint
CREATE INDEX "tasks_runs" ON "tasks" USING btree ("status","run_id") WHERE "tasks"."kind" = 'run' and "tasks"."status" in ('READY', 'WAITING');--> statement-breakpoint
CREATE INDEX "tasks_due" ON "tasks" USING btree ("worker_class","project_id","priority" DESC NULLS LAST,"ready_at") WHERE "tasks"."status" = 'READY' and "tasks"."kind" = 'work';