import { QueryClient } from '@tanstack/react-query';

/** What a browser has asked and was answered. On the server nothing is asked by it, so that nobody's answers meet there. */
export const queries = new QueryClient({ defaultOptions: { queries: { staleTime: 1_000 } } });
