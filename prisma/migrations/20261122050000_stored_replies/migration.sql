-- Answers to requests that may be repeated.
CREATE TABLE "stored_replies" (
    "tenant_id" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "status" INTEGER,
    "location" TEXT,
    "body" TEXT,
    "job_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stored_replies_pkey" PRIMARY KEY ("tenant_id","route","key")
);

-- CreateIndex
CREATE INDEX "stored_replies_created_at_idx" ON "stored_replies"("created_at");

-- CreateIndex
CREATE INDEX "stored_replies_job_id_idx" ON "stored_replies"("job_id");
