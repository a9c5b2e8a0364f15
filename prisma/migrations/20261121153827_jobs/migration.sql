-- CreateTable
CREATE TABLE "jobs" (
    "id" UUID NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "run" INTEGER NOT NULL DEFAULT 1,
    "stage" TEXT NOT NULL DEFAULT 'brief',
    "percent" INTEGER NOT NULL DEFAULT 0,
    "message" TEXT NOT NULL DEFAULT '',
    "seq" INTEGER NOT NULL DEFAULT 1,
    "scenes_done" INTEGER NOT NULL DEFAULT 0,
    "scenes_total" INTEGER NOT NULL DEFAULT 0,
    "correlation_id" TEXT NOT NULL,
    "order" JSONB NOT NULL,
    "script" JSONB,
    "film" JSONB,
    "error" JSONB,
    "failure_details" TEXT,
    "warnings" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "cancel_requested_at" TIMESTAMPTZ(3),
    "canceled_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "jobs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "steps" (
    "job_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "stage" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "percent" INTEGER NOT NULL DEFAULT 0,
    "message" TEXT NOT NULL DEFAULT '',
    "error" JSONB,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "steps_pkey" PRIMARY KEY ("job_id","name")
);

-- CreateTable
CREATE TABLE "job_events" (
    "job_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "run" INTEGER NOT NULL DEFAULT 1,
    "type" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "job_events_pkey" PRIMARY KEY ("job_id","seq")
);

-- CreateTable
CREATE TABLE "artifacts" (
    "job_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "media_type" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "artifacts_pkey" PRIMARY KEY ("job_id","kind")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "job_id" UUID NOT NULL,
    "command" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "not_before" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_keys" (
    "tenant_id" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "job_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("tenant_id","route","key")
);

-- CreateTable
CREATE TABLE "worker_states" (
    "worker_id" TEXT NOT NULL,
    "report" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_states_pkey" PRIMARY KEY ("worker_id")
);

-- CreateIndex
CREATE INDEX "jobs_state_created_at_idx" ON "jobs"("state", "created_at");

-- CreateIndex
CREATE INDEX "jobs_tenant_id_created_at_id_idx" ON "jobs"("tenant_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "outbox_command_not_before_idx" ON "outbox"("command", "not_before");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_job_id_command_key" ON "outbox"("job_id", "command");

-- CreateIndex
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

-- AddForeignKey
ALTER TABLE "steps" ADD CONSTRAINT "steps_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "job_events" ADD CONSTRAINT "job_events_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "artifacts" ADD CONSTRAINT "artifacts_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- From here by hand: Prisma's schema language has no words for these, and leaves them alone.

ALTER TABLE "jobs"
    ADD CONSTRAINT "jobs_state_known" CHECK ("state" IN ('queued', 'running', 'awaiting-approval', 'paused', 'canceling', 'succeeded', 'failed', 'canceled')),
    ADD CONSTRAINT "jobs_stage_known" CHECK ("stage" IN ('brief', 'script', 'voice', 'visuals', 'compose')),
    ADD CONSTRAINT "jobs_percent_range" CHECK ("percent" BETWEEN 0 AND 100),
    ADD CONSTRAINT "jobs_percent_full_iff_succeeded" CHECK (("percent" = 100) = ("state" = 'succeeded')),
    ADD CONSTRAINT "jobs_numbers_positive" CHECK ("run" > 0 AND "seq" > 0 AND "scenes_done" >= 0 AND "scenes_total" >= 0),
    ADD CONSTRAINT "jobs_ended_iff_terminal" CHECK (("ended_at" IS NOT NULL) = ("state" IN ('succeeded', 'failed', 'canceled'))),
    ADD CONSTRAINT "jobs_canceled_at_iff_canceled" CHECK (("canceled_at" IS NOT NULL) = ("state" = 'canceled')),
    ADD CONSTRAINT "jobs_film_if_succeeded" CHECK ("state" <> 'succeeded' OR "film" IS NOT NULL),
    ADD CONSTRAINT "jobs_error_if_failed" CHECK ("state" <> 'failed' OR "error" IS NOT NULL);

ALTER TABLE "steps"
    ADD CONSTRAINT "steps_name_known" CHECK ("name" IN ('preflight', 'script', 'narration', 'broll', 'subtitles', 'mux')),
    ADD CONSTRAINT "steps_stage_known" CHECK ("stage" IN ('brief', 'script', 'voice', 'visuals', 'compose')),
    ADD CONSTRAINT "steps_state_known" CHECK ("state" IN ('pending', 'running', 'succeeded', 'failed', 'skipped', 'canceled')),
    ADD CONSTRAINT "steps_percent_range" CHECK ("percent" BETWEEN 0 AND 100);

ALTER TABLE "job_events"
    ADD CONSTRAINT "job_events_numbers_positive" CHECK ("seq" > 0 AND "run" > 0),
    ADD CONSTRAINT "job_events_type_known" CHECK ("type" IN ('job-status', 'step-status', 'step-progress', 'step-error', 'warning', 'job-completed', 'job-failed'));

ALTER TABLE "artifacts"
    ADD CONSTRAINT "artifacts_kind_known" CHECK ("kind" IN ('video', 'captions', 'thumbnail', 'history')),
    ADD CONSTRAINT "artifacts_blob" CHECK ("sha256" ~ '^[0-9a-f]{64}$' AND "bytes" >= 0);

ALTER TABLE "outbox"
    ADD CONSTRAINT "outbox_command_known" CHECK ("command" IN ('start', 'cancel', 'archive')),
    ADD CONSTRAINT "outbox_attempts_range" CHECK ("attempts" >= 0);

-- What must hold over time, whoever writes: within a run terminal is final, percent never falls and a
-- time that is written stays; the event number never falls at all.
CREATE FUNCTION "keep_job_history"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW."seq" < OLD."seq" OR NEW."run" < OLD."run" THEN
        RAISE EXCEPTION 'seq and run of a job never fall' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW."run" = OLD."run" THEN
        IF OLD."state" IN ('succeeded', 'failed', 'canceled') AND NEW."state" <> OLD."state" THEN
            RAISE EXCEPTION 'a terminal state is final' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW."percent" < OLD."percent" THEN
            RAISE EXCEPTION 'percent never falls' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW."created_at" <> OLD."created_at"
            OR NEW."queued_at" <> OLD."queued_at"
            OR (OLD."started_at" IS NOT NULL AND NEW."started_at" IS DISTINCT FROM OLD."started_at")
            OR (OLD."cancel_requested_at" IS NOT NULL AND NEW."cancel_requested_at" IS DISTINCT FROM OLD."cancel_requested_at")
            OR (OLD."canceled_at" IS NOT NULL AND NEW."canceled_at" IS DISTINCT FROM OLD."canceled_at")
            OR (OLD."ended_at" IS NOT NULL AND NEW."ended_at" IS DISTINCT FROM OLD."ended_at") THEN
            RAISE EXCEPTION 'a time that is written stays' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END;
$$;

CREATE TRIGGER "jobs_keep_history" BEFORE UPDATE ON "jobs"
    FOR EACH ROW EXECUTE FUNCTION "keep_job_history"();
