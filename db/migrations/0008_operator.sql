CREATE TABLE "workflow_versions" (
	"organisation_id" uuid NOT NULL,
	"name" text NOT NULL,
	"version" integer NOT NULL,
	"hash" text NOT NULL,
	"definition" json NOT NULL,
	"seen_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "workflow_versions_organisation_id_name_version_hash_pk" PRIMARY KEY("organisation_id","name","version","hash")
);
--> statement-breakpoint
CREATE INDEX "artifacts_scored" ON "artifacts" USING btree ("organisation_id","created_at") WHERE "artifacts"."score" is not null;--> statement-breakpoint
CREATE INDEX "events_of_models" ON "events" USING btree ("organisation_id","type","at") WHERE "events"."type" in ('ModelRouted', 'ModelCallFinished', 'ModelCallFailed', 'TaskSentBack');--> statement-breakpoint
CREATE INDEX "tasks_of_agent" ON "tasks" USING btree ("organisation_id","uses","ended_at") WHERE "tasks"."ended_at" is not null and "tasks"."kind" = 'work';--> statement-breakpoint
CREATE INDEX "tasks_gone_wrong" ON "tasks" USING btree ("organisation_id","ended_at") WHERE "tasks"."status" in ('FAILED', 'BLOCKED');--> statement-breakpoint
CREATE INDEX "ledger_calls_time" ON "ledger_calls" USING btree ("organisation_id","reserved_at");--> statement-breakpoint
CREATE INDEX "ledger_calls_task" ON "ledger_calls" USING btree ("run_id","task_index") WHERE "ledger_calls"."run_id" is not null;--> statement-breakpoint
GRANT SELECT, INSERT ON workflow_versions TO orrery_engine;
