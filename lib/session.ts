import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { type Account, getServerSession, type NextAuthOptions, type User } from 'next-auth';
import CredentialsProvider from 'next-auth/providers/credentials';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { cache } from 'react';
import type { OperatorActor } from '~/lib/actor';
import { addressOf } from '~/lib/address';
import { cookieName, cookieOptions, SESSION_COOKIE } from '~/lib/cookies';
import { isMalformedId } from '~/lib/db';
import { env, type SignInProvider, signInProvider } from '~/lib/env';
import { BeyondScope, DomainError } from '~/lib/errors';
import { enterAsGuest } from '~/lib/people/guests';
import { notePage } from '~/lib/people/looks';
import { passkeyAnswer } from '~/lib/people/passkeys';
import { readerOf } from '~/lib/people/reveals';
import {
  isProven,
  operatorOf,
  type Place,
  SESSION_SECONDS,
  type SignedIn,
  seeSession,
  signOut,
} from '~/lib/people/sessions';
import type { Reader } from '~/lib/people/sight';
import { answerSecondFactor, signIn, signInByProvider } from '~/lib/people/sign-in';
import { can, isScoped, type Permission } from '~/lib/roles';
import { inScope, scopeOf, scopeRendered } from '~/lib/scope';
import { sound } from '~/lib/text';
import { isUuid } from '~/lib/uuid';

const NO_SESSION = '00000000-0000-0000-0000-000000000000';

/**
 * One of the two files that know Next. Credentials force JWTs on next-auth 4: theirs only names the session in the
 * database, and whether that goes on, the role and the disablement are read there at every request.
 */
export function authOptions(): NextAuthOptions {
  const provider = signInProvider();
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    pages: { signIn: '/login' },
    cookies: {
      sessionToken: { name: cookieName(SESSION_COOKIE), options: cookieOptions() },
      callbackUrl: { name: cookieName('next-auth.callback-url'), options: cookieOptions() },
      csrfToken: { name: cookieName('next-auth.csrf-token'), options: cookieOptions() },
      // What it takes to come back from a provider, for as long as somebody signs in there.
      ...Object.fromEntries(
        [
          ['pkceCodeVerifier', 'next-auth.pkce.code_verifier'],
          ['state', 'next-auth.state'],
          ['nonce', 'next-auth.nonce'],
        ].map(([cookie, name = '']) => [
          cookie,
          { name: cookieName(name), options: { ...cookieOptions(), maxAge: PROVIDER_SECONDS } },
        ]),
      ),
    },
    providers: [
      ...(provider ? [providerOf(provider)] : []),
      CredentialsProvider({
        credentials: {
          email: { type: 'email' },
          password: { type: 'password' },
          // In place of both, where the password was right and not all.
          ...{ challenge: {}, code: {}, passkey: {} },
          // Or what a guest was handed.
          link: {},
        },
        authorize: async (credentials) => (credentials ? enter(credentials) : null),
      }),
    ],
    callbacks: {
      signIn: async ({ user, account, profile }) =>
        provider !== null && isProviders(account) ? admit(user, profile, provider) : true,
      // `user` is there at sign-in alone.
      jwt: ({ token, user }) => (user ? { ...token, sessionId: sessionIdOf(user) } : token),
      session: ({ session, token }) => ({
        ...session,
        operatorId: token.sub,
        sessionId: sessionIdOf(token),
      }),
    },
    events: { signOut: ({ token }) => leave(sessionIdOf(token)) },
  };
}

const PROVIDER = 'oidc';
/** Whoever takes longer there begins again. */
const PROVIDER_SECONDS = 900;
/** So long it is waited for; whoever signs in then hears that it didn't answer. */
const PROVIDER_ANSWER_MS = 15_000;
/** A sign-in there that is older than this is asked for anew. */
const PROVIDER_AGE_SECONDS = 12 * 3_600;

function isProviders(account: Account | null): boolean {
  return account?.provider === PROVIDER;
}

