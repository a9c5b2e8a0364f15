-- The text of documents in pieces, searched by the brief stage and forgotten after a while.
CREATE TABLE "passages" (
    "sha256" TEXT NOT NULL,
    "recipe" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "passages_pkey" PRIMARY KEY ("sha256","recipe","position")
);

-- CreateIndex
CREATE INDEX "passages_at_idx" ON "passages"("at");
