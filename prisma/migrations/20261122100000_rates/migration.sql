-- How long work takes here, learned from finished jobs; and what is expected of a job.
ALTER TABLE "jobs" ADD COLUMN "expected" JSONB;

-- CreateTable
CREATE TABLE "rates" (
    "kind" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "size" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "samples" INTEGER NOT NULL DEFAULT 1,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rates_pkey" PRIMARY KEY ("kind","provider","size")
);
