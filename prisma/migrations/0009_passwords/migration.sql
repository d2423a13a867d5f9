-- A session holds the number of the password that it was opened with: a new password ends those of the old one.
ALTER TABLE "operators" ADD COLUMN "password_version" INTEGER NOT NULL DEFAULT 1;
