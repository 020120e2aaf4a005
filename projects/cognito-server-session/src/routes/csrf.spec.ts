import { csrfProblem } from './csrf';

const APP = 'https://app.example.com';
const problem = (method: string, headers: Record<string, string>) =>
  csrfProblem({ method, headers: new Headers(headers) }, APP);
const csrf = { 'X-CSRF': '1' };
const NO_HEADER = 'The header x-csrf: 1 is missing.';
const NO_ORIGIN = 'The Origin header is missing.';
const OTHER_ORIGIN = 'The request comes from another origin.';
const OTHER_SITE = 'The request comes from another site.';

describe('csrfProblem', () => {
  it.each<[string, string, Record<string, string>]>([
    ['a GET of the same origin', 'GET', csrf],
    ['a GET that says so', 'GET', { ...csrf, Origin: APP, 'Sec-Fetch-Site': 'same-origin' }],
    ['a POST of the same origin', 'POST', { ...csrf, Origin: APP }],
    ['a HEAD, with which browsers send no Origin', 'HEAD', csrf],
    ['a DELETE of the same origin', 'DELETE', { ...csrf, Origin: APP, 'Sec-Fetch-Site': 'same-origin' }],
  ])('has nothing against %s', (_, method, headers) => {
    expect(problem(method, headers)).toBeNull();
  });

  it.each<[string, string, Record<string, string>, string]>([
    ['a GET without the header', 'GET', {}, NO_HEADER],
    ['a GET with another value', 'GET', { 'X-CSRF': '0' }, NO_HEADER],
    ['a GET from another origin', 'GET', { ...csrf, Origin: 'https://evil.example' }, OTHER_ORIGIN],
    ['a GET from another site', 'GET', { ...csrf, 'Sec-Fetch-Site': 'cross-site' }, OTHER_SITE],
    ['a GET from a sibling host', 'GET', { ...csrf, 'Sec-Fetch-Site': 'same-site' }, OTHER_SITE],
    ['a navigation', 'GET', { ...csrf, 'Sec-Fetch-Site': 'none' }, OTHER_SITE],
    ['a POST without Origin', 'POST', csrf, NO_ORIGIN],
    ['a DELETE without Origin', 'DELETE', { ...csrf, 'Sec-Fetch-Site': 'same-origin' }, NO_ORIGIN],
    ['a POST without the header', 'POST', { Origin: APP }, NO_HEADER],
    ['a POST from nowhere', 'POST', { ...csrf, Origin: 'null' }, OTHER_ORIGIN],
    ['a POST from another scheme', 'POST', { ...csrf, Origin: 'http://app.example.com' }, OTHER_ORIGIN],
    ['a POST from another port', 'POST', { ...csrf, Origin: `${APP}:8443` }, OTHER_ORIGIN],
    ['a POST from a longer host', 'POST', { ...csrf, Origin: `${APP}.evil.example` }, OTHER_ORIGIN],
    [
      'a POST that contradicts itself',
      'POST',
      { ...csrf, Origin: APP, 'Sec-Fetch-Site': 'cross-site' },
      OTHER_SITE,
    ],
    [
      'a POST that trusts its proxy',
      'POST',
      { ...csrf, Origin: 'https://evil.example', Host: 'evil.example' },
      OTHER_ORIGIN,
    ],
  ])('refuses %s, and says why', (_, method, headers, why) => {
    expect(problem(method, headers)).toBe(why);
  });
});
