-- What an approver reads of a CLABE: how often it was paid and when last, of 200 withdrawals in one statement.
DROP INDEX "withdrawals_beneficiary_number_status_idx";
CREATE INDEX "withdrawals_beneficiary_number_status_created_at_idx" ON "withdrawals" ("beneficiary_number", "status", "created_at");
