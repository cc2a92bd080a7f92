CREATE TABLE "approvals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"task_index" integer NOT NULL,
	"attempt" integer NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"status" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"fields" jsonb NOT NULL,
	"facts" jsonb,
	"on_deadline" text NOT NULL,
	"quorum" integer NOT NULL,
	"votes" integer NOT NULL,
	"escalated" boolean NOT NULL,
	"answer" jsonb,
	"answered_by" jsonb,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "artifacts" ADD COLUMN "score" real;--> statement-breakpoint
ALTER TABLE "artifacts" ADD COLUMN "score_parts" jsonb;--> statement-breakpoint
ALTER TABLE "artifacts" ADD COLUMN "simulated" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "approvals_inbox" ON "approvals" USING btree ("organisation_id","requested_at","id") WHERE "approvals"."status" = 'OPEN';--> statement-breakpoint
CREATE INDEX "approvals_all" ON "approvals" USING btree ("organisation_id","requested_at","id");--> statement-breakpoint
CREATE INDEX "approvals_run" ON "approvals" USING btree ("run_id","seq");--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON approvals TO orrery_engine;