/** OpenID Connect by code, with PKCE, state and nonce; of what it says we keep nothing but whose session it opens. */
function providerOf({ issuer, id: clientId, secret: clientSecret, name, factors }: SignInProvider) {
  return {
    ...{ id: PROVIDER, name, type: 'oauth', clientId, clientSecret, idToken: true },
    wellKnown: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    checks: ['pkce', 'state', 'nonce'],
    // By itself openid-client gives up after 3.5 seconds, which a provider far away or asleep does take.
    httpOptions: { timeout: PROVIDER_ANSWER_MS },
    authorization: {
      params: {
        ...{ scope: 'openid email', max_age: PROVIDER_AGE_SECONDS },
        ...(factors.length > 0 && { acr_values: factors.join(' ') }),
      },
    },
    // Some say the address in the token, some only when asked for it; what the token says wins, as it is signed.
    userinfo: {
      request: async ({ client, tokens }) => {
        const signed = claimsOf(tokens.id_token ?? '');
        const isTold = client.issuer.metadata.userinfo_endpoint !== undefined;
        const asked = isTold ? await client.userinfo(tokens.access_token ?? '') : null;
        // What is said of somebody else is nothing of who signed in.
        return { ...(asked?.sub === signed.sub && asked), ...signed };
      },
    },
    profile: ({ sub }) => ({ id: sub }),
  } satisfies OAuthConfig<{ sub: string }>;
}

/** Of a token that openid-client has verified. */
function claimsOf(idToken: string): { sub: string } {
  return JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString());
}

/** True, with whose session it is on the user, or where the browser goes instead: it may have to answer for a second factor. */
async function admit(user: User, claims: unknown, { factors }: SignInProvider): Promise<true | string> {
  const entered = await signInByProvider(claims, placeOf(await headers()), factors);
  if (entered === null) return '/login?error=provider';
  // Behind the #, which no browser sends on: nobody but this page learns what to answer.
  if ('challenge' in entered) return `/login#${new URLSearchParams(entered)}`;
  Object.assign(user, entered);
  return true;
}

type Typed = Partial<Record<'email' | 'password' | 'challenge' | 'code' | 'passkey' | 'link', string>>;

async function enter({ email = '', password = '', challenge, code = '', passkey, link }: Typed) {
  const from = placeOf(await headers());
  if (link !== undefined) return enterAsGuest(sound(link).slice(0, 100), from);
  const entered =
    challenge === undefined
      ? signIn(sound(email).slice(0, 320), sound(password).slice(0, 1_000), from)
      : answerSecondFactor(
          challenge,
          passkey ? passkeyAnswer(passkey) : { code: sound(code).slice(0, 100) },
          from,
        );
  return entered.catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
    // What it says is what the sign-in form is told.
    const { ways, challenge: asked } = error.details;
    throw new Error(error.code === 'second_factor' ? `${error.code}:${ways}:${asked}` : error.code);
  });
}

async function leave(sessionId: string): Promise<void> {
  const operator = await operatorOf(sessionId);
  if (!operator) return;
  const actor = actorOf({ ...operator, sessionId }, await headers());
  await inScope(operator.role, () => signOut(actor, { sessionId }));
}

/** A cookie of before sessions were kept names none. */
function sessionIdOf(holder: object): string {
  const { sessionId } = holder as { sessionId?: unknown };
  return typeof sessionId === 'string' && isUuid(sessionId) ? sessionId : NO_SESSION;
}

/**
 * Of the page that is rendered: whose scope it is, once it is known who asks. Nothing runs around a page that would say so,
 * and no page reads before it knows. An action or a route has none of it: they run `signedIn`, or in the actor's scope.
 */
const rendered = cache((): { scope: string | null } => ({ scope: null }));
scopeRendered(() => rendered().scope);

export type Operator = SignedIn & { kind: 'operator'; sessionId: string } & Pick<Reader, 'reveals'>;

/** Who is signed in, as the database has them now, and whom they may see; null when nobody is, or not any more. */
export const currentOperator = cache(readSignedIn);

