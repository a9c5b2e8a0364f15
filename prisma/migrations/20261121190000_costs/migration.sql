-- What a job may spend, and what it has spent.
ALTER TABLE "jobs" ADD COLUMN "allowance_usd" DOUBLE PRECISION, ADD COLUMN "cost" JSONB;
