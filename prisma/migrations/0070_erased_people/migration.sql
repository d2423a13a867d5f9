-- ── Who somebody was can be erased ───────────────────────────────────────────

-- Asked for by one person, decided on by another.
INSERT INTO approval_rules (id, action, version, conditions, steps) VALUES
  (gen_random_uuid(), 'customer.erase', 1, '{}', '[{"people": 1}]');

-- Who was erased stays so: no sync, and nobody by hand, writes them anew.
CREATE TRIGGER customers_erased BEFORE UPDATE ON customers
  FOR EACH ROW WHEN (OLD.erased_at IS NOT NULL) EXECUTE FUNCTION refuse_change();
