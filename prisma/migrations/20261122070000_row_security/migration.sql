-- Requests are answered under a role that sees the rows of one tenant: the one that the setting aura.tenant of its
-- connection names. Whoever owns the tables (migrations, the record worker, the outbox) is not held to it.

DO $$
BEGIN
    CREATE ROLE aura_gateway NOLOGIN NOSUPERUSER NOBYPASSRLS;
EXCEPTION
    -- A role is one for all databases of a server.
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'the role aura_gateway is missing and % may not make it', current_user
            USING HINT = format('Run as an administrator: CREATE ROLE aura_gateway NOLOGIN; GRANT aura_gateway TO %I;', current_user);
END $$;

DO $$
BEGIN
    IF NOT pg_has_role(current_user, 'aura_gateway', 'SET') THEN
        EXECUTE format('GRANT aura_gateway TO %I', current_user);
    END IF;
END $$;

DO $$
DECLARE
    own text := current_schema();
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO aura_gateway', own);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO aura_gateway', own);
    EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO aura_gateway', own);
    -- Of tables that come later, too: a test holds them to have policies of their own.
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO aura_gateway', own);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT USAGE ON SEQUENCES TO aura_gateway', own);
END $$;

-- Whose keys there are, and what was done, is no business of requests under this role.
REVOKE ALL ON "api_keys", "audit_log", "passages" FROM aura_gateway;
REVOKE INSERT, UPDATE, DELETE ON "worker_states" FROM aura_gateway;
DO $$
BEGIN
    IF to_regclass('_prisma_migrations') IS NOT NULL THEN
        REVOKE ALL ON "_prisma_migrations" FROM aura_gateway;
    END IF;
END $$;

-- The tenant of the connection. Without one there are no rows.
CREATE FUNCTION "aura_tenant"() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('aura.tenant', true), '');

ALTER TABLE "jobs" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "assets" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "idempotency_keys" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "stored_replies" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "deleted_costs" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "api_keys" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "audit_log" ENABLE ROW LEVEL SECURITY;
-- (SELECT …): asked once a statement, so that indexes on tenant_id serve.
CREATE POLICY "of_tenant" ON "jobs" TO aura_gateway USING ("tenant_id" = (SELECT "aura_tenant"()));
CREATE POLICY "of_tenant" ON "assets" TO aura_gateway USING ("tenant_id" = (SELECT "aura_tenant"()));
CREATE POLICY "of_tenant" ON "idempotency_keys" TO aura_gateway USING ("tenant_id" = (SELECT "aura_tenant"()));
CREATE POLICY "of_tenant" ON "stored_replies" TO aura_gateway USING ("tenant_id" = (SELECT "aura_tenant"()));
CREATE POLICY "of_tenant" ON "deleted_costs" TO aura_gateway USING ("tenant_id" = (SELECT "aura_tenant"()));

-- What belongs to a job is of the job's tenant. A statement that makes a job with all that belongs to it does not see
-- the job yet while the rest is written, so that writing is checked when the statement has ended.
CREATE FUNCTION "refuse_row_of_foreign_job"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM jobs WHERE id = NEW.job_id) THEN
        RAISE EXCEPTION 'no job of this tenant' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;

DO $$
DECLARE
    owned text;
BEGIN
    FOREACH owned IN ARRAY ARRAY['steps', 'job_events', 'artifacts', 'outbox', 'asset_uses', 'job_logs', 'job_runs'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', owned);
        EXECUTE format('CREATE POLICY "of_tenant" ON %I TO aura_gateway
            USING (EXISTS (SELECT FROM jobs WHERE jobs.id = %1$I.job_id)) WITH CHECK (true)', owned);
        EXECUTE format('CREATE TRIGGER "of_tenant" AFTER INSERT OR UPDATE ON %I FOR EACH ROW
            WHEN (current_user = ''aura_gateway'') EXECUTE FUNCTION "refuse_row_of_foreign_job"()', owned);
    END LOOP;
END $$;
