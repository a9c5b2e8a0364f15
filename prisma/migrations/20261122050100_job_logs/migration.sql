-- What workers and workflows have said of a job, filtered and bounded; see keepLog of the record stage.
CREATE TABLE "job_logs" (
    "job_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "level" SMALLINT NOT NULL,
    "stage" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "code" TEXT,
    "fields" JSONB NOT NULL,
    "origin" TEXT NOT NULL,
    "line" INTEGER NOT NULL,

    CONSTRAINT "job_logs_pkey" PRIMARY KEY ("job_id", "seq")
);

-- Only lines that carry a code are counted over a time. Prisma knows no indexes over expressions, and so lets this one be.
CREATE INDEX "job_logs_codes_idx" ON "job_logs"("at", (coalesce("code", ''))) WHERE "code" IS NOT NULL;

-- AddForeignKey
ALTER TABLE "job_logs" ADD CONSTRAINT "job_logs_job_id_fkey"
    FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
