ALTER TABLE "runs" ADD COLUMN "forked_from_run_id" uuid;--> statement-breakpoint
ALTER TABLE "runs" ADD COLUMN "forked_at_seq" integer;--> statement-breakpoint
CREATE INDEX "runs_forks" ON "runs" USING btree ("forked_from_run_id") WHERE "runs"."forked_from_run_id" is not null;