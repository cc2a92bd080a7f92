CREATE TABLE "passes" (
	"turn" bigint NOT NULL
);
--> statement-breakpoint
INSERT INTO "passes" ("turn") VALUES (0);--> statement-breakpoint
GRANT SELECT, UPDATE ON passes TO orrery_engine;--> statement-breakpoint
-- One row that changes all the time stays on its page.
ALTER TABLE passes SET (fillfactor = 10, autovacuum_vacuum_threshold = 1000);
