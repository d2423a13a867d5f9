/** Opens what the benches seal: books that are kept are read by other processes than the one that wrote them. */
export const VAULT_KEYS = `bench:${Buffer.alloc(32).toString('base64')}`;
