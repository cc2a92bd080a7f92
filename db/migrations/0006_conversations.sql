CREATE TABLE "conversations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"title" text NOT NULL,
	"simulated" boolean NOT NULL,
	"version" integer NOT NULL,
	"last_seq" integer NOT NULL,
	"by" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"version" integer NOT NULL,
	"author" text NOT NULL,
	"by" jsonb,
	"state" text NOT NULL,
	"text" text NOT NULL,
	"files" jsonb NOT NULL,
	"links" jsonb NOT NULL,
	"commands" jsonb NOT NULL,
	"error" jsonb,
	"model" text,
	"simulated" boolean NOT NULL,
	"cost_micros" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"text" text NOT NULL,
	"simulated" boolean NOT NULL,
	"state" text NOT NULL,
	"proposed" jsonb,
	"error" jsonb,
	"run_id" uuid,
	"by" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "conversations_project" ON "conversations" USING btree ("organisation_id","project_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "messages_seq" ON "messages" USING btree ("conversation_id","seq");--> statement-breakpoint
CREATE INDEX "messages_version" ON "messages" USING btree ("conversation_id","version");--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON proposals, conversations, messages TO orrery_engine;
