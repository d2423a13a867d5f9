-- Roles that people make of the permissions that there are, beside the built-in ones.

ALTER TYPE "role" ADD VALUE 'custom';

-- CreateTable
CREATE TABLE "custom_roles" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "permissions" TEXT[],
    "made_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "custom_roles_pkey" PRIMARY KEY ("id")
);
ALTER TABLE custom_roles
  ALTER COLUMN permissions SET NOT NULL,
  ADD CONSTRAINT custom_roles_name_check CHECK (length(btrim(name)) BETWEEN 1 AND 60),
  -- Whoever signs in reads.
  ADD CONSTRAINT custom_roles_permissions_check CHECK ('console:read' = ANY (permissions));
CREATE UNIQUE INDEX custom_roles_name ON custom_roles (lower(name));

-- AlterTable
ALTER TABLE "operators" ADD COLUMN "custom_role_id" UUID;

-- CreateIndex
CREATE INDEX "operators_custom_role_id_idx" ON "operators"("custom_role_id");

-- AddForeignKey
ALTER TABLE "operators" ADD CONSTRAINT "operators_custom_role_id_fkey" FOREIGN KEY ("custom_role_id") REFERENCES "custom_roles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- As text: a value that was just added to a type is no literal of it yet.
ALTER TABLE operators ADD CONSTRAINT operators_custom_role CHECK ((role::text = 'custom') = (custom_role_id IS NOT NULL));

-- Whether somebody's role lets them decide on what others ask for, as lib/roles.ts has it.
CREATE OR REPLACE FUNCTION operator_decides(who operators) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT who.role IN ('approver', 'admin') OR EXISTS (
    SELECT FROM custom_roles r WHERE r.id = who.custom_role_id AND 'approvals:decide' = ANY (r.permissions))
$$;

-- Who could decide on what this person asks for: by a built-in role, or by one that people made.
CREATE OR REPLACE FUNCTION approval_deciders(asker uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT o.id FROM operators o
  WHERE o.id <> asker AND o.disabled_at IS NULL AND operator_decides(o) AND NOT operators_tied(asker, o.id)
$$;

INSERT INTO approval_rules (id, action, version, conditions, steps) VALUES
  (gen_random_uuid(), 'role.change', 1, '{}', '[{"people": 1}]');

-- ── Who saw whose data ────────────────────────────────────────────────────────

-- A key that read one customer.
ALTER TABLE data_looks
  DROP CONSTRAINT data_looks_way_check,
  ADD CONSTRAINT data_looks_way_check CHECK (way = ANY (ARRAY['page', 'reveal', 'export', 'statement', 'pack', 'api']));

-- ── Who signs in by a provider ────────────────────────────────────────────────

-- Whether the provider's second factor counted in place of one of ours.
ALTER TABLE "operator_sessions" ADD COLUMN "provider_factor" BOOLEAN NOT NULL DEFAULT false;

-- An ended session stays ended, and nothing of where it came from is rewritten.
CREATE OR REPLACE FUNCTION keep_session() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.ended_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.operator_id <> OLD.operator_id OR NEW.opened_at <> OLD.opened_at
    OR NEW.ip <> OLD.ip OR NEW.user_agent <> OLD.user_agent OR NEW.provider_factor <> OLD.provider_factor THEN
    RAISE EXCEPTION 'a session that ended stays ended, and is whose it was' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
