-- Where the events of a task lie is told by its row, while there still is an index to find them by.
ALTER TABLE "tasks" ADD COLUMN "planned_seq" integer;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "attempt_seq" integer;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "succeeded_seq" integer;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "last_seq" integer;--> statement-breakpoint
UPDATE "tasks" SET "planned_seq" = coalesce(found.planned_seq, 1), "attempt_seq" = found.attempt_seq,
  "succeeded_seq" = found.succeeded_seq, "last_seq" = coalesce(found.last_seq, 1)
FROM "tasks" AS task CROSS JOIN LATERAL (
  SELECT min(seq) AS planned_seq, max(seq) AS last_seq, max(seq) FILTER (WHERE type = 'TaskSucceeded') AS succeeded_seq,
    min(seq) FILTER (WHERE type = 'TaskReady' AND (data ->> 'attempt')::int = task.attempt) AS attempt_seq
  FROM "events" WHERE run_id = task.run_id AND task_index = task.index
) AS found
WHERE "tasks".run_id = task.run_id AND "tasks".index = task.index;--> statement-breakpoint
ALTER TABLE "tasks" ALTER COLUMN "planned_seq" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "tasks" ALTER COLUMN "last_seq" SET NOT NULL;--> statement-breakpoint
DROP INDEX "events_task";--> statement-breakpoint
DROP INDEX "events_command";--> statement-breakpoint
DROP INDEX "events_feed";--> statement-breakpoint
ALTER TABLE "events" ALTER COLUMN "data" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "events" ALTER COLUMN "actor" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "events" ALTER COLUMN "command" SET DATA TYPE json;--> statement-breakpoint
ALTER TABLE "events" DROP COLUMN "position";--> statement-breakpoint
-- Which of the older commands were named is not known: all of them count as such.
ALTER TABLE "events" ADD COLUMN "command_named" boolean DEFAULT true;--> statement-breakpoint
ALTER TABLE "events" ALTER COLUMN "command_named" DROP DEFAULT;--> statement-breakpoint
CREATE UNIQUE INDEX "events_command" ON "events" USING btree ("run_id","command_id") WHERE "events"."command_named";--> statement-breakpoint
CREATE INDEX "events_feed" ON "events" USING btree ("project_id","transaction");
