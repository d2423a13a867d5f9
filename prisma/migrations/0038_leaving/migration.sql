-- What is set aside for deposits that go back, which the gate asks of a wallet before anything leaves it: few rows of many.
CREATE INDEX transfers_set_aside ON transfers (wallet_id) WHERE return_reserved > 0;
