-- What a person has typed of a KYB so far, part by part. It holds personal data, so it goes as soon as the KYB starts,
-- and after months in which nobody came back to it.
CREATE TABLE "kyb_drafts" (
    "entity_id" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "answers" JSONB NOT NULL,
    "version" INTEGER NOT NULL,
    "editor" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "saved_by_id" UUID NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "kyb_drafts_pkey" PRIMARY KEY ("entity_id", "part"),
    CONSTRAINT "kyb_drafts_part" CHECK ("part" IN ('company_information', 'legal_representatives', 'transactional_profile', 'shareholders')),
    CONSTRAINT "kyb_drafts_answers" CHECK (jsonb_typeof("answers") = 'object' AND octet_length("answers"::text) <= 100000),
    CONSTRAINT "kyb_drafts_version" CHECK ("version" > 0)
);
CREATE INDEX "kyb_drafts_saved_at_idx" ON "kyb_drafts"("saved_at");

ALTER TABLE "kyb_drafts" ADD CONSTRAINT "kyb_drafts_entity_id_fkey" FOREIGN KEY ("entity_id") REFERENCES "entities"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "kyb_drafts" ADD CONSTRAINT "kyb_drafts_saved_by_id_fkey" FOREIGN KEY ("saved_by_id") REFERENCES "operators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
