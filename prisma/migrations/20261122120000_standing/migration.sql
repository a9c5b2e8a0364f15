-- How long runs have stood still for somebody: that says nothing of how fast they are.
ALTER TABLE "jobs" ADD COLUMN "stood_ms" DOUBLE PRECISION NOT NULL DEFAULT 0,
    ADD COLUMN "stood_since" TIMESTAMPTZ(3);
