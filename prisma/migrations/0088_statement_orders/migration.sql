-- Statements that go out by mail each month, and that people are told when such an order ends.

-- CreateTable
CREATE TABLE "statement_orders" (
    "id" UUID NOT NULL,
    "scope" "statement_scope" NOT NULL,
    "wallet_id" UUID,
    "customer_id" UUID,
    "portfolio_id" UUID,
    "addresses" TEXT[],
    "format" "statement_format" NOT NULL,
    "locale" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "made_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "next_month" DATE,
    "next_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "ended_why" TEXT,
    "ended_by_id" UUID,

    CONSTRAINT "statement_orders_pkey" PRIMARY KEY ("id"),
    CONSTRAINT statement_orders_scope_check CHECK (
      scope <> 'all' AND (scope = 'wallet') = (wallet_id IS NOT NULL) AND (scope = 'customer') = (customer_id IS NOT NULL)
      AND (scope = 'portfolio') = (portfolio_id IS NOT NULL)),
    CONSTRAINT statement_orders_addresses_check CHECK (cardinality(addresses) BETWEEN 1 AND 10),
    CONSTRAINT statement_orders_locale_check CHECK (locale IN ('es-MX', 'en')),
    CONSTRAINT statement_orders_month_check CHECK (extract(day FROM next_month) = 1 AND (next_month IS NULL) = (next_at IS NULL)),
    CONSTRAINT statement_orders_why_check CHECK (ended_why IN ('stopped', 'closed', 'maker_gone')),
    CONSTRAINT statement_orders_ended_check CHECK (
      (ended_at IS NULL) = (ended_why IS NULL) AND (ended_at IS NULL) = (next_at IS NOT NULL)
      AND (ended_why IS NOT DISTINCT FROM 'stopped') = (ended_by_id IS NOT NULL))
);

-- CreateTable
CREATE TABLE "statement_order_months" (
    "order_id" UUID NOT NULL,
    "month" DATE NOT NULL,
    "statement_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "statement_order_months_pkey" PRIMARY KEY ("order_id", "month"),
    CONSTRAINT statement_order_months_month_check CHECK (extract(day FROM month) = 1)
);

-- CreateIndex
CREATE INDEX "statement_orders_wallet_id_idx" ON "statement_orders"("wallet_id");
CREATE INDEX "statement_orders_customer_id_idx" ON "statement_orders"("customer_id");
CREATE INDEX "statement_orders_portfolio_id_idx" ON "statement_orders"("portfolio_id");
CREATE INDEX statement_orders_due ON statement_orders (next_at, id) WHERE ended_at IS NULL;

-- CreateIndex
CREATE UNIQUE INDEX "statement_order_months_statement_id_key" ON "statement_order_months"("statement_id");

-- AddForeignKey
ALTER TABLE "statement_orders" ADD CONSTRAINT "statement_orders_wallet_id_fkey" FOREIGN KEY ("wallet_id") REFERENCES "wallets"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "statement_orders" ADD CONSTRAINT "statement_orders_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "statement_orders" ADD CONSTRAINT "statement_orders_portfolio_id_fkey" FOREIGN KEY ("portfolio_id") REFERENCES "portfolios"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "statement_orders" ADD CONSTRAINT "statement_orders_made_by_id_fkey" FOREIGN KEY ("made_by_id") REFERENCES "operators"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "statement_order_months" ADD CONSTRAINT "statement_order_months_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "statement_orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "statement_order_months" ADD CONSTRAINT "statement_order_months_statement_id_fkey" FOREIGN KEY ("statement_id") REFERENCES "statements"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Whom files go to can be read for ever, and a month that was sent is never sent again.
CREATE TRIGGER statement_orders_kept BEFORE DELETE OR TRUNCATE ON statement_orders
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER statement_orders_made
  BEFORE UPDATE OF id, scope, wallet_id, customer_id, portfolio_id, addresses, format, locale, time_zone, made_by_id, created_at
  ON statement_orders FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER statement_order_months_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON statement_order_months
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE "notice_choices" DROP CONSTRAINT notice_choices_kind_check,
  ADD CONSTRAINT notice_choices_kind_check CHECK (kind = ANY (ARRAY['proof_broken', 'payouts_stopped', 'approval_waiting', 'cash_short',
    'withdrawals_failing', 'dead_letters', 'kyb_decided', 'limit_used', 'statement_ready', 'statements_ended']));
ALTER TABLE "notices" DROP CONSTRAINT notices_kind_check,
  ADD CONSTRAINT notices_kind_check CHECK (kind = ANY (ARRAY['proof_broken', 'payouts_stopped', 'approval_waiting', 'cash_short',
    'withdrawals_failing', 'dead_letters', 'kyb_decided', 'limit_used', 'statement_ready', 'statements_ended']));
