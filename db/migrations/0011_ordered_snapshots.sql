-- What was kept has lost the order of its fields. It is made anew where it is needed.
DELETE FROM "snapshots";--> statement-breakpoint
ALTER TABLE "snapshots" ALTER COLUMN "state" SET DATA TYPE json;
