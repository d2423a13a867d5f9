-- Payments that changed days after they were made: what was booked about them then is not found by the week of the payment.
CREATE INDEX transfers_changed_later ON transfers (updated_at) WHERE updated_at - transacted_at > interval '3 days';
CREATE INDEX withdrawals_changed_later ON withdrawals (updated_at) WHERE updated_at - created_at > interval '3 days';

-- Customers in the order of names, of a word that many have: those whose name begins with it are read from the index that
-- has them, names beside it, and those that have it further on from one of all but the first letter: a capital, which no
-- search has, stands for it, so that what follows is no word's beginning.
DROP INDEX customers_begin;
CREATE INDEX customers_begin ON customers (search_text COLLATE "C", id, name);
CREATE INDEX customers_search_later ON customers USING gin (('X' || substr(search_text, 3)) gin_trgm_ops);

-- How many wallets stand under an entity, which every list of entities says.
CREATE INDEX wallet_assets_entity ON wallet_assets (entity_id) WHERE entity_id IS NOT NULL;

-- From many customers to their wallets, and on to these wallets' account numbers: by the indexes alone, not by as many places
-- in the tables.
DROP INDEX wallets_customer_id_created_at_idx;
CREATE INDEX wallets_customer_id_created_at_id_idx ON wallets (customer_id, created_at, id);
CREATE INDEX wallet_assets_number ON wallet_assets (wallet_id, account_number_id) WHERE account_number_id IS NOT NULL;
CREATE INDEX account_numbers_made ON account_numbers (id, created_at);