async function readSignedIn(): Promise<Operator | null> {
  const session = await getServerSession(authOptions());
  if (!session) return null;
  const sessionId = sessionIdOf(session);
  const operator = await operatorOf(sessionId);
  if (!operator) return null;
  if (isPress(await headers())) await seeSession(sessionId);
  rendered().scope = scopeOf(operator.role);
  return inScope(operator.role, () => readerOf({ kind: 'operator', sessionId, ...operator }));
}

/** For a route: 401 where nobody is signed in, else what `answer` gives them, in their scope. */
export async function signedIn(answer: (operator: Operator) => Promise<Response>): Promise<Response> {
  const operator = await currentOperator();
  return operator ? inScope(operator.role, () => answer(operator)) : new Response(null, { status: 401 });
}

/** For what a page says of the person in front of it. Whether they are signed in. */
export async function stayAwake(): Promise<boolean> {
  const operator = await currentOperator();
  if (operator) await seeSession(operator.sessionId);
  return operator !== null;
}

/**
 * What a person does, by what browsers say of it: an action, and a page that is opened anew. What an open page asks by
 * itself keeps nobody signed in.
 */
function isPress(from: Pick<Headers, 'get'>): boolean {
  return from.get('next-action') !== null || from.get('sec-fetch-dest') === 'document';
}

/** For pages: nobody signed in goes to the sign-in page; a role without the permission finds nothing there. */
export async function requireOperator(permission: Permission = 'console:read'): Promise<Operator> {
  const operator = await currentOperator();
  if (!operator) redirect('/login');
  if (!can(operator.role, permission)) notFound();
  return operator;
}

/** For pages of the house as a whole: who sees some portfolios alone is told that it is beyond them. */
export function requireHouse({ role }: Pick<Operator, 'role'>): void {
  if (isScoped(role)) throw new BeyondScope();
}

/** For pages: a thing that isn't there, or an address that can't be one, gets the not-found page. */
export async function orNotFound<Result>(read: Promise<Result>): Promise<Result> {
  return read.catch((error: unknown) => {
    if ((error instanceof DomainError && error.code === 'not_found') || isMalformedId(error)) notFound();
    throw error;
  });
}

/** For what stands beside a page's own matter: null where `orNotFound` would make a page of it. */
export async function orNone<Result>(read: Promise<Result>): Promise<Result | null> {
  return read.catch((error: unknown) => {
    if ((error instanceof DomainError && error.code === 'not_found') || isMalformedId(error)) return null;
    throw error;
  });
}

/** The same for what a scope doesn't reach to. */
export async function orBeyond<Result>(read: Promise<Result>): Promise<Result | null> {
  return read.catch((error: unknown) => {
    if (error instanceof DomainError && error.code === 'beyond_scope') return null;
    throw error;
  });
}

/** The signed-in operator as the actor of a verb, with where they act from. */
export async function currentActor(): Promise<OperatorActor | null> {
  const operator = await currentOperator();
  if (!operator) return null;
  return actorOf(operator, await headers());
}

function actorOf(
  { id, name, role, sessionId, provenAt }: Pick<Operator, 'id' | 'name' | 'role' | 'sessionId' | 'provenAt'>,
  from: Pick<Headers, 'get'>,
): OperatorActor {
  return { kind: 'operator', id, name, role, sessionId, isProven: isProven({ provenAt }), ...placeOf(from) };
}

/** That a page shows a customer's data whole to who asks for it, where it does. */
export async function noteSeen(customerId: string | null, { seen }: { seen: boolean }): Promise<void> {
  const actor = seen && customerId !== null ? await currentActor() : null;
  if (actor && customerId !== null) await notePage(actor, customerId);
}

/** Where whoever asks sits, signed in or not. */
export async function currentPlace(): Promise<Place> {
  return placeOf(await headers());
}

function placeOf(from: Pick<Headers, 'get'>): Place {
  return { ip: addressOf(from), userAgent: from.get('user-agent')?.slice(0, 300) ?? '' };
}
