import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

// Tests build beside a running app. Their own tsconfig keeps them from the types that it generated.
const isTestBuild = process.env.NEXT_DIST_DIR === '.next-test';

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
  // Names and reasons in sentences: app/messages/format-message.ts.
  turbopack: { resolveAlias: { 'use-intl/format-message': './app/messages/format-message.ts' } },
  experimental: {
    // A document of a KYB has up to 20 MB, and its form some more around it. The proxy would cut a body at 10 MB.
    serverActions: { bodySizeLimit: '21mb' },
    proxyClientMaxBodySize: '21mb',
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
          { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
        ],
      },
    ];
  },
};

export default createNextIntlPlugin('./app/i18n.ts')(config);
