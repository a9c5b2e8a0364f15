-- What search finds a passage by where its own words are not enough: in writing without spaces between them.
ALTER TABLE "passages" ADD COLUMN "words" TEXT NOT NULL DEFAULT '';
