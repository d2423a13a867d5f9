-- How many wallets each company of a list has: without it all wallets are read for it.
CREATE INDEX "wallet_assets_entity_id_idx" ON "wallet_assets"("entity_id");
