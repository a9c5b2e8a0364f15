-- What a run was asked to change, what it has made anew, and what its film was made from; see edits in the gateway.
CREATE TABLE "job_runs" (
    "job_id" UUID NOT NULL,
    "run" INTEGER NOT NULL,
    "edit" JSONB,
    "units" JSONB,
    "made" JSONB,

    CONSTRAINT "job_runs_pkey" PRIMARY KEY ("job_id", "run")
);

-- AddForeignKey
ALTER TABLE "job_runs" ADD CONSTRAINT "job_runs_job_id_fkey"
    FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
