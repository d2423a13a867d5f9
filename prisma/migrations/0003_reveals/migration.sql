-- Who looked at whose personal data, why, and until when.
CREATE TABLE "reveals" (
    "id" UUID NOT NULL,
    "operator_id" UUID NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "reveals_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "reveals_operator_id_expires_at_idx" ON "reveals"("operator_id", "expires_at");
CREATE INDEX "reveals_subject_type_subject_id_at_idx" ON "reveals"("subject_type", "subject_id", "at");

ALTER TABLE "reveals" ADD CONSTRAINT "reveals_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- None without a reason, none for long.
ALTER TABLE reveals
  ADD CONSTRAINT reveals_subject CHECK (subject_type IN ('customer', 'entity', 'transfer', 'withdrawal')),
  ADD CONSTRAINT reveals_reason CHECK (char_length(btrim(reason)) BETWEEN 10 AND 500),
  ADD CONSTRAINT reveals_minutes CHECK (expires_at > at AND expires_at <= at + interval '15 minutes');

-- A reveal can be ended early and is otherwise kept as it was.
CREATE TRIGGER reveals_kept
  BEFORE UPDATE OF id, operator_id, subject_type, subject_id, reason, at, expires_at OR DELETE OR TRUNCATE ON reveals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
