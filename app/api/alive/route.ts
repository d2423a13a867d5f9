/** That this process answers, and no more: what a supervisor asks often. Whether it can work, /api/health/ready says. */
export function GET(): Response {
  return new Response(null, { status: 204 });
}

/** The same for a POST: what the receipt of a webhook is measured against. */
export const POST = GET;
