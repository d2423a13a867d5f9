/** Generated from the description of the API by `npm run generate:client`. */

export interface paths {
    "/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest first.
         * @description Scope: `customers:read`.
         */
        get: operations["listCustomers"];
        put?: never;
        /**
         * Registers a customer and, where `wallet` is given, opens their first wallet: both or neither.
         * @description Scope: `customers:write`. With `wallet` also `wallets:write`.
         */
        post: operations["createCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One customer.
         * @description Scope: `customers:read`.
         */
        get: operations["getCustomer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Corrects what is given and leaves the rest; null empties a field that may be empty.
         * @description Scope: `customers:write`.
         */
        patch: operations["updateCustomer"];
        trace?: never;
    };
    "/portfolios": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Those of one customer, by name. One page.
         * @description Scope: `customers:read`.
         */
        get: operations["listPortfolios"];
        put?: never;
        /**
         * Names a group of a customer’s wallets; a name that stands already is that group.
         * @description Scope: `customers:write`.
         */
        post: operations["createPortfolio"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One portfolio.
         * @description Scope: `customers:read`.
         */
        get: operations["getPortfolio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Another name.
         * @description Scope: `customers:write`.
         */
        patch: operations["updatePortfolio"];
        trace?: never;
    };
    "/beneficiaries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The latest saved first, without those who were removed.
         * @description Scope: `customers:read`.
         */
        get: operations["listBeneficiaries"];
        put?: never;
        /**
         * Saves somebody whom a customer pays.
         * @description Scope: `customers:write`.
         */
        post: operations["createBeneficiary"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/beneficiaries/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One beneficiary, also one that was removed.
         * @description Scope: `customers:read`.
         */
        get: operations["getBeneficiary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/beneficiaries/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has the bank asked whose account it is. The rail sends the smallest coin for it, which the platform pays; the answer comes later.
         * @description Scope: `withdrawals:write`.
         */
        post: operations["verifyBeneficiary"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/beneficiaries/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes them off the list; what was paid to them stays as it is.
         * @description Scope: `customers:write`.
         */
        post: operations["removeBeneficiary"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Freezes all wallets of a customer, each as `POST /wallets/{id}/freeze` would. No wallet of theirs opens until it is lifted.
         * @description Scope: `wallets:freeze`.
         */
        post: operations["freezeCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/unfreeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lifts what a freeze of the customer stopped. A wallet that was frozen alone stays frozen.
         * @description Scope: `wallets:freeze`.
         */
        post: operations["unfreezeCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Closes all wallets of a customer, or none where anything stands in the way of one.
         * @description Scope: `wallets:freeze`.
         */
        post: operations["closeCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/customers/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Reopens a customer that closed themselves, with the wallets that were closed with them.
         * @description Scope: `wallets:freeze`.
         */
        post: operations["reopenCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{id}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Freezes all wallets of a portfolio.
         * @description Scope: `wallets:freeze`.
         */
        post: operations["freezePortfolio"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{id}/unfreeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lifts what a freeze of the portfolio stopped.
         * @description Scope: `wallets:freeze`.
         */
        post: operations["unfreezePortfolio"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest first.
         * @description Scope: `wallets:read`.
         */
        get: operations["listWallets"];
        put?: never;
        /**
         * Opens a customer’s wallet, `opening` until its account and number stand on the rail; or a general one, of nobody’s and open at once.
         * @description Scope: `wallets:write`.
         */
        post: operations["createWallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One wallet with its balances.
         * @description Scope: `wallets:read`.
         */
        get: operations["getWallet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Another name, or another portfolio of its customer’s; null takes it out.
         * @description Scope: `wallets:write`.
         */
        patch: operations["updateWallet"];
        trace?: never;
    };
    "/wallets/{id}/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Now; or as it was before `at` by the bank’s clock; or as these books knew it before `known_at`; or both together.
         * @description Scope: `wallets:read`.
         */
        get: operations["getWalletBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallets/{id}/freeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stops what leaves a wallet, what comes in, or both, until it is lifted or a time. Deposits that it stops are sent back (`refuse`) or kept in suspense (`suspend`).
         * @description Scope: `wallets:freeze`.
         */
        post: operations["freezeWallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallets/{id}/unfreeze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets a frozen wallet go on.
         * @description Scope: `wallets:freeze`.
         */
        post: operations["unfreezeWallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallets/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Closes an empty wallet. Only one that its customer closed can be reopened.
         * @description Scope: `wallets:freeze`.
         */
        post: operations["closeWallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallets/{id}/reopen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Opens a wallet again that its customer closed.
         * @description Scope: `wallets:freeze`.
         */
        post: operations["reopenWallet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallets/{id}/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets a wallet hold another asset. Where a rail moves it, it is `opening` until its account and number stand there.
         * @description Scope: `wallets:write`.
         */
        post: operations["enableWalletAsset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallets/{id}/cancel-opening": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives up the opening of a wallet, which closes it for good; or with `asset` that of one of its assets alone.
         * @description Scope: `wallets:write`.
         */
        post: operations["cancelWalletOpening"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallet-terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest version of each, by name. One page. They are made and changed in the console.
         * @description Scope: `wallets:read`.
         */
        get: operations["listWalletTerms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallet-terms/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One version of terms, also one that a newer has replaced: what a wallet’s asset names as `terms_id`.
         * @description Scope: `wallets:read`.
         */
        get: operations["getWalletTerms"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/wallets/{id}/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What changed its available balance, in the order booked, the latest first. `from` and `to` are of the bank’s clock.
         * @description Scope: `wallets:read`.
         */
        get: operations["listWalletTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account-numbers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest first.
         * @description Scope: `account_numbers:read`.
         */
        get: operations["listAccountNumbers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account-numbers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One account number.
         * @description Scope: `account_numbers:read`.
         */
        get: operations["getAccountNumber"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every asset that amounts can be in. One page.
         * @description Any key.
         */
        get: operations["listAssets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/withdrawals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest first.
         * @description Scope: `withdrawals:read`.
         */
        get: operations["listWithdrawals"];
        put?: never;
        /**
         * Asks for a payout and sets its money aside. By the rule in force it is queued, or waits for a person’s approval. One of more than its network carries at once is answered as a batch of the parts that it leaves in.
         * @description Scope: `withdrawals:write`.
         */
        post: operations["createWithdrawal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/withdrawals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One withdrawal.
         * @description Scope: `withdrawals:read`.
         */
        get: operations["getWithdrawal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/withdrawals/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Calls it off while the rail has none of it; its money is available again.
         * @description Scope: `withdrawals:write`.
         */
        post: operations["cancelWithdrawal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/withdrawal-batches/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A payout that leaves in parts, and what became of each.
         * @description Scope: `withdrawals:read`.
         */
        get: operations["getWithdrawalBatch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/withdrawal-batches/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Calls all parts off while nobody has approved them; their money is available again.
         * @description Scope: `withdrawals:write`.
         */
        post: operations["cancelWithdrawalBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/bulk-withdrawals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks for up to a hundred payouts, one after the other, each as `POST /withdrawals` would. One that is refused keeps no other back.
         * @description Scope: `withdrawals:write`.
         */
        post: operations["createWithdrawals"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deposits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * By when they happened at the bank, the latest first.
         * @description Scope: `deposits:read`.
         */
        get: operations["listDeposits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deposits/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One deposit.
         * @description Scope: `deposits:read`.
         */
        get: operations["getDeposit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deposits/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends it back to who sent it. From a wallet it takes a person’s approval; what the wallet lacks is to be accepted.
         * @description Scope: `deposits:write`.
         */
        post: operations["returnDeposit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deposits/{id}/assign": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks for what stands in suspense to be credited to a wallet; a person decides. Until then it stays as it is.
         * @description Scope: `deposits:write`.
         */
        post: operations["assignDeposit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/balance-adjustments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest first.
         * @description Scope: `balance_adjustments:read`.
         */
        get: operations["listBalanceAdjustments"];
        put?: never;
        /**
         * Asks for money to move between two wallets, one of which may be the house’s. A person always decides.
         * @description Scope: `balance_adjustments:write`.
         */
        post: operations["createBalanceAdjustment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/balance-adjustments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One adjustment.
         * @description Scope: `balance_adjustments:read`.
         */
        get: operations["getBalanceAdjustment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/balance-adjustments/{id}/reverse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks for a posted one to be taken back, as an adjustment of its own. A person always decides.
         * @description Scope: `balance_adjustments:write`.
         */
        post: operations["reverseBalanceAdjustment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exchanges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks for some of a wallet’s one asset to become another: `rate` is how much of `to_asset` one of `from_asset` is. What the wallet gives is set aside, and a person always decides.
         * @description Scope: `balance_adjustments:write`.
         */
        post: operations["createExchange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/exchanges/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One exchange.
         * @description Scope: `balance_adjustments:read`.
         */
        get: operations["getExchange"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest first.
         * @description Scope: `wallets:read`.
         */
        get: operations["listHolds"];
        put?: never;
        /**
         * Sets money of a wallet aside, at most what is available.
         * @description Scope: `wallets:freeze`.
         */
        post: operations["createHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One hold.
         * @description Scope: `wallets:read`.
         */
        get: operations["getHold"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives a part back; without an amount, all that is left.
         * @description Scope: `wallets:freeze`.
         */
        post: operations["releaseHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/holds/{id}/capture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks for a part to go to another wallet of the same asset, as a balance adjustment. A person always decides.
         * @description Scope: `balance_adjustments:write`.
         */
        post: operations["captureHold"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/statements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest first.
         * @description Scope: `statements:read`.
         */
        get: operations["listStatements"];
        put?: never;
        /**
         * Asks for the statement of a wallet, or those of a customer, a portfolio, or every wallet with movement. Poll it until it is ready.
         * @description Scope: `statements:write`.
         */
        post: operations["createStatement"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/statements/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One statement, and how far it is.
         * @description Scope: `statements:read`.
         */
        get: operations["getStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/statements/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Its file, until it expires. One that shows personal data takes a key that may read it (`wallets:read`).
         * @description Scope: `statements:read`.
         */
        get: operations["downloadStatement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/journal-lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The journal of these days, both included, in the order booked. Whole entries come together: a page has all lines of `limit` transactions, or of a day. A month that is over never changes. What has no account is refused whole.
         * @description Scope: `accounting:read`.
         */
        get: operations["listJournalLines"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/entities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest here first.
         * @description Scope: `entities:read`.
         */
        get: operations["listEntities"];
        put?: never;
        /**
         * The entity that stands for a customer, or a new one. What opens under it waits for its KYB.
         * @description Scope: `entities:write`.
         */
        post: operations["createEntity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/entities/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One entity.
         * @description Scope: `entities:read`.
         */
        get: operations["getEntity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/entities/{id}/onboardings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Starts the KYB of an entity. Its documents are handed in before it is submitted.
         * @description Scope: `entities:write`.
         */
        post: operations["createOnboarding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/onboardings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One onboarding.
         * @description Scope: `entities:read`.
         */
        get: operations["getOnboarding"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/onboardings/{id}/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hands in one document: the file itself is the body. What it is, is looked at in it. Another one in the same slot takes its place.
         * @description Scope: `entities:write`.
         */
        post: operations["uploadOnboardingDocument"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/onboardings/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hands it to the rail for review, once all its documents are there.
         * @description Scope: `entities:write`.
         */
        post: operations["submitOnboarding"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What moves money, or what a rule has a person decide on first, while it waits and once it ended. The newest first.
         * @description Scope: `approvals:read`.
         */
        get: operations["listApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One approval.
         * @description Scope: `approvals:read`.
         */
        get: operations["getApproval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All that happened to what the key’s scopes read, the oldest first. Keep next_cursor and ask again later: none is skipped, and none comes twice. A page may hold few or none.
         * @description Scope: `events:read`.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One event.
         * @description Scope: `events:read`.
         */
        get: operations["getEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest first.
         * @description Scope: `webhook_endpoints:read`.
         */
        get: operations["listWebhookEndpoints"];
        put?: never;
        /**
         * Tells you of what happens from now on, signed by Standard Webhooks. Its secret is answered this once.
         * @description Scope: `webhook_endpoints:write`.
         */
        post: operations["createWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One endpoint.
         * @description Scope: `webhook_endpoints:read`.
         */
        get: operations["getWebhookEndpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Changes what is given. Off, nothing more is queued for it; on again it goes on.
         * @description Scope: `webhook_endpoints:write`.
         */
        patch: operations["updateWebhookEndpoint"];
        trace?: never;
    };
    "/webhook-endpoints/{id}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends it for good. What waits isn’t sent any more.
         * @description Scope: `webhook_endpoints:write`.
         */
        post: operations["removeWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new secret. The one before it signs beside it for as long as you say: change over in that time.
         * @description Scope: `webhook_endpoints:write`.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends `webhook_endpoint.tested` there.
         * @description Scope: `webhook_endpoints:write`.
         */
        post: operations["testWebhookEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhook-endpoints/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends all again that happened since then, also what happened while it was off; the same under the same ids.
         * @description Scope: `webhook_endpoints:write`.
         */
        post: operations["resendWebhookEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/deposits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has the rail send money to an account number, as a payer would. It comes in as any deposit does.
         * @description Scope: `test:write`.
         */
        post: operations["simulateDeposit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/withdrawals/{id}/fail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has the rail fail a payout that is on its way. Its webhook tells it, as any failure’s does. At the local Fintoc alone.
         * @description Scope: `test:write`.
         */
        post: operations["simulateFailure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/withdrawals/{id}/return": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has the bank send a payout back, also one that was paid. At the local Fintoc alone.
         * @description Scope: `test:write`.
         */
        post: operations["simulateReturn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/time": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Puts the rail’s clock forward: what waits for a time there comes at once. At the local Fintoc alone.
         * @description Scope: `test:write`.
         */
        post: operations["simulateTime"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    event: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What your endpoint is sent: verify its signature, keep its id, answer 2xx within 15 seconds. */
        post: operations["receiveEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        NewWithdrawal: {
            wallet_id: string;
            /** @enum {string} */
            asset: "MXN" | "CLP" | "USD" | "USDC" | "USDT" | "BTC" | "ETH" | "LTC" | "BCH" | "XRP" | "SOL";
            amount: string;
            /** @description For MXN a CLABE, or behind its bank’s SPEI key a debit card or a mobile number: 40012/4152313312341238. For CLP RUT, bank, kind and number of an account: 12345678-5/cl_banco_estado/sight/123 (checking, sight or savings). */
            destination: string;
            beneficiary_name?: string;
            beneficiary_tax_id?: string;
            comment?: string;
            reference_id?: string;
            /** @description The withdrawal of the same that you know of, where you want another one. */
            accepted_twin?: string;
        };
        /** @description Signed by Standard Webhooks; comes at least once. */
        EventMessage: {
            id: string;
            /** @constant */
            object: "event";
            /** @enum {string} */
            type: "customer.created" | "customer.changed" | "customer.frozen" | "customer.unfrozen" | "customer.closed" | "customer.reopened" | "customer.erased" | "portfolio.created" | "portfolio.renamed" | "portfolio.frozen" | "portfolio.unfrozen" | "wallet.requested" | "wallet.opened" | "wallet.asset_requested" | "wallet.asset_opened" | "wallet.asset_cancelled" | "wallet.opening_cancelled" | "wallet.frozen" | "wallet.unfrozen" | "wallet.closed" | "wallet.reopened" | "wallet.renamed" | "balance.changed" | "wallet.moved" | "wallet.pattern_move_begun" | "wallet.pattern_move_cancelled" | "wallet.pattern_changed" | "wallet.pattern_moved" | "limit.approached" | "limit.reached" | "account.activated" | "account.blocked" | "account.closed" | "account_number.opened" | "account_number.enabled" | "account_number.disabled" | "account_number.blocked" | "account_number.deleted" | "account_number.given_again" | "entity.paused" | "entity.resumed" | "onboarding.started" | "onboarding.pending" | "onboarding.in_progress" | "onboarding.submitted" | "onboarding.approved" | "onboarding.rejected" | "onboarding.cancelled" | "deposit.credited" | "deposit.suspended" | "deposit.rejected" | "deposit.assigned" | "deposit.return_requested" | "deposit.return_pending" | "deposit.return_failed" | "deposit.returned" | "withdrawal.requested" | "withdrawal.approved" | "withdrawal.declined" | "withdrawal.cancelled" | "withdrawal.expired" | "withdrawal.submitted" | "withdrawal.succeeded" | "withdrawal.failed" | "withdrawal.rejected" | "withdrawal.returned" | "withdrawal.return_assigned" | "withdrawal_batch.requested" | "withdrawal_batch.approved" | "withdrawal_batch.declined" | "withdrawal_batch.cancelled" | "withdrawal_batch.expired" | "withdrawal_batch.refused" | "withdrawal_batch.completed" | "withdrawal.ended_by_hand" | "beneficiary.verified" | "beneficiary.verification_failed" | "adjustment.requested" | "adjustment.posted" | "adjustment.declined" | "adjustment.cancelled" | "exchange.requested" | "hold.placed" | "hold.released" | "hold.captured" | "hold.expired" | "approval.asked" | "approval.approved" | "approval.declined" | "approval.cancelled" | "approval.expired" | "proof.broken" | "proof.cured" | "standstill.opened" | "standstill.released" | "statement.ready" | "statement.failed" | "webhook_endpoint.tested";
            subject: {
                object: string;
                id: string;
            };
            wallet_id: string | null;
            /** @description Ids, states and amounts as they are now; `changed` names what else is another. */
            data: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            occurred_at: string;
            api_version: string;
            /** Format: date-time */
            timestamp: string;
            /** @description What it happened to, as the API shows it when the message is first sent; `data` is of the moment itself. Null where the API shows no such thing: an account, a proof, a standstill. What happens to a portfolio or a beneficiary is told of their customer, and `data` names which. */
            resource: {
                [key: string]: unknown;
            } | null;
        };
        CreatedCustomer: {
            id: string;
            /** @constant */
            object: "customer";
            /** @enum {string} */
            kind: "individual" | "business";
            name: string;
            /** @enum {string} */
            country: "mx" | "cl";
            /** @enum {string} */
            tax_id_kind: "rfc" | "curp" | "rut";
            tax_id: string;
            email: string | null;
            phone: string | null;
            external_id: string | null;
            /** @enum {string} */
            status: "open" | "frozen" | "closed";
            frozen_direction: ("debits" | "credits" | "both") | null;
            frozen_until: string | null;
            closed_by: ("platform" | "customer") | null;
            /** Format: date-time */
            created_at: string;
            /** @description Since when nobody can say who it was: tax_id is empty then. */
            erased_at: string | null;
            /** Format: date-time */
            updated_at: string;
            wallet: components["schemas"]["Wallet"] | null;
        };
        /** @description A balance per asset, and where its money comes in. */
        Wallet: {
            id: string;
            /** @constant */
            object: "wallet";
            /** @enum {string} */
            kind: "customer" | "house" | "general";
            name: string;
            /** @enum {string} */
            status: "opening" | "open" | "frozen" | "closed";
            status_reason: string | null;
            customer_id: string | null;
            portfolio_id: string | null;
            assets: components["schemas"]["WalletAsset"][];
            balances: components["schemas"]["WalletBalance"][];
            frozen_direction: ("debits" | "credits" | "both") | null;
            frozen_until: string | null;
            frozen_deposits: ("refuse" | "suspend") | null;
            closed_by: ("platform" | "customer") | null;
            house_role: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            customer?: components["schemas"]["Customer"] | null;
        };
        /** @description How an asset of a wallet stands on its rail. */
        WalletAsset: {
            asset: string;
            terms_id: string;
            pattern: ("A" | "B" | "C") | null;
            account_id: string | null;
            entity_id: string | null;
            account_number: {
                id: string;
                number: string;
                status: string;
            } | null;
            /** @enum {string} */
            opening_step: "entity" | "kyb" | "account" | "account_number" | "done";
            opening_error: string | null;
        };
        /** @description Free to use, on its way, and still here but set aside, in the asset’s smallest unit. */
        WalletBalance: {
            asset: string;
            /** @description In the smallest unit of the asset beside it. */
            available: string;
            /** @description In the smallest unit of the asset beside it. */
            pending: string;
            /** @description In the smallest unit of the asset beside it. */
            reserved: string;
        };
        /** @description An end user of the platform: a person or a business. */
        Customer: {
            id: string;
            /** @constant */
            object: "customer";
            /** @enum {string} */
            kind: "individual" | "business";
            name: string;
            /** @enum {string} */
            country: "mx" | "cl";
            /** @enum {string} */
            tax_id_kind: "rfc" | "curp" | "rut";
            tax_id: string;
            email: string | null;
            phone: string | null;
            external_id: string | null;
            /** @enum {string} */
            status: "open" | "frozen" | "closed";
            frozen_direction: ("debits" | "credits" | "both") | null;
            frozen_until: string | null;
            closed_by: ("platform" | "customer") | null;
            /** Format: date-time */
            created_at: string;
            /** @description Since when nobody can say who it was: tax_id is empty then. */
            erased_at: string | null;
            /** Format: date-time */
            updated_at: string;
        };
        /** @description Any answer that is no success (RFC 9457). */
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            /** @description Stable: what programs look at. */
            code: string;
            pointer?: string;
            parameter?: string;
            errors?: components["schemas"]["Fault"][];
            request_id: string;
        } & {
            [key: string]: unknown;
        };
        Fault: {
            /** @description The field of the body (RFC 6901). */
            pointer?: string;
            /** @description The parameter of the address, or the header. */
            parameter?: string;
            code: string;
            detail: string;
        };
        CustomerList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["Customer"][];
            has_more: boolean;
            next_cursor: string | null;
        };
        /** @description A named group of one customer’s wallets. */
        Portfolio: {
            id: string;
            /** @constant */
            object: "portfolio";
            customer_id: string;
            name: string;
            /** @enum {string} */
            status: "open" | "frozen" | "closed";
            frozen_direction: ("debits" | "credits" | "both") | null;
            frozen_until: string | null;
            closed_by: ("platform" | "customer") | null;
            limits: components["schemas"]["PortfolioLimit"][];
            /** Format: date-time */
            created_at: string;
            customer?: components["schemas"]["Customer"];
        };
        /** @description What all its wallets may pay out together within a day of the rail, or hold, and what is used of it. */
        PortfolioLimit: {
            asset: string;
            /** @enum {string} */
            kind: "day_out" | "balance";
            /** @description In the smallest unit of the asset beside it. */
            amount: string;
            /** @description In the smallest unit of the asset beside it. */
            used: string;
        };
        PortfolioList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["Portfolio"][];
            has_more: boolean;
            next_cursor: string | null;
        };
        /** @description Somebody whom a customer pays. What is saved never changes. */
        Beneficiary: {
            id: string;
            /** @constant */
            object: "beneficiary";
            customer_id: string;
            name: string;
            tax_id: string | null;
            /** @enum {string} */
            destination_kind: "clabe" | "card" | "phone" | "tef" | "address" | "name";
            destination: string;
            bank: string | null;
            /** @description Whether none of the customer’s wallets ever paid them. */
            first_payment: boolean;
            blocked: boolean;
            /** @description The latest one. */
            verification: components["schemas"]["BeneficiaryVerification"] | null;
            /** Format: date-time */
            created_at: string;
            removed_at: string | null;
            customer?: components["schemas"]["Customer"];
        };
        /** @description What a bank was asked about whose account it is. */
        BeneficiaryVerification: {
            /**
             * @description queued until it is sent, sent until the rail answers; unanswered is never sent again.
             * @enum {string}
             */
            status: "queued" | "sent" | "pending" | "succeeded" | "failed" | "refused" | "unanswered";
            /** @description Whose account its bank says that it is. */
            holder_name: string | null;
            /** @description How alike that and `name` are, of 100: accents, order and abbreviations don’t count. */
            score: number | null;
            verdict: ("same" | "similar" | "different") | null;
            failure_code: string | null;
            held_reason: string | null;
            /** Format: date-time */
            requested_at: string;
            ended_at: string | null;
        };
        BeneficiaryList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["Beneficiary"][];
            has_more: boolean;
            next_cursor: string | null;
        };
        /** @description Which wallets were changed, of all that were acted on as one. */
        WalletChange: {
            /** @constant */
            object: "wallet_change";
            wallet_ids: string[];
        };
        WalletList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["Wallet"][];
            has_more: boolean;
            next_cursor: string | null;
        };
        Balance: {
            /** @constant */
            object: "balance";
            wallet_id: string;
            at: string | null;
            known_at: string | null;
            balances: components["schemas"]["WalletBalance"][];
        };
        WalletTermsList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["WalletTerms"][];
            has_more: boolean;
            next_cursor: string | null;
        };
        /** @description Limits and fees that wallets are under: what a wallet is opened with as `terms_id`. */
        WalletTerms: {
            id: string;
            /** @constant */
            object: "wallet_terms";
            name: string;
            version: number;
            asset: string;
            is_default: boolean;
            deposits_enabled: boolean;
            withdrawals_enabled: boolean;
            deposits: components["schemas"]["WalletTermsLimits"];
            withdrawals: components["schemas"]["WalletTermsLimits"];
            balance_max_amount: string | null;
            /** Format: date-time */
            created_at: string;
        };
        /** @description Null is no limit. Amounts are of the terms’ asset. */
        WalletTermsLimits: {
            enabled: boolean;
            rails_off: string[];
            min_amount: string | null;
            max_amount: string | null;
            day_amount: string | null;
            week_amount: string | null;
            month_amount: string | null;
            day_count: number | null;
            week_count: number | null;
            month_count: number | null;
            /** @description In the smallest unit of the asset beside it. */
            fee_amount: string;
            fee_bps: number;
            fee_min: string | null;
            fee_max: string | null;
        };
        WalletTransactionList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["WalletTransaction"][];
            has_more: boolean;
            next_cursor: string | null;
        };
        /** @description One line of a wallet’s history. */
        WalletTransaction: {
            id: string;
            /** @constant */
            object: "wallet_transaction";
            wallet_id: string;
            type: string;
            asset: string;
            /** @description Signed: what it changed in the available balance. */
            amount: string;
            /** @description In the smallest unit of the asset beside it. */
            balance_after: string;
            status: string | null;
            /** Format: date-time */
            effective_at: string;
            /** Format: date-time */
            posted_at: string;
            counterparty_name: string | null;
            counterparty_number: string | null;
            counterparty_bank: string | null;
            tracking_key: string | null;
            reference_id: string | null;
            comment: string | null;
            transfer_id: string | null;
            withdrawal_id: string | null;
            balance_adjustment_id: string | null;
            hold_id: string | null;
            withdrawal?: components["schemas"]["Withdrawal"] | null;
            balance_adjustment?: components["schemas"]["BalanceAdjustment"] | null;
            hold?: components["schemas"]["Hold"] | null;
        };
        /** @description A payout: asked for, decided on, sent, and how it ended. */
        Withdrawal: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            object: "withdrawal";
            wallet_id: string;
            asset: string;
            /** @description In the smallest unit of the asset beside it. */
            amount: string;
            /** @description In the smallest unit of the asset beside it. */
            fee_amount: string;
            /** @enum {string} */
            status: "awaiting_approval" | "queued" | "submitting" | "pending" | "succeeded" | "failed" | "rejected" | "returned" | "declined" | "cancelled" | "expired";
            /** @enum {string} */
            destination_kind: "clabe" | "card" | "phone" | "tef" | "address" | "name";
            destination: string;
            beneficiary_name: string | null;
            beneficiary_tax_id: string | null;
            beneficiary_bank: string | null;
            comment: string | null;
            reference_id: string | null;
            approval_reason: ("amount" | "first_payment" | "beneficiary_day" | "wallet_day" | "requester_day" | "rule") | null;
            requested_by: string;
            failure_code: string | null;
            failure_detail: string | null;
            transfer_id: string | null;
            tracking_key: string | null;
            receipt_url: string | null;
            retry_of: string | null;
            /** @description What it is a part or a row of. */
            batch_id: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            wallet?: components["schemas"]["Wallet"];
        };
        /** @description Money moved from one wallet to another, with no rail. */
        BalanceAdjustment: {
            id: string;
            /** @constant */
            object: "balance_adjustment";
            from_wallet_id: string | null;
            to_wallet_id: string | null;
            account_id: string | null;
            asset: string;
            /** @description In the smallest unit of the asset beside it. */
            amount: string;
            reason: string;
            /** @enum {string} */
            status: "awaiting_approval" | "posted" | "declined" | "cancelled";
            requested_by: string;
            decision: string | null;
            hold_id: string | null;
            exchange_id: string | null;
            reversal_of_id: string | null;
            decided_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            from_wallet?: components["schemas"]["Wallet"] | null;
            to_wallet?: components["schemas"]["Wallet"] | null;
            hold?: components["schemas"]["Hold"] | null;
        };
        /** @description Money of a wallet that is set aside until a time, or until it is given back. */
        Hold: {
            id: string;
            /** @constant */
            object: "hold";
            wallet_id: string;
            asset: string;
            /** @description In the smallest unit of the asset beside it. */
            amount: string;
            /** @description What is still set aside, without what captures ask for. */
            left: string;
            /** @description In the smallest unit of the asset beside it. */
            asked_amount: string;
            /** @description In the smallest unit of the asset beside it. */
            captured_amount: string;
            /** @description In the smallest unit of the asset beside it. */
            released_amount: string;
            reason: string;
            /** @enum {string} */
            status: "active" | "released" | "captured" | "expired";
            /** Format: date-time */
            expires_at: string;
            ended_at: string | null;
            /** Format: date-time */
            created_at: string;
            wallet?: components["schemas"]["Wallet"];
        };
        AccountNumberList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["AccountNumber"][];
            has_more: boolean;
            next_cursor: string | null;
        };
        /** @description What others pay to: in Mexico a CLABE. One to one with its wallet. */
        AccountNumber: {
            id: string;
            /** @constant */
            object: "account_number";
            number: string;
            description: string | null;
            status: string;
            disabled_by: ("platform" | "rail") | null;
            is_root: boolean;
            account_id: string;
            wallet_id: string | null;
            last_transfer_at: string | null;
            /** Format: date-time */
            created_at: string;
            wallet?: components["schemas"]["Wallet"] | null;
        };
        AssetList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["Asset"][];
            has_more: boolean;
            next_cursor: string | null;
        };
        Asset: {
            /** @constant */
            object: "asset";
            code: string;
            /** @enum {string} */
            kind: "fiat" | "digital";
            /** @description Decimals of its smallest unit: 2 means centavos. */
            exponent: number;
            network: string;
            has_rail: boolean;
            is_paid_out: boolean;
        };
        Payout: components["schemas"]["Withdrawal"] | components["schemas"]["WithdrawalBatch"];
        /** @description A payout of more than its network carries at once. It leaves in parts, all of which a person approves together; what doesn’t arrive is the wallet’s again. */
        WithdrawalBatch: {
            id: string;
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            object: "withdrawal_batch";
            wallet_id: string;
            asset: string;
            /** @description In the smallest unit of the asset beside it. */
            amount: string;
            /** @description In the smallest unit of the asset beside it. */
            fee_amount: string;
            /** @enum {string} */
            status: "draft" | "holding" | "awaiting_approval" | "approved" | "declined" | "cancelled" | "expired" | "refused";
            /** @description In how many payments it leaves. */
            parts: number;
            /** @description Of the parts that are paid. */
            paid_amount: string;
            /** @description Of the parts that ended without paying, or never were. */
            refused_amount: string;
            /** @description The parts that are withdrawals already. Each ends by itself, and has events of its own. */
            withdrawals: components["schemas"]["Withdrawal"][];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            wallet?: components["schemas"]["Wallet"];
        };
        WithdrawalList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["Withdrawal"][];
            has_more: boolean;
            next_cursor: string | null;
        };
        BulkWithdrawals: {
            /** @constant */
            object: "bulk_withdrawals";
            /** @description In the order in which they were asked for. */
            data: components["schemas"]["BulkWithdrawal"][];
        };
        /** @description One of the two: the payout, or why there is none. */
        BulkWithdrawal: {
            withdrawal: components["schemas"]["Payout"] | null;
            problem: components["schemas"]["Problem"] | null;
        };
        DepositList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["Deposit"][];
            has_more: boolean;
            next_cursor: string | null;
        };
        /** @description Money that came in: credited to a wallet, or in suspense. */
        Deposit: {
            id: string;
            /** @constant */
            object: "deposit";
            wallet_id: string | null;
            asset: string;
            /** @description In the smallest unit of the asset beside it. */
            amount: string;
            /** @enum {string} */
            status: "seen" | "pending" | "succeeded" | "return_pending" | "returned" | "failed" | "rejected";
            suspense_reason: string | null;
            account_id: string;
            account_number_id: string | null;
            account_number: string | null;
            sender_name: string | null;
            sender_tax_id: string | null;
            sender_number: string | null;
            sender_bank: string | null;
            tracking_key: string | null;
            reference_id: string | null;
            comment: string | null;
            receipt_url: string | null;
            return_reason: string | null;
            return_requested_at: string | null;
            /** Format: date-time */
            transacted_at: string;
            /** Format: date-time */
            created_at: string;
            wallet?: components["schemas"]["Wallet"] | null;
        };
        BalanceAdjustmentList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["BalanceAdjustment"][];
            has_more: boolean;
            next_cursor: string | null;
        };
        /** @description One asset of a wallet for another, at a stated rate: two adjustments with the house, decided together. */
        Exchange: {
            id: string;
            /** @constant */
            object: "exchange";
            wallet_id: string;
            from_asset: string;
            /** @description In the smallest unit of from_asset. */
            from_amount: string;
            to_asset: string;
            /** @description In the smallest unit of to_asset, rounded down. */
            to_amount: string;
            rate: string;
            reason: string;
            /** @enum {string} */
            status: "awaiting_approval" | "posted" | "declined" | "cancelled";
            balance_adjustment_ids: string[];
            /** Format: date-time */
            created_at: string;
            wallet?: components["schemas"]["Wallet"];
        };
        HoldList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["Hold"][];
            has_more: boolean;
            next_cursor: string | null;
        };
        /** @description What wallets had, and what came and went in a time, as a file. */
        Statement: {
            id: string;
            /** @constant */
            object: "statement";
            /** @enum {string} */
            scope: "wallet" | "customer" | "portfolio" | "all";
            wallet_id: string | null;
            customer_id: string | null;
            portfolio_id: string | null;
            asset: string | null;
            /**
             * Format: date
             * @description The first day, in `time_zone`.
             */
            from: string;
            /**
             * Format: date
             * @description The last day, included.
             */
            to: string;
            time_zone: string;
            /** @enum {string} */
            format: "pdf" | "xlsx";
            /** @enum {string} */
            language: "es-MX" | "en";
            /** @enum {string} */
            status: "queued" | "making" | "ready" | "failed" | "expired";
            failure: ("nothing" | "too_many" | "asker_gone" | "not_chained" | "broken") | null;
            /** @description How many it consists of, once that is known. */
            files: number | null;
            files_done: number;
            lines: number;
            /** @description A ZIP where it consists of several files. */
            file_name: string | null;
            /** @description In bytes. */
            size: number | null;
            sha256: string | null;
            /** Format: date-time */
            created_at: string;
            ended_at: string | null;
            /** @description When its file is deleted. */
            expires_at: string | null;
        };
        StatementList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["Statement"][];
            has_more: boolean;
            next_cursor: string | null;
        };
        /** Format: binary */
        File: string;
        JournalLineList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["JournalLine"][];
            has_more: boolean;
            next_cursor: string | null;
        };
        /** @description One line of the journal, as programs of accounting take it in. */
        JournalLine: {
            id: string;
            /** @constant */
            object: "journal_line";
            /** @description The entry that it is a line of. Of one asset, its lines come to zero. */
            entry: string;
            /** @enum {string} */
            entry_type: "income" | "expense" | "journal";
            /** Format: date */
            date: string;
            kind: string;
            /** @description Of your own accounting, by the rules in Settings. */
            account: string;
            asset: string;
            debit: string | null;
            credit: string | null;
            /** @description What caused it, as the ledger says it. */
            reference: string;
        };
        /** @description The legal holder on a rail, and where its newest KYB stands. */
        Entity: {
            id: string;
            /** @constant */
            object: "entity";
            holder_name: string;
            holder_id: string;
            country_code: string | null;
            is_root: boolean;
            status: string | null;
            customer_id: string | null;
            onboarding: {
                id: string;
                status: string;
            } | null;
            /** Format: date-time */
            created_at: string;
            customer?: components["schemas"]["Customer"] | null;
        };
        EntityList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["Entity"][];
            has_more: boolean;
            next_cursor: string | null;
        };
        /** @description The KYB of an entity, as the rail has it. */
        Onboarding: {
            id: string;
            /** @constant */
            object: "onboarding";
            entity_id: string;
            /** @description `approved` is what a wallet waits for. */
            status: string;
            /** @description Whether all its documents are there. */
            is_submittable: boolean;
            /** @description All that it takes. */
            documents: {
                /** @description Where it goes: the `slot` of `POST …/documents`. */
                slot: string;
                /** @description Which one, as the rail calls it. */
                document: string;
                /** @description Whose; null for the company’s. */
                person: string | null;
                /** @enum {string} */
                status: "missing" | "received" | "refused";
                /** @description Why it was refused, where the rail says so. */
                reason: string | null;
            }[];
            submitted_at: string | null;
            reviewed_at: string | null;
            /** Format: date-time */
            created_at: string;
        };
        ApprovalList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["Approval"][];
            has_more: boolean;
            next_cursor: string | null;
        };
        /** @description What was asked for and a person decides on, in the console. */
        Approval: {
            id: string;
            /** @constant */
            object: "approval";
            /** @enum {string} */
            action: "withdrawal.pay" | "batch.pay" | "adjustment.post" | "deposit.return" | "deposit.assign" | "wallet.freeze" | "wallet.unfreeze" | "wallet.close" | "suspense.return" | "suspense.assign";
            /** @description What it is about. */
            subject_id: string;
            /** @enum {string} */
            status: "waiting" | "approved" | "declined" | "cancelled" | "expired";
            asked_by: string;
            reason: string;
            /** Format: date-time */
            asked_at: string;
            expires_at: string | null;
            ended_at: string | null;
        };
        EventList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["Event"][];
            has_more: boolean;
            /** @description Always there: where to read on, now or later. */
            next_cursor: string;
        };
        /** @description Something that happened. Of one subject in the order in which it happened. */
        Event: {
            id: string;
            /** @constant */
            object: "event";
            /** @enum {string} */
            type: "customer.created" | "customer.changed" | "customer.frozen" | "customer.unfrozen" | "customer.closed" | "customer.reopened" | "customer.erased" | "portfolio.created" | "portfolio.renamed" | "portfolio.frozen" | "portfolio.unfrozen" | "wallet.requested" | "wallet.opened" | "wallet.asset_requested" | "wallet.asset_opened" | "wallet.asset_cancelled" | "wallet.opening_cancelled" | "wallet.frozen" | "wallet.unfrozen" | "wallet.closed" | "wallet.reopened" | "wallet.renamed" | "balance.changed" | "wallet.moved" | "wallet.pattern_move_begun" | "wallet.pattern_move_cancelled" | "wallet.pattern_changed" | "wallet.pattern_moved" | "limit.approached" | "limit.reached" | "account.activated" | "account.blocked" | "account.closed" | "account_number.opened" | "account_number.enabled" | "account_number.disabled" | "account_number.blocked" | "account_number.deleted" | "account_number.given_again" | "entity.paused" | "entity.resumed" | "onboarding.started" | "onboarding.pending" | "onboarding.in_progress" | "onboarding.submitted" | "onboarding.approved" | "onboarding.rejected" | "onboarding.cancelled" | "deposit.credited" | "deposit.suspended" | "deposit.rejected" | "deposit.assigned" | "deposit.return_requested" | "deposit.return_pending" | "deposit.return_failed" | "deposit.returned" | "withdrawal.requested" | "withdrawal.approved" | "withdrawal.declined" | "withdrawal.cancelled" | "withdrawal.expired" | "withdrawal.submitted" | "withdrawal.succeeded" | "withdrawal.failed" | "withdrawal.rejected" | "withdrawal.returned" | "withdrawal.return_assigned" | "withdrawal_batch.requested" | "withdrawal_batch.approved" | "withdrawal_batch.declined" | "withdrawal_batch.cancelled" | "withdrawal_batch.expired" | "withdrawal_batch.refused" | "withdrawal_batch.completed" | "withdrawal.ended_by_hand" | "beneficiary.verified" | "beneficiary.verification_failed" | "adjustment.requested" | "adjustment.posted" | "adjustment.declined" | "adjustment.cancelled" | "exchange.requested" | "hold.placed" | "hold.released" | "hold.captured" | "hold.expired" | "approval.asked" | "approval.approved" | "approval.declined" | "approval.cancelled" | "approval.expired" | "proof.broken" | "proof.cured" | "standstill.opened" | "standstill.released" | "statement.ready" | "statement.failed";
            subject: {
                object: string;
                id: string;
            };
            wallet_id: string | null;
            /** @description Ids, states and amounts as they are now; `changed` names what else is another. */
            data: {
                [key: string]: unknown;
            };
            /** Format: date-time */
            occurred_at: string;
        };
        WebhookEndpointWithSecret: {
            id: string;
            /** @constant */
            object: "webhook_endpoint";
            name: string;
            url: string;
            event_types: string[];
            /** @description It is told of what a key with these could read. */
            scopes: string[];
            version: string;
            /** @enum {string} */
            status: "on" | "off";
            off_reason: ("by_hand" | "failing" | "gone") | null;
            failing_since: string | null;
            last_success_at: string | null;
            secrets: {
                shown: string;
                /** Format: date-time */
                created_at: string;
                ends_at: string | null;
            }[];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
            /** @description `whsec_…`, told this once; null where it was told before. */
            secret: string | null;
        };
        WebhookEndpointList: {
            /** @constant */
            object: "list";
            data: components["schemas"]["WebhookEndpoint"][];
            has_more: boolean;
            next_cursor: string | null;
        };
        /** @description Where you are told of what happens. */
        WebhookEndpoint: {
            id: string;
            /** @constant */
            object: "webhook_endpoint";
            name: string;
            url: string;
            event_types: string[];
            /** @description It is told of what a key with these could read. */
            scopes: string[];
            version: string;
            /** @enum {string} */
            status: "on" | "off";
            off_reason: ("by_hand" | "failing" | "gone") | null;
            failing_since: string | null;
            last_success_at: string | null;
            secrets: {
                shown: string;
                /** Format: date-time */
                created_at: string;
                ends_at: string | null;
            }[];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            updated_at: string;
        };
        RemovedWebhookEndpoint: {
            id: string;
            /** @constant */
            object: "webhook_endpoint";
            /** @constant */
            removed: true;
        };
        WebhookResend: {
            /** @constant */
            object: "webhook_resend";
            webhook_endpoint_id: string;
            count: number;
        };
        TestDeposit: {
            /** @constant */
            object: "test_deposit";
            /** @description Under this id it is a deposit once it came in. */
            deposit_id: string;
        };
        TestTime: {
            /** @constant */
            object: "test_time";
            /** Format: date-time */
            now: string;
        };
    };
    responses: {
        /** @description It has not the shape described here: each field that is wrong or unknown is named. */
        Malformed: {
            headers: {
                /** @description What to name when you ask us about this answer. */
                "Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No key, or one that is none any more. */
        Unauthenticated: {
            headers: {
                /** @description What to name when you ask us about this answer. */
                "Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The key may not do this, or not from this address. */
        Forbidden: {
            headers: {
                /** @description What to name when you ask us about this answer. */
                "Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description As things stand it can’t be done, or its Idempotency-Key is in use at this moment. */
        Conflict: {
            headers: {
                /** @description What to name when you ask us about this answer. */
                "Request-Id"?: string;
                /** @description Seconds to wait. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body has more than 64 KB, or a file than it may. */
        TooLarge: {
            headers: {
                /** @description What to name when you ask us about this answer. */
                "Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It is well formed and doesn’t fit: by its field, or by what money there is. */
        Invalid: {
            headers: {
                /** @description What to name when you ask us about this answer. */
                "Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The key asks more often than it may. */
        TooMany: {
            headers: {
                /** @description What to name when you ask us about this answer. */
                "Request-Id"?: string;
                /** @description Seconds to wait. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Something broke here. A POST may be sent again under its key. */
        Broken: {
            headers: {
                /** @description What to name when you ask us about this answer. */
                "Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The rail, or the books after a restore, can’t answer now. Send the same again. */
        Unavailable: {
            headers: {
                /** @description What to name when you ask us about this answer. */
                "Request-Id"?: string;
                /** @description Seconds to wait. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description You have it already. */
        Unchanged: {
            headers: {
                /** @description What to name when you ask us about this answer. */
                "Request-Id"?: string;
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description There is nothing under this id. */
        NotFound: {
            headers: {
                /** @description What to name when you ask us about this answer. */
                "Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It was there, and was deleted once its time was over. */
        Gone: {
            headers: {
                /** @description What to name when you ask us about this answer. */
                "Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listCustomers: {
        parameters: {
            query?: {
                kind?: ("individual" | "business")[];
                country?: ("mx" | "cl")[];
                external_id?: string;
                limit?: number;
                /** @description What the page before gave as next_cursor. */
                cursor?: string;
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    /** @description The next page, as `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerList"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    createCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    kind: "individual" | "business";
                    name: string;
                    /**
                     * @default mx
                     * @enum {string}
                     */
                    country?: "mx" | "cl";
                    tax_id: string;
                    email?: string;
                    phone?: string;
                    external_id?: string;
                    wallet?: {
                        /** @enum {string} */
                        asset: "MXN" | "CLP" | "USD" | "USDC" | "USDT" | "BTC" | "ETH" | "LTC" | "BCH" | "XRP" | "SOL";
                        /** @enum {string} */
                        pattern?: "A" | "B" | "C";
                        name: string;
                        terms_id?: string;
                        entity_id?: string;
                    };
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedCustomer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    tax_id?: string;
                    email?: string | null;
                    phone?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Customer"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    listPortfolios: {
        parameters: {
            query: {
                customer_id: string;
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: "customer"[];
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    /** @description The next page, as `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortfolioList"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    createPortfolio: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    customer_id: string;
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Portfolio"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPortfolio: {
        parameters: {
            query?: {
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: "customer"[];
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Portfolio"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    updatePortfolio: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Portfolio"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    listBeneficiaries: {
        parameters: {
            query?: {
                customer_id?: string;
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: "customer"[];
                limit?: number;
                /** @description What the page before gave as next_cursor. */
                cursor?: string;
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    /** @description The next page, as `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BeneficiaryList"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    createBeneficiary: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    customer_id: string;
                    name: string;
                    tax_id?: string;
                    destination: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Beneficiary"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBeneficiary: {
        parameters: {
            query?: {
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: "customer"[];
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Beneficiary"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    verifyBeneficiary: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Beneficiary"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeBeneficiary: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Beneficiary"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    freezeCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /** @enum {string} */
                    direction?: "debits" | "credits" | "both";
                    /** Format: date-time */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletChange"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    unfreezeCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletChange"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    closeCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /** @enum {string} */
                    closed_by: "platform" | "customer";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletChange"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    reopenCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletChange"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    freezePortfolio: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /** @enum {string} */
                    direction?: "debits" | "credits" | "both";
                    /** Format: date-time */
                    until?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletChange"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    unfreezePortfolio: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletChange"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWallets: {
        parameters: {
            query?: {
                kind?: ("customer" | "house" | "general")[];
                status?: ("opening" | "open" | "frozen" | "closed")[];
                pattern?: ("A" | "B" | "C")[];
                asset?: "MXN" | "CLP" | "USD" | "USDC" | "USDT" | "BTC" | "ETH" | "LTC" | "BCH" | "XRP" | "SOL";
                customer_id?: string;
                portfolio_id?: string;
                created_from?: string;
                /** @description Exclusive. */
                created_to?: string;
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: "customer"[];
                limit?: number;
                /** @description What the page before gave as next_cursor. */
                cursor?: string;
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    /** @description The next page, as `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletList"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    createWallet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description `general` holds balances alone: no deposits, no withdrawals, and no customer.
                     * @default customer
                     * @enum {string}
                     */
                    kind?: "customer" | "general";
                    customer_id?: string;
                    portfolio_id?: string;
                    /** @enum {string} */
                    asset: "MXN" | "CLP" | "USD" | "USDC" | "USDT" | "BTC" | "ETH" | "LTC" | "BCH" | "XRP" | "SOL";
                    /** @enum {string} */
                    pattern?: "A" | "B" | "C";
                    name: string;
                    terms_id?: string;
                    entity_id?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wallet"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWallet: {
        parameters: {
            query?: {
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: "customer"[];
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wallet"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateWallet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    portfolio_id?: string | null;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wallet"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWalletBalance: {
        parameters: {
            query?: {
                at?: string;
                known_at?: string;
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Balance"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    freezeWallet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /** @enum {string} */
                    direction?: "debits" | "credits" | "both";
                    /** Format: date-time */
                    until?: string;
                    /** @enum {string} */
                    deposits?: "refuse" | "suspend";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wallet"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    unfreezeWallet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wallet"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    closeWallet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    /** @enum {string} */
                    closed_by: "platform" | "customer";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wallet"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    reopenWallet: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wallet"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    enableWalletAsset: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    asset: "MXN" | "CLP" | "USD" | "USDC" | "USDT" | "BTC" | "ETH" | "LTC" | "BCH" | "XRP" | "SOL";
                    /** @enum {string} */
                    pattern?: "A" | "B" | "C";
                    terms_id?: string;
                    entity_id?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wallet"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelWalletOpening: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    asset?: "MXN" | "CLP" | "USD" | "USDC" | "USDT" | "BTC" | "ETH" | "LTC" | "BCH" | "XRP" | "SOL";
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Wallet"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWalletTerms: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    /** @description The next page, as `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletTermsList"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWalletTerms: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletTerms"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWalletTransactions: {
        parameters: {
            query?: {
                type?: ("deposit" | "deposit_fee" | "deposit_return" | "deposit_return_settled" | "deposit_return_failed" | "deposit_return_undone" | "debt_repaid" | "withdrawal" | "withdrawal_fee" | "withdrawal_release" | "withdrawal_return" | "payout_settled" | "payout_explained" | "adjustment" | "adjustment_release" | "hold" | "hold_release")[];
                /** @description Of what is behind it. */
                status?: ("awaiting_approval" | "queued" | "submitting" | "pending" | "succeeded" | "failed" | "rejected" | "returned" | "declined" | "cancelled" | "expired" | "seen" | "return_pending" | "posted" | "active" | "released" | "captured")[];
                direction?: "in" | "out";
                asset?: ("MXN" | "CLP" | "USD" | "USDC" | "USDT" | "BTC" | "ETH" | "LTC" | "BCH" | "XRP" | "SOL")[];
                min_amount?: string;
                max_amount?: string;
                from?: string;
                to?: string;
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: ("withdrawal" | "balance_adjustment" | "hold")[];
                limit?: number;
                /** @description What the page before gave as next_cursor. */
                cursor?: string;
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    /** @description The next page, as `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WalletTransactionList"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAccountNumbers: {
        parameters: {
            query?: {
                status?: ("enabled" | "disabled" | "blocked" | "deleted")[];
                is_root?: true | false;
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: "wallet"[];
                limit?: number;
                /** @description What the page before gave as next_cursor. */
                cursor?: string;
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    /** @description The next page, as `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountNumberList"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAccountNumber: {
        parameters: {
            query?: {
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: "wallet"[];
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountNumber"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAssets: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    /** @description The next page, as `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetList"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWithdrawals: {
        parameters: {
            query?: {
                wallet_id?: string;
                asset?: ("MXN" | "CLP" | "USD" | "USDC" | "USDT" | "BTC" | "ETH" | "LTC" | "BCH" | "XRP" | "SOL")[];
                min_amount?: string;
                max_amount?: string;
                created_from?: string;
                created_to?: string;
                status?: ("awaiting_approval" | "queued" | "submitting" | "pending" | "succeeded" | "failed" | "rejected" | "returned" | "declined" | "cancelled" | "expired")[];
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: "wallet"[];
                limit?: number;
                /** @description What the page before gave as next_cursor. */
                cursor?: string;
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    /** @description The next page, as `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithdrawalList"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    createWithdrawal: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWithdrawal"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payout"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWithdrawal: {
        parameters: {
            query?: {
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: "wallet"[];
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Withdrawal"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelWithdrawal: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Withdrawal"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWithdrawalBatch: {
        parameters: {
            query?: {
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: "wallet"[];
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithdrawalBatch"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelWithdrawalBatch: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithdrawalBatch"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    createWithdrawals: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    withdrawals: components["schemas"]["NewWithdrawal"][];
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkWithdrawals"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    listDeposits: {
        parameters: {
            query?: {
                wallet_id?: string;
                status?: ("seen" | "pending" | "succeeded" | "return_pending" | "returned" | "failed" | "rejected")[];
                asset?: ("MXN" | "CLP" | "USD" | "USDC" | "USDT" | "BTC" | "ETH" | "LTC" | "BCH" | "XRP" | "SOL")[];
                min_amount?: string;
                max_amount?: string;
                from?: string;
                to?: string;
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: "wallet"[];
                limit?: number;
                /** @description What the page before gave as next_cursor. */
                cursor?: string;
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    /** @description The next page, as `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepositList"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDeposit: {
        parameters: {
            query?: {
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: "wallet"[];
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deposit"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    returnDeposit: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    accepts_loss?: string;
                    accepts_not_open?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deposit"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    assignDeposit: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    wallet_id: string;
                    reason: string;
                    /** @description Where the money stands in another account than the one that the wallet pays from. */
                    accepts_other_account?: boolean;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deposit"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    listBalanceAdjustments: {
        parameters: {
            query?: {
                wallet_id?: string;
                asset?: ("MXN" | "CLP" | "USD" | "USDC" | "USDT" | "BTC" | "ETH" | "LTC" | "BCH" | "XRP" | "SOL")[];
                min_amount?: string;
                max_amount?: string;
                created_from?: string;
                created_to?: string;
                status?: ("awaiting_approval" | "posted" | "declined" | "cancelled")[];
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: ("from_wallet" | "to_wallet" | "hold")[];
                limit?: number;
                /** @description What the page before gave as next_cursor. */
                cursor?: string;
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    /** @description The next page, as `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BalanceAdjustmentList"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    createBalanceAdjustment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    from_wallet_id: string;
                    to_wallet_id: string;
                    /** @enum {string} */
                    asset: "MXN" | "CLP" | "USD" | "USDC" | "USDT" | "BTC" | "ETH" | "LTC" | "BCH" | "XRP" | "SOL";
                    amount: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BalanceAdjustment"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getBalanceAdjustment: {
        parameters: {
            query?: {
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: ("from_wallet" | "to_wallet" | "hold")[];
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BalanceAdjustment"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    reverseBalanceAdjustment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BalanceAdjustment"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    createExchange: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    wallet_id: string;
                    /** @enum {string} */
                    from_asset: "MXN" | "CLP" | "USD" | "USDC" | "USDT" | "BTC" | "ETH" | "LTC" | "BCH" | "XRP" | "SOL";
                    /** @enum {string} */
                    to_asset: "MXN" | "CLP" | "USD" | "USDC" | "USDT" | "BTC" | "ETH" | "LTC" | "BCH" | "XRP" | "SOL";
                    amount: string;
                    /** @description A decimal of at most 12 digits on either side of its point. */
                    rate: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exchange"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getExchange: {
        parameters: {
            query?: {
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: "wallet"[];
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Exchange"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    listHolds: {
        parameters: {
            query?: {
                wallet_id?: string;
                asset?: ("MXN" | "CLP" | "USD" | "USDC" | "USDT" | "BTC" | "ETH" | "LTC" | "BCH" | "XRP" | "SOL")[];
                status?: ("active" | "released" | "captured" | "expired")[];
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: "wallet"[];
                limit?: number;
                /** @description What the page before gave as next_cursor. */
                cursor?: string;
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    /** @description The next page, as `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldList"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    createHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    wallet_id: string;
                    /** @enum {string} */
                    asset: "MXN" | "CLP" | "USD" | "USDC" | "USDT" | "BTC" | "ETH" | "LTC" | "BCH" | "XRP" | "SOL";
                    amount: string;
                    reason: string;
                    /** Format: date-time */
                    expires_at: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getHold: {
        parameters: {
            query?: {
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: "wallet"[];
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    releaseHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    amount?: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    captureHold: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    to_wallet_id: string;
                    amount: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    listStatements: {
        parameters: {
            query?: {
                wallet_id?: string;
                customer_id?: string;
                portfolio_id?: string;
                status?: ("queued" | "making" | "ready" | "failed" | "expired")[];
                format?: ("pdf" | "xlsx")[];
                limit?: number;
                /** @description What the page before gave as next_cursor. */
                cursor?: string;
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    /** @description The next page, as `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatementList"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    createStatement: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    wallet_id?: string;
                    customer_id?: string;
                    portfolio_id?: string;
                    /** @enum {string} */
                    asset?: "MXN" | "CLP" | "USD" | "USDC" | "USDT" | "BTC" | "ETH" | "LTC" | "BCH" | "XRP" | "SOL";
                    from: string;
                    to: string;
                    /** @default America/Mexico_City */
                    time_zone?: string;
                    /**
                     * @default pdf
                     * @enum {string}
                     */
                    format?: "pdf" | "xlsx";
                    /**
                     * @default es-MX
                     * @enum {string}
                     */
                    language?: "es-MX" | "en";
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statement"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getStatement: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Statement"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    downloadStatement: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description What to call it. */
                    "Content-Disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": components["schemas"]["File"];
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": components["schemas"]["File"];
                    "application/zip": components["schemas"]["File"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            410: components["responses"]["Gone"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    listJournalLines: {
        parameters: {
            query: {
                from: string;
                to: string;
                time_zone?: string;
                /** @description What one entry holds. */
                per?: "day" | "transaction";
                asset?: ("MXN" | "CLP" | "USD" | "USDC" | "USDT" | "BTC" | "ETH" | "LTC" | "BCH" | "XRP" | "SOL")[];
                limit?: number;
                /** @description What the page before gave as next_cursor. */
                cursor?: string;
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    /** @description The next page, as `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JournalLineList"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    listEntities: {
        parameters: {
            query?: {
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: "customer"[];
                limit?: number;
                /** @description What the page before gave as next_cursor. */
                cursor?: string;
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    /** @description The next page, as `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntityList"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    createEntity: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    customer_id: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entity"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getEntity: {
        parameters: {
            query?: {
                /** @description Puts what an id names whole beside it. */
                "expand[]"?: "customer"[];
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entity"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    createOnboarding: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    company_information: {
                        /** Format: date */
                        incorporation_date: string;
                        business_activity: string;
                        fiscal_address: string;
                        /** @description Where it is another. */
                        business_address?: string;
                        /** @description A CLABE of the company’s. */
                        settlement_account: string;
                        phone: string;
                    };
                    legal_representatives: {
                        first_name: string;
                        last_name: string;
                        email: string;
                        nationality: string;
                        /** @description RFC or CURP. */
                        identification_number: string;
                        position: string;
                    }[];
                    transactional_profile: {
                        resource_origins: string[];
                        /** @description As the rail writes it: `1_500000`. */
                        monthly_amount_range: string;
                        /** @description As the rail writes it: `1_500000`. */
                        monthly_operations_range: string;
                    };
                    shareholders: {
                        /** @enum {string} */
                        type: "natural_person" | "legal_entity";
                        name: string;
                        last_name?: string;
                        holder_id?: string;
                        nationality: string;
                        /** @description As text: `33.33`. */
                        percentage: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Onboarding"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getOnboarding: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Onboarding"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    uploadOnboardingDocument: {
        parameters: {
            query: {
                /** @description One of the onboarding’s `documents`. */
                slot: string;
                file_name?: string;
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/pdf": Blob;
                "image/jpeg": Blob;
                "image/png": Blob;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Onboarding"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    submitOnboarding: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Onboarding"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    listApprovals: {
        parameters: {
            query?: {
                status?: ("waiting" | "approved" | "declined" | "cancelled" | "expired")[];
                action?: ("withdrawal.pay" | "batch.pay" | "adjustment.post" | "deposit.return" | "deposit.assign" | "wallet.freeze" | "wallet.unfreeze" | "wallet.close" | "suspense.return" | "suspense.assign")[];
                subject_id?: string;
                limit?: number;
                /** @description What the page before gave as next_cursor. */
                cursor?: string;
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    /** @description The next page, as `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalList"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getApproval: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Approval"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    listEvents: {
        parameters: {
            query?: {
                limit?: number;
                /** @description What the page before gave as next_cursor. */
                cursor?: string;
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    /** @description The next page, as `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventList"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    listWebhookEndpoints: {
        parameters: {
            query?: {
                limit?: number;
                /** @description What the page before gave as next_cursor. */
                cursor?: string;
            };
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    /** @description The next page, as `rel="next"`. */
                    Link?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointList"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    createWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @description https. Redirects aren’t followed; private addresses are refused. */
                    url: string;
                    /** @description Types, `wallet.*` for all of a noun, or `*`. */
                    event_types: string[];
                    /** @description Of the key’s own scopes that read; left out, all of them. */
                    scopes?: ("accounting:read" | "account_numbers:read" | "approvals:read" | "balance_adjustments:read" | "balance_adjustments:write" | "customers:read" | "customers:write" | "deposits:read" | "deposits:write" | "entities:read" | "entities:write" | "events:read" | "statements:read" | "statements:write" | "test:write" | "wallets:freeze" | "wallets:read" | "wallets:write" | "webhook_endpoints:read" | "webhook_endpoints:write" | "withdrawals:read" | "withdrawals:write")[];
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    getWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description Send it back as If-None-Match, and hear 304 as long as nothing changed. */
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            304: components["responses"]["Unchanged"];
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    updateWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name?: string;
                    /** @description https. Redirects aren’t followed; private addresses are refused. */
                    url?: string;
                    /** @description Types, `wallet.*` for all of a noun, or `*`. */
                    event_types?: string[];
                    /** @description Of the key’s own scopes that read. */
                    scopes?: ("accounting:read" | "account_numbers:read" | "approvals:read" | "balance_adjustments:read" | "balance_adjustments:write" | "customers:read" | "customers:write" | "deposits:read" | "deposits:write" | "entities:read" | "entities:write" | "events:read" | "statements:read" | "statements:write" | "test:write" | "wallets:freeze" | "wallets:read" | "wallets:write" | "webhook_endpoints:read" | "webhook_endpoints:write" | "withdrawals:read" | "withdrawals:write")[];
                    /** @enum {string} */
                    status?: "on" | "off";
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    removeWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemovedWebhookEndpoint"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @default 24
                     * @enum {number}
                     */
                    overlap_hours?: 0 | 24 | 168;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpointWithSecret"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    testWebhookEndpoint: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookEndpoint"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    resendWebhookEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    since: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookResend"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    simulateDeposit: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    account_number_id: string;
                    /** @enum {string} */
                    asset: "MXN" | "CLP" | "USD" | "USDC" | "USDT" | "BTC" | "ETH" | "LTC" | "BCH" | "XRP" | "SOL";
                    amount: string;
                    comment?: string;
                };
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestDeposit"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    simulateFailure: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Withdrawal"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    simulateReturn: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Withdrawal"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    simulateTime: {
        parameters: {
            query?: never;
            header?: {
                /** @description Another version than the key’s own. */
                "Monedero-Version"?: "2026-11-26";
                /** @description Yours, new for each new request. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    seconds: number;
                };
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    /** @description What to name when you ask us about this answer. */
                    "Request-Id"?: string;
                    /** @description What is left to this key, and until when. */
                    RateLimit?: string;
                    /** @description `true` where this was answered before under the same key. */
                    "Idempotent-Replayed"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestTime"];
                };
            };
            400: components["responses"]["Malformed"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            500: components["responses"]["Broken"];
            503: components["responses"]["Unavailable"];
        };
    };
    receiveEvent: {
        parameters: {
            query?: never;
            header: {
                /** @description The same however often it is sent, and never another event’s: keep it to know what came before. */
                "webhook-id": string;
                "webhook-timestamp": string;
                /** @description `v1,…`, one for each secret in force. */
                "webhook-signature": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventMessage"];
            };
        };
        responses: {
            /** @description Gone: the endpoint is switched off. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Taken. Anything else is tried again over four days. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
