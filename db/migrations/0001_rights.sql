-- Events are immutable by rights: the role of the running system may insert and select them, and nothing else. A trigger
-- refuses everybody who has more rights than that, the owner of the table included.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'orrery_engine') THEN
    CREATE ROLE orrery_engine NOLOGIN NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; -- another database of this cluster was faster
END $$;--> statement-breakpoint
DO $$ BEGIN EXECUTE format('GRANT orrery_engine TO %I', current_user); EXCEPTION WHEN invalid_grant_operation THEN NULL; END $$;--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO orrery_engine;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO orrery_engine;--> statement-breakpoint
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO orrery_engine;--> statement-breakpoint
REVOKE UPDATE, DELETE, TRUNCATE ON events, blobs, blob_chunks FROM orrery_engine;--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'events are immutable: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;--> statement-breakpoint
CREATE TRIGGER events_immutable BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER events_kept BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint
-- Rows that change all the time stay on their page: room for HOT updates, and vacuumed early.
ALTER TABLE runs SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);--> statement-breakpoint
ALTER TABLE tasks SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);--> statement-breakpoint
ALTER TABLE leases SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01);--> statement-breakpoint
ALTER TABLE timers SET (autovacuum_vacuum_scale_factor = 0.01);
