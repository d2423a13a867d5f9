import type { OperatorActor } from '~/lib/actor';
import { waitingAbout } from '~/lib/approvals/read';
import { enabledAssets } from '~/lib/assets';
import { can } from '~/lib/roles';
import { capStandings } from '~/lib/terms/caps';
import { portfolioTotals } from '~/lib/wallets/portfolios';
import { standingsOf } from '~/lib/wallets/standing';

/** What a customer's portfolios have together, how each stands and what limits it as a whole. */
export async function portfolioFacts<Portfolio extends { id: string }>(
  operator: OperatorActor,
  portfolios: readonly Portfolio[],
) {
  const ids = portfolios.map(({ id }) => id);
  const [totals, standings, caps, capsAsked, assets] = await Promise.all([
    portfolioTotals(ids),
    standingsOf('portfolio', ids),
    capStandings(ids),
    waitingAbout(operator, 'portfolio'),
    enabledAssets(),
  ]);
  // In which limits can be asked for; null for who may not.
  const cappable = can(operator.role, 'settings:write') ? assets : null;
  return { portfolios, totals, standings, caps, capsAsked, assets: cappable };
}
