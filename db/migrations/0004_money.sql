CREATE TABLE "budgets" (
	"organisation_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"limit_micros" bigint,
	"reserved_micros" bigint DEFAULT 0 NOT NULL,
	"spent_micros" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "budgets_organisation_id_kind_id_pk" PRIMARY KEY("organisation_id","kind","id")
);
--> statement-breakpoint
CREATE TABLE "ledger_calls" (
	"key" text PRIMARY KEY NOT NULL,
	"organisation_id" uuid NOT NULL,
	"scopes" text[] NOT NULL,
	"run_id" uuid,
	"task_index" integer,
	"epoch" integer,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"reserved_micros" bigint NOT NULL,
	"charged_micros" bigint,
	"state" text NOT NULL,
	"usage" jsonb,
	"reserved_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"settled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE INDEX "ledger_calls_scopes" ON "ledger_calls" USING gin ("scopes");--> statement-breakpoint
CREATE INDEX "ledger_calls_open" ON "ledger_calls" USING btree ("reserved_at") WHERE "ledger_calls"."state" = 'open';--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON budgets, ledger_calls TO orrery_engine;--> statement-breakpoint
-- Every call changes the rows of its budgets twice: room for HOT updates, and vacuumed early.
ALTER TABLE budgets SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01);
