-- Who comes in and how, and who looked at whose data.

-- Whoever's second factor was reset comes in by setting one up, whatever their role.
ALTER TABLE "operators" ADD COLUMN "must_enrol" BOOLEAN NOT NULL DEFAULT false;

-- Who saw a customer's personal data unmasked, apart from the audit log: these are many, and change nothing.
CREATE TABLE "data_looks" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "way" TEXT NOT NULL,
    "about" TEXT,
    "reason" TEXT,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID NOT NULL,
    "actor_name" TEXT NOT NULL,
    "ip" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,

    CONSTRAINT "data_looks_pkey" PRIMARY KEY ("id"),
    CONSTRAINT data_looks_way_check CHECK (way = ANY (ARRAY['page', 'reveal', 'export', 'statement', 'pack'])),
    CONSTRAINT data_looks_actor_kind_check CHECK (actor_kind = ANY (ARRAY['operator', 'key']))
);
CREATE INDEX "data_looks_actor_id_at_idx" ON "data_looks"("actor_id", "at");

-- Of a file, everybody in it.
CREATE TABLE "data_look_customers" (
    "customer_id" UUID NOT NULL,
    "look_id" BIGINT NOT NULL,

    CONSTRAINT "data_look_customers_pkey" PRIMARY KEY ("customer_id", "look_id")
);
ALTER TABLE "data_look_customers" ADD CONSTRAINT "data_look_customers_customer_id_fkey"
    FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "data_look_customers" ADD CONSTRAINT "data_look_customers_look_id_fkey"
    FOREIGN KEY ("look_id") REFERENCES "data_looks"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER data_looks_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON data_looks
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER data_look_customers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON data_look_customers
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Everything that is held of one customer, as a file: asked for with a reason, made by a worker, deleted after some days.
CREATE TABLE "person_packs" (
    "id" UUID NOT NULL,
    "customer_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "asked_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "bytes" BIGINT,
    "sha256" BYTEA,
    "failure" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_packs_pkey" PRIMARY KEY ("id"),
    CONSTRAINT person_packs_reason_check CHECK (char_length(btrim(reason)) BETWEEN 10 AND 500),
    CONSTRAINT person_packs_failure_check CHECK (failure IS NULL OR failure = ANY (ARRAY['asker_gone', 'broken'])),
    CONSTRAINT person_packs_state_check CHECK (
      CASE state WHEN 'queued' THEN true WHEN 'ready' THEN bytes IS NOT NULL AND sha256 IS NOT NULL AND expires_at IS NOT NULL
                 WHEN 'failed' THEN failure IS NOT NULL WHEN 'expired' THEN true ELSE false END)
);
CREATE INDEX "person_packs_customer_id_created_at_idx" ON "person_packs"("customer_id", "created_at");
CREATE INDEX person_packs_to_make ON person_packs (created_at) WHERE state = 'queued';
CREATE INDEX person_packs_to_forget ON person_packs (expires_at) WHERE state = 'ready';
ALTER TABLE "person_packs" ADD CONSTRAINT "person_packs_customer_id_fkey"
    FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "person_packs" ADD CONSTRAINT "person_packs_asked_by_id_fkey"
    FOREIGN KEY ("asked_by_id") REFERENCES "operators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "person_pack_chunks" (
    "pack_id" UUID NOT NULL,
    "nth" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "person_pack_chunks_pkey" PRIMARY KEY ("pack_id", "nth")
);
ALTER TABLE "person_pack_chunks" ADD CONSTRAINT "person_pack_chunks_pack_id_fkey"
    FOREIGN KEY ("pack_id") REFERENCES "person_packs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE person_pack_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TRIGGER person_packs_kept BEFORE DELETE OR TRUNCATE ON person_packs FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER person_packs_asked BEFORE UPDATE OF id, customer_id, reason, asked_by_id, created_at ON person_packs
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A guest: an auditor who comes in by a link, once, and reads until then. They have no password, and no other role.
ALTER TABLE "operators" ADD COLUMN "guest_until" TIMESTAMPTZ(3);
ALTER TABLE operators ADD CONSTRAINT operators_guest CHECK (guest_until IS NULL OR (role = 'auditor' AND password_hash IS NULL));

-- Whoever opens the books to a stranger doesn't do so alone.
INSERT INTO approval_rules (id, action, version, conditions, steps) VALUES
  (gen_random_uuid(), 'operator.guest', 1, '{}', '[{"people": 1}]');
