-- What jobs have spent that were deleted: the day's budget does not come back with them.
CREATE TABLE "deleted_costs" (
    "job_id" UUID NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "usd" DOUBLE PRECISION NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deleted_costs_pkey" PRIMARY KEY ("job_id")
);

-- CreateIndex
CREATE INDEX "deleted_costs_tenant_id_ended_at_idx" ON "deleted_costs"("tenant_id", "ended_at");
