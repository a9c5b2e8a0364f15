-- Jobs are listed, filed, searched, made again from their requests, tried again and deleted.
ALTER TABLE "jobs" ADD COLUMN "request" JSONB,
    ADD COLUMN "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    ADD COLUMN "words" TEXT NOT NULL DEFAULT '',
    ADD COLUMN "title_words" TEXT NOT NULL DEFAULT '';

ALTER TABLE "outbox" ADD COLUMN "run" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "unwanted_blobs" (
    "sha256" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "unwanted_blobs_pkey" PRIMARY KEY ("sha256")
);

-- DropIndex
DROP INDEX "outbox_job_id_command_key";

-- CreateIndex
CREATE UNIQUE INDEX "outbox_job_id_command_run_key" ON "outbox"("job_id", "command", "run");

-- CreateIndex
CREATE INDEX "jobs_tenant_id_state_created_at_id_idx" ON "jobs"("tenant_id", "state", "created_at", "id");

-- CreateIndex
CREATE INDEX "jobs_tags_idx" ON "jobs" USING GIN ("tags");

-- From here by hand: Prisma's schema language has no words for it. The expression is that of the search in the
-- gateway; of a long brief its beginning is enough.
CREATE INDEX "jobs_search_idx" ON "jobs" USING GIN (to_tsvector('simple'::regconfig,
    left("order" #>> '{brief,text}', 20000) || ' ' || coalesce("script" ->> 'title', '') || ' ' || "words" || ' ' || "title_words"));
