import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import type { NextAuthOptions } from 'next-auth';
import { getServerSession } from 'next-auth';
import { encode } from 'next-auth/jwt';
import CredentialsProvider from 'next-auth/providers/credentials';
import { cache } from 'react';
import type { OperatorActor } from '~/lib/actor';
import { isMalformedId } from '~/lib/db';
import { env } from '~/lib/env';
import { DomainError } from '~/lib/errors';
import { findActiveOperator, signIn } from '~/lib/people/operators';
import { readerOf } from '~/lib/people/reveals';
import { can, type Permission } from '~/lib/roles';
import { sound } from '~/lib/text';

const SESSION_SECONDS = 12 * 3_600;

/**
 * One of the two files that know Next. Sessions are JWTs, as credentials force in next-auth 4; they carry the
 * operator's id and which of their passwords it was, and role, disablement and a newer password are read from the
 * database at every request.
 */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/login' },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        authorize: async (credentials) =>
          credentials
            ? signIn(
                sound(credentials.email ?? '').slice(0, 320),
                sound(credentials.password ?? '').slice(0, 1_000),
              )
            : null,
      }),
    ],
    callbacks: {
      // `user` is there at sign-in alone.
      jwt: ({ token, user }) => (user ? { ...token, ...versionOf(user) } : token),
      session: ({ session, token }) => ({ ...session, operatorId: token.sub, ...versionOf(token) }),
    },
  };
}

/** A session from before passwords were counted is one of the first. */
function versionOf(holder: object): { passwordVersion: number } {
  const { passwordVersion = 1 } = holder as { passwordVersion?: number };
  return { passwordVersion };
}

export type Operator = NonNullable<Awaited<ReturnType<typeof readSignedIn>>>;

/** Who is signed in, as the database has them now, and whom they may see; null when nobody is, or not any more. */
export const currentOperator = cache(readSignedIn);

async function readSignedIn() {
  const session = (await getServerSession(authOptions())) as { operatorId?: string } | null;
  if (!session?.operatorId) return null;
  const operator = await findActiveOperator(session.operatorId, versionOf(session).passwordVersion);
  return operator && readerOf({ kind: 'operator', ...operator });
}

/** Carries this browser's session over to a new password; every other one ends with the old. */
export async function renewSession(
  operator: Pick<Operator, 'id' | 'name' | 'email' | 'passwordVersion'>,
): Promise<void> {
  const { id, name, email, passwordVersion } = operator;
  const token = { sub: id, name, email, passwordVersion };
  const secure = env().NEXTAUTH_URL.startsWith('https:');
  (await cookies()).set(
    // As next-auth names and sets it.
    `${secure ? '__Secure-' : ''}next-auth.session-token`,
    await encode({ token, secret: env().NEXTAUTH_SECRET, maxAge: SESSION_SECONDS }),
    { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge: SESSION_SECONDS },
  );
}

/** For pages: nobody signed in goes to the sign-in page; a role without the permission finds nothing there. */
export async function requireOperator(permission: Permission = 'console:read'): Promise<Operator> {
  const operator = await currentOperator();
  if (!operator) redirect('/login');
  if (!can(operator.role, permission)) notFound();
  return operator;
}

/** For pages: a thing that isn't there, or an address that can't be one, gets the not-found page. */
export async function orNotFound<Result>(read: Promise<Result>): Promise<Result> {
  return read.catch((error: unknown) => {
    if ((error instanceof DomainError && error.code === 'not_found') || isMalformedId(error)) notFound();
    throw error;
  });
}

/** The signed-in operator as the actor of a verb, with where they act from. */
export async function currentActor(): Promise<OperatorActor | null> {
  const operator = await currentOperator();
  if (!operator) return null;
  const from = await headers();
  return {
    kind: 'operator',
    id: operator.id,
    name: operator.name,
    role: operator.role,
    ip: from.get('x-forwarded-for')?.split(',')[0]?.trim() ?? '',
    userAgent: from.get('user-agent')?.slice(0, 300) ?? '',
  };
}
