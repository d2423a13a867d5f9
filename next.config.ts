import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const config: NextConfig = {
  // Tests build beside a running app.
  distDir: process.env.NEXT_DIST_DIR || '.next',
  // The SDK is CommonJS with dynamic requires; bundling it breaks its JWS key handling.
  serverExternalPackages: ['fintoc', 'argon2', 'pino'],
  typedRoutes: true,
  poweredByHeader: false,
  agentRules: false,
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
