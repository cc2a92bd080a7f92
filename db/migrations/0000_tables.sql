CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"public_id" text NOT NULL,
	"hash" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_public_id_unique" UNIQUE("public_id")
);
--> statement-breakpoint
CREATE TABLE "artifacts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"task_index" integer NOT NULL,
	"attempt" integer NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"media_type" text NOT NULL,
	"size" bigint NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "blob_chunks" (
	"organisation_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"index" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "blob_chunks_organisation_id_hash_index_pk" PRIMARY KEY("organisation_id","hash","index")
);
--> statement-breakpoint
CREATE TABLE "blobs" (
	"organisation_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"size" bigint NOT NULL,
	"chunks" integer NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "blobs_organisation_id_hash_pk" PRIMARY KEY("organisation_id","hash")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"run_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"organisation_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"type" text NOT NULL,
	"v" integer NOT NULL,
	"task_index" integer,
	"data" jsonb NOT NULL,
	"actor" jsonb NOT NULL,
	"correlation_id" text NOT NULL,
	"causation_seq" integer,
	"command_id" uuid,
	"command" jsonb,
	"at" timestamp (3) with time zone NOT NULL,
	"transaction" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"position" bigserial NOT NULL,
	CONSTRAINT "events_run_id_seq_pk" PRIMARY KEY("run_id","seq")
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"organisation_id" uuid NOT NULL,
	"operation" text NOT NULL,
	"key" text NOT NULL,
	"input_hash" text NOT NULL,
	"result_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_organisation_id_operation_key_pk" PRIMARY KEY("organisation_id","operation","key")
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"run_id" uuid NOT NULL,
	"task_index" integer NOT NULL,
	"organisation_id" uuid NOT NULL,
	"epoch" integer NOT NULL,
	"worker" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "leases_run_id_task_index_pk" PRIMARY KEY("run_id","task_index")
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"repository" text,
	"max_parallel" integer,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"head" integer NOT NULL,
	"status" text NOT NULL,
	"workflow" text NOT NULL,
	"workflow_version" integer NOT NULL,
	"title" text NOT NULL,
	"priority" integer NOT NULL,
	"max_parallel" integer NOT NULL,
	"parent_run_id" uuid,
	"parent_task_index" integer,
	"correlation_id" text NOT NULL,
	"error" jsonb,
	"task_count" integer NOT NULL,
	"tasks_ended" integer NOT NULL,
	"tasks_failed" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"key_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "sessions_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "snapshots" (
	"run_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"organisation_id" uuid NOT NULL,
	"domain_hash" text NOT NULL,
	"state" jsonb NOT NULL,
	CONSTRAINT "snapshots_run_id_seq_pk" PRIMARY KEY("run_id","seq")
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"run_id" uuid NOT NULL,
	"index" integer NOT NULL,
	"organisation_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"status" text NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"title" text NOT NULL,
	"uses" text NOT NULL,
	"worker_class" text NOT NULL,
	"priority" integer NOT NULL,
	"attempt" integer NOT NULL,
	"epoch" integer NOT NULL,
	"worker" text,
	"group_index" integer,
	"error" jsonb,
	"ready_at" timestamp (3) with time zone,
	"started_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"not_before" timestamp (3) with time zone,
	"child_run_id" uuid,
	CONSTRAINT "tasks_run_id_index_pk" PRIMARY KEY("run_id","index")
);
--> statement-breakpoint
CREATE TABLE "timers" (
	"run_id" uuid NOT NULL,
	"name" text NOT NULL,
	"organisation_id" uuid NOT NULL,
	"task_index" integer,
	"due_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "timers_run_id_name_pk" PRIMARY KEY("run_id","name")
);
--> statement-breakpoint
CREATE TABLE "workers" (
	"id" text PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"host" text NOT NULL,
	"pid" integer NOT NULL,
	"version" text NOT NULL,
	"classes" jsonb NOT NULL,
	"active" integer DEFAULT 0 NOT NULL,
	"sandbox" jsonb,
	"draining" boolean DEFAULT false NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"heartbeat_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "artifacts_run" ON "artifacts" USING btree ("run_id","seq");--> statement-breakpoint
CREATE INDEX "artifacts_hash" ON "artifacts" USING btree ("organisation_id","hash");--> statement-breakpoint
CREATE UNIQUE INDEX "events_command" ON "events" USING btree ("run_id","command_id") WHERE "events"."command_id" is not null;--> statement-breakpoint
CREATE INDEX "events_task" ON "events" USING btree ("run_id","task_index","seq") WHERE "events"."task_index" is not null;--> statement-breakpoint
CREATE INDEX "events_feed" ON "events" USING btree ("project_id","transaction","position");--> statement-breakpoint
CREATE INDEX "leases_expiry" ON "leases" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "leases_worker" ON "leases" USING btree ("worker");--> statement-breakpoint
CREATE UNIQUE INDEX "projects_slug" ON "projects" USING btree ("organisation_id","slug");--> statement-breakpoint
CREATE INDEX "projects_page" ON "projects" USING btree ("organisation_id","id");--> statement-breakpoint
CREATE INDEX "runs_project" ON "runs" USING btree ("organisation_id","project_id","id");--> statement-breakpoint
CREATE INDEX "runs_organisation" ON "runs" USING btree ("organisation_id","id");--> statement-breakpoint
CREATE INDEX "runs_children" ON "runs" USING btree ("parent_run_id") WHERE "runs"."parent_run_id" is not null;--> statement-breakpoint
CREATE INDEX "runs_open" ON "runs" USING btree ("status") WHERE "runs"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "tasks_due" ON "tasks" USING btree ("worker_class","priority","ready_at") WHERE "tasks"."status" = 'READY';--> statement-breakpoint
CREATE INDEX "tasks_active" ON "tasks" USING btree ("project_id") WHERE "tasks"."status" = 'CLAIMED';--> statement-breakpoint
CREATE INDEX "tasks_children" ON "tasks" USING btree ("child_run_id") WHERE "tasks"."child_run_id" is not null;--> statement-breakpoint
CREATE INDEX "timers_due" ON "timers" USING btree ("due_at");