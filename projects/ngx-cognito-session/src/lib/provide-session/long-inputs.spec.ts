import { sanitizeCause } from '../errors/sanitize-cause';
import { checkConfig } from '../config/check-config';
import { decodeFully } from '../core/decode-fully';
import { readJwt } from '../core/jwt-parts';
import { parseCopy, parseRecord } from '../core/session-record';
import { readHint } from '../core/tab-hint';
import { isPerhapsInScope, parseUrlScope } from '../http/url-scope';
import { parseTokenAnswer } from '../cognito/token-response';
import { redacted, redactedText } from '../platform/redacted';
import { isLocalUrl } from '../router/is-local-url';
import { pathOf } from '../router/path-of';
import { parseCookieHeader } from '../storage/cookie-header';
import { readRequestCookies } from '../storage/cookie-request';
import { cookieRules } from '../storage/cookie-rules';
import { cookiesOf, findValue, headName } from '../storage/cookie-value';

const SMALL = 2_000;
const GROWTH = 64;
/** Linear work takes 64 times as long, quadratic work 4,096 times. A collection of garbage takes far less than the difference. */
const LIMIT = 512;
/** A shorter time says nothing about growth. */
const MEASURABLE_MS = 0.2;
const MOST_TRIES = 4;

/** Texts that make a pattern begin again and again, or fail at the very end. */
const PARTS = [
  ...['a', 'a.', ' ', '/./', ';a/', '%', '%25', '%2e%2f'],
  ...['eyJ.', 'token ', 'token="', 'bearer  a', 'a=b; ', '{"a":'],
  ...[',a=', ', ', 'cognito-session.client1=1-a.20.x; ', 'cognito-session.client1.1-a.1=x; '],
  ...['__Host-cognito-session.client1=1-a.20.x; ', '__Host-cognito-session.client1.1-a.1=x,'],
];

/** The processor time of the work, ms: other programs of the machine do not count. What it throws is an answer. */
function timeOf(work: () => unknown): number {
  const start = process.cpuUsage();
  try {
    work();
  } catch {
    // Rejected input.
  }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** How much longer the work takes with a longer input. The least of several tries: a garbage collection only adds. */
function growthOf(read: (text: string) => unknown, part: string): number {
  const textOf = (length: number) => `/${part.repeat(Math.ceil(length / part.length))}!`;
  const [small, large] = [textOf(SMALL), textOf(SMALL * GROWTH)];
  let [before, after, tries] = [Infinity, Infinity, 0];
  do {
    before = Math.min(
      before,
      timeOf(() => read(small)),
    );
    after = Math.min(
      after,
      timeOf(() => read(large)),
    );
  } while (after > LIMIT * Math.max(before, MEASURABLE_MS) && ++tries < MOST_TRIES);
  return after / Math.max(before, MEASURABLE_MS);
}

const CONFIG = { region: 'eu-west-1', clientId: 'client1' };
const HEAD = headName('cognito-session.', 'client1');
const scope = parseUrlScope('https://a.example/api', 'https://a.example');

/** Parsing a URL is left out: that is the work of the browser. */
describe('long inputs take linear time (E29):', () => {
  it.each<[string, (text: string) => unknown]>([
    ['escapes', (text) => decodeFully(text)],
    ['a return URL', isLocalUrl],
    ['a URL of the router', pathOf],
    [
      'the path of a request',
      (text) => isPerhapsInScope({ origin: 'https://a.example', pathname: text }, scope),
    ],
    ['a token', readJwt],
    ['a token of three parts', (text) => readJwt(`${text}.${text}.${text}`)],
    ['a record', parseRecord],
    ['a copy', parseCopy],
    ['a hint', (text) => readHint({ v: 1, type: 'signedOut', sid: text })],
    ['an answer', (text) => parseTokenAnswer({ status: 200, headers: { get: () => text }, body: text })],
    [
      'an error of Cognito',
      (text) => parseTokenAnswer({ status: 400, headers: { get: () => text }, body: text }),
    ],
    ['the message of an error', (text) => sanitizeCause(new Error(text))],
    ['a line of the log', redactedText],
    ['details of the log', (text) => redacted({ [text]: text, list: [text] })],
    ['cookies', (text) => findValue(parseCookieHeader(text), HEAD)],
    ['cookies to remove', (text) => cookiesOf(parseCookieHeader(text), HEAD)],
    [
      'the cookies of a request',
      (text) => readRequestCookies({}, 'client1', { header: text, isHttps: true }),
    ],
    [
      'the session of a request',
      (text) => readRequestCookies({}, 'client1', { header: `__Host-${HEAD}=1-a.1.${text}`, isHttps: true }),
    ],
    ['the prefix of cookies', (text) => cookieRules({ prefix: text }, true)],
    ['the domain of cookies', (text) => cookieRules({ domain: text }, true)],
    ['the path of cookies', (text) => cookieRules({ path: text }, true)],
    ['a user pool', (text) => checkConfig({ ...CONFIG, userPoolId: text })],
  ])('%s', (_, read) => {
    const slow = PARTS.map((part) => [part, growthOf(read, part)] as const).filter(
      ([, growth]) => growth > LIMIT,
    );

    expect(slow).toEqual([]);
  });
});
