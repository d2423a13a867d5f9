-- Who comes in and how, and who looked at whose data.

-- Whoever's second factor was reset comes in by setting one up, whatever their role.
ALTER TABLE "operators" ADD COLUMN "must_enrol" BOOLEAN NOT NULL DEFAULT false;
