-- Who had a number be disabled. Until now whatever was disabled without a reason here was enabled again, so what stands
-- disabled is ours.
ALTER TABLE "account_numbers" ADD COLUMN "disabled_here_at" TIMESTAMPTZ(3);
UPDATE account_numbers SET disabled_here_at = synced_at WHERE status = 'disabled';
