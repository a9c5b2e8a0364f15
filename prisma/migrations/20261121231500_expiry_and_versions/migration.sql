-- Files of jobs may go before their jobs do; files are told apart from earlier ones of the same name.
ALTER TABLE "artifacts" ADD COLUMN "expired_at" TIMESTAMPTZ(3),
    ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

ALTER TABLE "assets" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

-- CreateIndex
CREATE INDEX "artifacts_sha256_idx" ON "artifacts"("sha256");

-- CreateIndex
CREATE INDEX "assets_tenant_id_file_name_idx" ON "assets"("tenant_id", "file_name");
