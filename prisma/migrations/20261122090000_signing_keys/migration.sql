-- What links that are given to others are signed with.
CREATE TABLE "signing_keys" (
    "name" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "signing_keys_pkey" PRIMARY KEY ("name")
);

-- From here by hand.

-- No business of requests under this role.
REVOKE ALL ON "signing_keys" FROM aura_gateway;
