-- How long work takes is learned by the record worker: requests read it, and tell nobody else anything by it.
REVOKE INSERT, UPDATE, DELETE ON "rates" FROM aura_gateway;
