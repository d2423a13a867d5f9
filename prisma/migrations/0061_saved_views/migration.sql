-- CreateTable
CREATE TABLE "saved_views" (
    "id" UUID NOT NULL,
    "operator_id" UUID NOT NULL,
    "path" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "saved_views_path_operator_id_name_key" ON "saved_views"("path", "operator_id", "name");

-- AddForeignKey
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "saved_views"
  ADD CONSTRAINT "saved_views_path" CHECK (path ~ '^/[a-z/-]{1,80}$'),
  ADD CONSTRAINT "saved_views_query" CHECK (length(query) <= 2000),
  ADD CONSTRAINT "saved_views_name" CHECK (length(name) BETWEEN 1 AND 60);
