-- What people of the console are told of, how each wants to be told, and the mails that say so.

-- CreateEnum
CREATE TYPE "notice_mode" AS ENUM ('off', 'app', 'mail', 'digest');

-- CreateEnum
CREATE TYPE "notice_mail_state" AS ENUM ('waiting', 'sent', 'dead');

-- CreateTable
CREATE TABLE "notice_choices" (
    "operator_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "mode" "notice_mode" NOT NULL,

    CONSTRAINT "notice_choices_pkey" PRIMARY KEY ("operator_id","kind")
);

-- CreateTable
CREATE TABLE "notices" (
    "id" BIGSERIAL NOT NULL,
    "operator_id" UUID NOT NULL,
    "event_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" TEXT,
    "count" INTEGER,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),
    "mode" "notice_mode" NOT NULL,
    "mail_id" UUID,

    CONSTRAINT "notices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice_mails" (
    "id" UUID NOT NULL,
    "operator_id" UUID NOT NULL,
    "day" DATE,
    "state" "notice_mail_state" NOT NULL DEFAULT 'waiting',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "notice_mails_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "notices_operator_id_occurred_at_id_idx" ON "notices"("operator_id", "occurred_at", "id");

-- CreateIndex
CREATE INDEX "notices_subject_kind_subject_id_idx" ON "notices"("subject_kind", "subject_id");

-- CreateIndex
CREATE INDEX "notices_created_at_idx" ON "notices"("created_at");

-- CreateIndex
CREATE INDEX "notices_mail_id_idx" ON "notices"("mail_id");

-- CreateIndex
CREATE UNIQUE INDEX "notices_operator_id_event_id_key" ON "notices"("operator_id", "event_id");

-- CreateIndex
CREATE INDEX "notice_mails_operator_id_created_at_idx" ON "notice_mails"("operator_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "notice_mails_operator_id_day_key" ON "notice_mails"("operator_id", "day");

-- AddForeignKey
ALTER TABLE "notice_choices" ADD CONSTRAINT "notice_choices_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_mail_id_fkey" FOREIGN KEY ("mail_id") REFERENCES "notice_mails"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice_mails" ADD CONSTRAINT "notice_mails_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "notice_choices"
  ADD CONSTRAINT notice_choices_kind_check CHECK (kind = ANY (ARRAY['proof_broken', 'payouts_stopped', 'approval_waiting', 'cash_short',
    'withdrawals_failing', 'dead_letters', 'kyb_decided', 'limit_used', 'statement_ready']));
ALTER TABLE "notices"
  ADD CONSTRAINT notices_kind_check CHECK (kind = ANY (ARRAY['proof_broken', 'payouts_stopped', 'approval_waiting', 'cash_short',
    'withdrawals_failing', 'dead_letters', 'kyb_decided', 'limit_used', 'statement_ready'])),
  ADD CONSTRAINT notices_mode_check CHECK (mode <> 'off'),
  ADD CONSTRAINT notices_mail_check CHECK (mail_id IS NULL OR mode IN ('mail', 'digest')),
  ADD CONSTRAINT notices_path_check CHECK (path ~ '^/');
ALTER TABLE "notice_mails"
  ADD CONSTRAINT notice_mails_ended_check CHECK ((state = 'waiting') = (ended_at IS NULL));

-- The count beside the bell, which every open page asks for.
CREATE INDEX notices_unread ON notices (operator_id) WHERE read_at IS NULL;
-- What no mail says yet.
CREATE INDEX notices_unmailed ON notices (operator_id) WHERE mode IN ('mail', 'digest') AND mail_id IS NULL AND read_at IS NULL;
CREATE INDEX notice_mails_waiting ON notice_mails (created_at, id) WHERE state = 'waiting';

-- What was sent or given up stays so: no mail goes out twice because somebody set it back.
CREATE FUNCTION keep_notice_mail() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.state <> 'waiting' THEN
    RAISE EXCEPTION 'a mail that was % stays so', OLD.state USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER notice_mails_kept BEFORE UPDATE ON notice_mails FOR EACH ROW EXECUTE FUNCTION keep_notice_mail();

-- Nobody is told of what happened before there were notices.
INSERT INTO outbox_readers (name, read, settled) SELECT 'notices', coalesce(max(id), 0), coalesce(max(id), 0) FROM outbox_events;
