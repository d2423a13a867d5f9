-- For triggers on what is append-only. What people wrote of a customer who is erased goes all the same, of these tables and
-- by erase_texts alone: it says so, and has the owner's rights, which neither web nor worker has.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_LEVEL = 'STATEMENT' AND current_setting('monedero.erasing', true) = 'on'
    AND TG_TABLE_NAME IN (
      'notes', 'reveals', 'data_looks', 'person_packs', 'case_acts', 'lifecycle_acts', 'holds', 'hold_acts', 'debt_plans',
      'pattern_moves', 'deposit_requests', 'approvals', 'approval_decisions')
    AND (SELECT pg_get_userbyid(c.relowner) FROM pg_class c WHERE c.oid = TG_RELID) = current_user THEN
    RETURN NULL;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
