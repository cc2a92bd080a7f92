ALTER TABLE "api_keys" ADD COLUMN "role" text DEFAULT 'member' NOT NULL;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "simulated" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "artifacts_newest" ON "artifacts" USING btree ("organisation_id","id");--> statement-breakpoint
CREATE INDEX "ledger_calls_settled" ON "ledger_calls" USING btree ("organisation_id","settled_at","key");--> statement-breakpoint
-- Whoever had a key until now could do everything.
UPDATE "api_keys" SET "role" = 'owner';
