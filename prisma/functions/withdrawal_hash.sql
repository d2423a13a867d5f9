-- What leaves, from where and to whom, as one number.
CREATE OR REPLACE FUNCTION withdrawal_hash(asked withdrawals) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws(E'\n', asked.id, asked.wallet_id, asked.account_id, asked.asset, asked.amount,
    asked.fee_amount, asked.destination_kind, asked.destination), 'UTF8')), 'hex')
$$;
