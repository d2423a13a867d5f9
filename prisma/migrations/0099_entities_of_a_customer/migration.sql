-- The entities of one customer: on their page, when their tax id is corrected or who they are is erased, and of all
-- customers of a scope. Without it each read all entities.
CREATE INDEX entities_customer_id_idx ON entities (customer_id);
