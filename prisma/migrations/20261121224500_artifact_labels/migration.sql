-- A film may come with several files of one kind: renditions, languages, outputs.
ALTER TABLE "artifacts" DROP CONSTRAINT "artifacts_pkey",
    ADD COLUMN "label" TEXT NOT NULL DEFAULT '',
    ADD CONSTRAINT "artifacts_pkey" PRIMARY KEY ("job_id", "kind", "label");

-- From here by hand.

ALTER TABLE "artifacts"
    DROP CONSTRAINT "artifacts_kind_known",
    ADD CONSTRAINT "artifacts_kind_known" CHECK ("kind" IN ('video', 'captions', 'thumbnail', 'history', 'timeline', 'captions-vtt', 'captions-ass', 'sprites', 'preview', 'hls', 'output')),
    ADD CONSTRAINT "artifacts_label" CHECK ("label" = '' OR "label" ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$');
