-- What the job was told whose content nobody wants any more: another that is told the same may be making it.
ALTER TABLE "unwanted_blobs" ADD COLUMN "told" TEXT;
