-- What users have uploaded, and which jobs are made with it.
CREATE TABLE "assets" (
    "id" UUID NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "media_type" TEXT NOT NULL,
    "width_px" INTEGER,
    "height_px" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "assets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "asset_uses" (
    "job_id" UUID NOT NULL,
    "asset_id" UUID NOT NULL,

    CONSTRAINT "asset_uses_pkey" PRIMARY KEY ("job_id","asset_id")
);

-- CreateIndex
CREATE INDEX "assets_tenant_id_id_idx" ON "assets"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "assets_expires_at_idx" ON "assets"("expires_at");

-- CreateIndex
CREATE INDEX "assets_deleted_at_idx" ON "assets"("deleted_at");

-- CreateIndex
CREATE INDEX "assets_sha256_idx" ON "assets"("sha256");

-- CreateIndex
CREATE INDEX "asset_uses_asset_id_idx" ON "asset_uses"("asset_id");

-- AddForeignKey
ALTER TABLE "asset_uses" ADD CONSTRAINT "asset_uses_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "jobs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "asset_uses" ADD CONSTRAINT "asset_uses_asset_id_fkey" FOREIGN KEY ("asset_id") REFERENCES "assets"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- From here by hand.

-- The same content is one file of a tenant, however often it is uploaded.
CREATE UNIQUE INDEX "assets_content_once" ON "assets"("tenant_id", "sha256") WHERE "deleted_at" IS NULL;

ALTER TABLE "assets"
    ADD CONSTRAINT "assets_kind_known" CHECK ("kind" IN ('document', 'picture', 'clip', 'sound')),
    ADD CONSTRAINT "assets_blob" CHECK ("sha256" ~ '^[0-9a-f]{64}$' AND "bytes" > 0);
