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
