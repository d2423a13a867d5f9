-- Whether somebody's role lets them decide on what others ask for, as lib/roles.ts has it.
CREATE OR REPLACE FUNCTION operator_decides(who operators) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT who.role IN ('approver', 'admin') OR EXISTS (
    SELECT FROM custom_roles r WHERE r.id = who.custom_role_id AND 'approvals:decide' = ANY (r.permissions))
$$;
