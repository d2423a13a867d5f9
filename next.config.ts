import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';
import { DATA_POLICY } from '~/lib/entrance/policy.ts';

// Tests build beside a running app. Their own tsconfig keeps them from the types that it generated.
const isTestBuild = process.env.NEXT_DIST_DIR === '.next-test';

// What changes while somebody works on it is read as it is.
const isBuild = process.env.NODE_ENV === 'production';

/** Names and reasons in sentences; browsers are given messages that were parsed before. */
const formatMessage = isBuild
  ? { browser: './app/messages/format-in-browsers.ts', default: './app/messages/format-message.ts' }
  : './app/messages/format-message.ts';

const config: NextConfig = {
  distDir: isTestBuild ? '.next-test' : '.next',
  typescript: {
    tsconfigPath: isTestBuild ? 'tsconfig.test.json' : 'tsconfig.json',
    // npm test checks them in a step of its own.
    ignoreBuildErrors: isTestBuild,
  },
  // The SDK is CommonJS with dynamic requires; bundling it breaks its JWS key handling. resvg is a library of the system's own.
  serverExternalPackages: ['fintoc', 'pino', '@resvg/resvg-js'],
  typedRoutes: true,
  turbopack: {
    resolveAlias: { 'use-intl/format-message': formatMessage },
    ...(isBuild && {
      rules: {
        '*.json': {
          condition: { all: ['browser', { path: /^app\/messages\/[^/]+\/[^/]+\.json$/ }] },
          loaders: ['./app/messages/for-browsers.mjs'],
          as: '*.js',
        },
      },
    }),
  },
  experimental: {
    // A batch of withdrawals has up to 5 MB, and its form some more around it. Documents of a KYB go to a route.
    serverActions: { bodySizeLimit: '6mb' },
    proxyClientMaxBodySize: '6mb',
  },
  poweredByHeader: false,
  agentRules: false,
  // Browsers ask for it by name before they have read which icon a page declares.
  rewrites: async () => [{ source: '/favicon.ico', destination: '/icon.svg' }],
  async headers() {
    return [
      {
        source: '/:path*',
        headers: [
          { key: 'X-Frame-Options', value: 'DENY' },
          { key: 'X-Content-Type-Options', value: 'nosniff' },
          { key: 'Referrer-Policy', value: 'same-origin' },
          { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
          { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
          { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
        ],
      },
      // What routes say themselves of either is not sent then. The reference is a page, with a policy of its own.
      { source: '/api/((?!docs).*)', headers: [{ key: 'Content-Security-Policy', value: DATA_POLICY }] },
      { source: '/api/((?!docs/|logo/).*)', headers: [{ key: 'Cache-Control', value: 'no-store' }] },
    ];
  },
};

export default createNextIntlPlugin('./app/i18n.ts')(config);
