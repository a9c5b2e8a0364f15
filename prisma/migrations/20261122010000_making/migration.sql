-- Who makes a job's film: its chains of providers, and who has made which scene's voice and picture.
ALTER TABLE "jobs" ADD COLUMN "making" JSONB;
