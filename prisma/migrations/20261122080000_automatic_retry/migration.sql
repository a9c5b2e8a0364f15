-- Jobs that are tried again by themselves where a failure may pass.
ALTER TABLE "jobs" ADD COLUMN "auto_retry" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "auto_runs" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "retry_at" TIMESTAMPTZ(3);
