-- The downgrade report of a job: which provider was wanted, which did the work, and why.
ALTER TABLE "jobs" ADD COLUMN "replacements" JSONB NOT NULL DEFAULT '[]';
