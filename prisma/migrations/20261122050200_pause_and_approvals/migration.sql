-- Jobs are paused and resumed, and wait for what their users have to approve.
ALTER TABLE "jobs" ADD COLUMN "approval" JSONB;

-- From here by hand: Prisma's schema language has no words for it.
ALTER TABLE "outbox"
    DROP CONSTRAINT "outbox_command_known",
    ADD CONSTRAINT "outbox_command_known" CHECK ("command" IN ('start', 'cancel', 'archive', 'pause', 'resume'));

ALTER TABLE "artifacts"
    DROP CONSTRAINT "artifacts_kind_known",
    ADD CONSTRAINT "artifacts_kind_known" CHECK ("kind" IN ('video', 'captions', 'thumbnail', 'history', 'timeline', 'captions-vtt', 'captions-ass', 'sprites', 'preview', 'hls', 'output', 'storyboard', 'voice-sample'));
